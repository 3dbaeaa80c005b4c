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

        // What is wrong with an activity, behind its caption: the captions in the sentence must not be taken for this one.
        if (Captioned().Match(text) is { Success: true } captioned
            && InEnglish(captioned.Groups[3].Value, depth) is var about && about != captioned.Groups[3].Value)
        {
            var code = captioned.Groups[2].Success ? $" ({captioned.Groups[2].Value})" : "";
            return $"“{InEnglish(captioned.Groups[1].Value, depth + 1)}”{code}: {about}";
        }

        // Before the sentences with places: "颁发{0}" would take a whole list for its one document, and a working its neighbour's sums.
        if ((Parts(text, '；', "; ", depth, (chinese, english) => chinese != english)
            ?? Parts(text, '、', ", ", depth, (_, english) => !HasChinese().IsMatch(english))
            ?? Parts(text, '或', " or ", depth, (_, english) => !HasChinese().IsMatch(english))) is { } list)
        {
            return list;
        }

        if (Quoted().Match(text) is { Success: true } quoted)
        {
            return $"“{InEnglish(quoted.Groups[1].Value, depth + 1)}”";
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
                return EnglishCounts.Agree(said);
            }
        }

        // An activity within a sentence may have its name behind its title: “办结”（close) is as good as “办结（close）”.
        if (NamedBehind().Replace(text, "（$1）”") is var named && named != text && InEnglish(named, depth + 1) is var other && other != named)
        {
            return other;
        }

        return Parts(text, '、', ", ", depth) ?? Parts(text, '；', "; ", depth) ?? text;
    }

    /// <summary>A list in English by its parts; null when it is none, when no part has English, or a part with Chinese in it is not <paramref name="isWell"/> translated.</summary>
    private string? Parts(string text, char separator, string joint, int depth, Func<string, string, bool>? isWell = null)
    {
        if (!text.Contains(separator, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text.Split(separator);
        var english = Array.ConvertAll(parts, part => InEnglish(part, depth + 1));
        var isKept = isWell is null
            ? parts.SequenceEqual(english)
            : parts.Zip(english).Any(pair => HasChinese().IsMatch(pair.First) && !isWell(pair.First, pair.Second));
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

    /// <summary>An activity's title, its name where that differs, and what is said about it.</summary>
    [GeneratedRegex(@"^“([^“”]+)”(?:（([^（）]+)）)?：(.+)$")]
    private static partial Regex Captioned();

    /// <summary>A name in quotes, as lists have them.</summary>
    [GeneratedRegex(@"^“([^“”]+)”$")]
    private static partial Regex Quoted();

    /// <summary>The name of an activity behind its title in quotes.</summary>
    [GeneratedRegex(@"”（([A-Za-z][\w.-]*)）")]
    private static partial Regex NamedBehind();

    /// <summary>A name with its code behind it, as the designer's lists have them.</summary>
    [GeneratedRegex(@"^(.+)（([a-z][\w.-]*)）$")]
    private static partial Regex Coded();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex HasChinese();
}
