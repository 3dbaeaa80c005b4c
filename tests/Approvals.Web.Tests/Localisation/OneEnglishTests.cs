using System.Text.Json;
using System.Xml.Linq;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

/// <summary>
/// A label and the message about it name a thing alike: one Chinese text of the processes has one English, whether it stands beside a form's
/// field, among a process's texts or in the sentences of the use cases.
/// </summary>
public sealed class OneEnglishTests
{
    [Fact]
    public void A_text_of_the_processes_has_one_English_wherever_it_stands()
    {
        var root = Repository.Root;
        var found = Directory.EnumerateFiles(Path.Combine(root, "workflows"), "*.json", SearchOption.AllDirectories)
            .SelectMany(file => Pairs(JsonDocument.Parse(File.ReadAllText(file)).RootElement, file.EndsWith(".en.json", StringComparison.Ordinal)))
            .ToLookup(pair => pair.Chinese, pair => pair.English, StringComparer.Ordinal);
        var said = XDocument.Load(Path.Combine(root, "src", "Approvals.Web", "Resources", "SaidTexts.en.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

        var several = found
            .Select(texts => (Chinese: texts.Key, English: texts.Concat(said.TryGetValue(texts.Key, out var own) ? [own] : []).Distinct().ToList()))
            .Where(text => text.English.Count > 1).Select(text => $"{text.Chinese}: {string.Join(" / ", text.English)}").ToList();

        Assert.True(found.Count > 300, $"Only {found.Count} texts were found.");
        Assert.Empty(several);
    }

    private static IEnumerable<(string Chinese, string English)> Pairs(JsonElement element, bool isTable)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().SelectMany(item => Pairs(item, isTable));
        }

        return element.ValueKind != JsonValueKind.Object ? [] : element.EnumerateObject().SelectMany(property =>
            property.Value.ValueKind != JsonValueKind.String ? Pairs(property.Value, isTable)
                : isTable ? [(property.Name, property.Value.GetString()!)]
                : element.TryGetProperty(property.Name + "En", out var english) ? [(property.Value.GetString()!, english.GetString()!)]
                : Enumerable.Empty<(string, string)>());
    }
}
