using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Approvals.Web.Localisation;

/// <summary>
/// Chinese sentences with their English: <c>SaidTexts.en.resx</c> for those of the use cases, <c>texts.en.json</c> beside each workflow for
/// its texts, and what forms and dictionaries carry themselves (<c>labelEn</c> beside <c>label</c>). A sentence with places ({0}) is
/// recognised with anything in them.
/// </summary>
internal sealed partial class SentenceTable
{
    private const int Deepest = 3;

    private readonly Dictionary<string, string> exact = new(StringComparer.Ordinal);
    private List<(Regex Chinese, string English, int Letters)> patterns = [];

    /// <summary>Reads all of them.</summary>
    /// <param name="processFolder">Folder of the shipped processes.</param>
    /// <param name="resources">Classes whose resources are read before the processes; the first that has a text gives its English.</param>
    public static SentenceTable Load(string processFolder, params Type[] resources)
    {
        var table = new SentenceTable();
        foreach (var resource in resources)
        {
            var texts = new ResourceManager(resource).GetResourceSet(CultureInfo.GetCultureInfo("en"), true, false);
            foreach (DictionaryEntry entry in texts!)
            {
                table.Add((string)entry.Key, (string)entry.Value!);
            }
        }

        foreach (var file in Directory.EnumerateFiles(processFolder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            if (file.EndsWith(".en.json", StringComparison.Ordinal))
            {
                foreach (var text in json.RootElement.EnumerateObject())
                {
                    table.Add(text.Name, text.Value.GetString()!);
                }
            }
            else
            {
                table.AddPairs(json.RootElement);
            }
        }

        // The most specific first: "{0} 年" must not take what "≥ {0} 年" is meant for. Of two alike, the first that was read.
        table.patterns = [.. table.patterns.OrderByDescending(one => one.Letters)];
        return table;
    }

    /// <summary>The English of a sentence, of the parts of a list, or the text as it is.</summary>
    public string InEnglish(string chinese) => InEnglish(chinese, 0);

    private string InEnglish(string text, int depth)
    {
        if (exact.TryGetValue(text, out var english))
        {
            return english;
        }

        if (depth > Deepest || !HasChinese().IsMatch(text))
        {
            return text;
        }

        if (ChineseDate().Match(text) is { Success: true } date)
        {
            return $"{date.Groups[1].Value}-{date.Groups[2].Value.PadLeft(2, '0')}-{date.Groups[3].Value.PadLeft(2, '0')}";
        }

        // Before the sentences with places: "颁发{0}" would take a whole list for its one document, and a working its neighbour's sums.
        if ((Parts(text, '、', ", ", depth, onlyWhole: true) ?? Parts(text, '或', " or ", depth, onlyWhole: true)
            ?? Parts(text, '；', "; ", depth, onlyWhole: true)) is { } list)
        {
            return list;
        }

        if (Coded().Match(text) is { Success: true } coded)
        {
            return $"{InEnglish(coded.Groups[1].Value, depth + 1)} ({coded.Groups[2].Value})";
        }

        foreach (var (pattern, sentence, _) in patterns)
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                var said = string.Format(
                    CultureInfo.InvariantCulture, sentence,
                    [.. match.Groups.Values.Skip(1).OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => InEnglish(group.Value, depth + 1))]);
                return OneOfMany().Replace(said, "1 $1");
            }
        }

        return Parts(text, '、', ", ", depth) ?? Parts(text, '；', "; ", depth) ?? text;
    }

    /// <summary>A list in English by its parts; null when it is none, when no part has English, or with <paramref name="onlyWhole"/> when Chinese is left in any.</summary>
    private string? Parts(string text, char separator, string joint, int depth, bool onlyWhole = false)
    {
        if (!text.Contains(separator, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text.Split(separator);
        var english = Array.ConvertAll(parts, part => InEnglish(part, depth + 1));
        var isKept = onlyWhole ? english.Any(HasChinese().IsMatch) : parts.SequenceEqual(english);
        return isKept ? null : string.Join(joint, english);
    }

    private void Add(string chinese, string english)
    {
        if (!Place().IsMatch(chinese))
        {
            exact.TryAdd(chinese, english);
            return;
        }

        var pattern = Place().Replace(Regex.Escape(chinese).Replace("\\{", "{", StringComparison.Ordinal), place => $"(?<p{place.Groups[1].Value}>.+?)");
        patterns.Add((new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking), english, Place().Replace(chinese, "").Length));
    }

    private void AddPairs(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                AddPairs(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String
                    && element.TryGetProperty(property.Name + "En", out var english) && english.GetString() is { } text)
                {
                    Add(property.Value.GetString()!, text);
                }

                AddPairs(property.Value);
            }
        }
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^(\d{4})年(\d{1,2})月(\d{1,2})日$")]
    private static partial Regex ChineseDate();

    /// <summary>A time of one, which a sentence with a place for the number has in the plural: 1 working days, but neither 21 nor 1.1 years.</summary>
    [GeneratedRegex(@"(?<![\d.,:-])1 ((?:working |calendar |half )?(?:day|year|hour|minute))s\b")]
    private static partial Regex OneOfMany();

    /// <summary>A name with its code behind it, as the designer's lists have them.</summary>
    [GeneratedRegex(@"^(.+)（([a-z][\w.-]*)）$")]
    private static partial Regex Coded();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex HasChinese();
}
