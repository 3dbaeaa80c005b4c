using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

/// <summary>What use cases say, and what processes are made of, has English; a new Chinese sentence without it fails here.</summary>
public sealed partial class SaidTextsTests
{
    /// <summary>Areas whose sentences people read on pages; what operators read in logs is Chinese only.</summary>
    private static readonly string[] Areas =
        ["Allowances", "Audit", "Calendar", "Cases", "Commanders", "Compensation", "Draws", "Files", "Forms", "Inbox", "Insurance", "Missions", "Notices", "Payouts", "Regulations", "Training", "Waiting"];

    private static readonly string[] NotOnPages =
    [
        "ArticleText.cs", "TimeLeft.cs", "CaseValues.cs", "BureauOptions.cs", "ChineseDate.cs", "DocumentModels.cs", "DocumentNumber.cs",
        "SiteFonts.cs", "ChoiceDictionary.cs", "ComputeCall.cs", "FormDefinition.cs", "FormDefinitionChecks.cs", "FormFiles.cs", "FormJson.cs",
        "FormToTable.cs", "ExportCases.cs", "FieldText.cs", "FormCaptions.cs",
        // Said by the page in texts of its own.
        "DrawReplay.cs",
        // Files of a packet, and settings of the bank's: Chinese, as the bank reads them.
        "BankEncoding.cs", "BankOptions.cs", "CsvText.cs", "TransferFile.cs", "TransferFileNow.cs", "ExportLines.cs", "ExportReconciliation.cs",
        "FileNames.cs", "PacketFiles.cs", "PacketPages.cs", "PacketSheets.cs",
    ];

    /// <summary>What process owners read on their pages and in the designer.</summary>
    private static readonly string[] Designing =
    [
        "Approvals.Core/Processes", "Approvals.Core/Designer", "Approvals.Core/DryRuns", "Approvals.Workflows", "Approvals.Web/Studio/Api",
    ];

    /// <summary>Data of a dry run: they stand in forms and documents, which are Chinese. And what is put between names.</summary>
    private static readonly string[] Samples =
    [
        "张三", "王小明", "样例申请人", "样例照片", "样例附件：{0}", "样例{0}.png", "样例", "试运行样例：{0}。", "姓名", "样例{0}", "，试运行样例", "样例事件",
        "指挥官", "试运行样例：任职经历与实际不符，请核查。", "或", "等",
    ];

    /// <summary>Nothing but what is put in, and the signs of a calendar file.</summary>
    private static readonly string[] ChineseOnly = ["{0}\n{1}", "休", "班", "{0} {1}"];

    [Fact]
    public void Every_sentence_of_the_use_cases_has_an_English_entry()
    {
        var known = Said().Concat(Texts()).ToHashSet(StringComparer.Ordinal);
        var missing = Areas
            .SelectMany(area => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Approvals.Core", area), "*.cs", SearchOption.AllDirectories))
            .Where(file => !NotOnPages.Contains(Path.GetFileName(file)))
            .SelectMany(file => ChineseLiterals.Of(File.ReadAllText(file)).Select(text => (text, file)))
            .Where(found => !known.Contains(found.text) && !ChineseOnly.Contains(found.text))
            .Select(found => $"{Path.GetFileName(found.file)}: {found.text}").ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Every_sentence_about_a_process_that_is_designed_has_an_English_entry()
    {
        var known = Entries("DesigningTexts").Concat(Entries("DesignerTexts")).Concat(Said()).ToHashSet(StringComparer.Ordinal);
        var missing = Designing
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => ChineseLiterals.Of(File.ReadAllText(file)).Select(text => (text, file)))
            .Where(found => !known.Contains(found.text) && !Samples.Contains(found.text))
            .Select(found => $"{Path.GetFileName(found.file)}: {found.text}").ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Every_text_of_a_process_that_has_English_has_an_English_entry()
    {
        var known = Said().Concat(Texts()).ToHashSet(StringComparer.Ordinal);
        var missing = Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "texts.en.json", SearchOption.AllDirectories)
            .SelectMany(texts => Directory.EnumerateFiles(Path.GetDirectoryName(texts)!, "*.json", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".en.json", StringComparison.Ordinal) && !file.Contains("/documents/", StringComparison.Ordinal))
            .SelectMany(file => Chinese(JsonDocument.Parse(File.ReadAllText(file)).RootElement, "").Select(text => (text, file)))
            .Where(found => !known.Contains(found.text))
            .Select(found => $"{Path.GetRelativePath(Repository.Root, found.file)}: {found.text}").Distinct().ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static IEnumerable<string> Said() => Entries("SaidTexts");

    private static IEnumerable<string> Entries(string resource) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", "Approvals.Web", "Resources", $"{resource}.en.resx"))
            .Root!.Elements("data").Select(data => data.Attribute("name")!.Value);

    private static IEnumerable<string> Texts() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "texts.en.json", SearchOption.AllDirectories)
        .SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject().Select(text => text.Name));

    /// <summary>Texts that pages show: not what only the designer reads (descriptions, inputs), not what has its English beside it.</summary>
    private static IEnumerable<string> Chinese(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return HasChinese().IsMatch(element.GetString()!) ? [Sentence(element.GetString()!)] : [];
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().SelectMany(item => Chinese(item, name));
        }

        return element.ValueKind != JsonValueKind.Object ? [] : element.EnumerateObject()
            .Where(property => property.Name is not ("inputs" or "outputs" or "variables" or "branches" or "outcomes" or "cases")
                && !(name == "metadata" && property.Name == "description")
                && !element.TryGetProperty(property.Name + "En", out _) && !property.Name.EndsWith("En", StringComparison.Ordinal)
                && !(property.Name == "title" && element.TryGetProperty("items", out _)))
            .SelectMany(property => Chinese(property.Value, property.Name));
    }

    // A help that JavaScript puts together: 'text' + expression + 'text'.
    private static string Sentence(string text) =>
        text.StartsWith('\'') ? Expression().Replace(text.Trim('\''), "{0}") : text;

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex HasChinese();

    [GeneratedRegex(@"/objections/' \+ .*? \+ '")]
    private static partial Regex Expression();
}
