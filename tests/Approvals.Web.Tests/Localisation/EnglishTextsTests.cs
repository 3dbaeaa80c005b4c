using System.Text.RegularExpressions;
using System.Xml.Linq;
using Approvals.Web.Pages.Shared;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

/// <summary>Chinese texts are the keys, so Chinese is complete by itself; English is complete when this says so.</summary>
public sealed partial class EnglishTextsTests
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src", "Approvals.Web");

    [Fact]
    public void Every_text_of_a_page_has_an_English_entry()
    {
        var missing = Keys()
            .Where(key => !Entries(key.Resource).ContainsKey(key.Text))
            .Select(key => $"{key.Resource}: {key.Text}   ({key.File})")
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} texts have no English:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void English_entries_have_the_places_of_the_Chinese_text()
    {
        var wrong = ResourceFiles()
            .SelectMany(resource => Entries(resource).Select(entry => (resource, entry.Key, entry.Value)))
            .Where(entry => !Places(entry.Key).SetEquals(Places(entry.Value)) || string.IsNullOrWhiteSpace(entry.Value))
            .Select(entry => $"{entry.resource}: {entry.Key} → {entry.Value}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<(string Resource, string Text, string File)> Keys()
    {
        var files = Directory.EnumerateFiles(Sources, "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"));
        foreach (var file in files)
        {
            var source = File.ReadAllText(file);
            foreach (Match localizer in Localizer().Matches(source))
            {
                var name = Regex.Escape(localizer.Groups["name"].Value);
                foreach (Match use in Regex.Matches(source, $$"""(?<![\w.]){{name}}\["(?<text>(?:[^"\\]|\\.)*)"[,\]]"""))
                {
                    yield return (localizer.Groups["type"].Value, Regex.Unescape(use.Groups["text"].Value), Path.GetFileName(file));
                }
            }
        }

        foreach (var link in Navigation.Main.Concat(Navigation.More))
        {
            yield return ("LayoutTexts", link.Text, "Navigation.cs");
        }
    }

    private static Dictionary<string, string> Entries(string resource)
    {
        var file = Path.Combine(Sources, "Resources", resource + ".en.resx");
        return File.Exists(file)
            ? XDocument.Load(file).Root!.Elements("data").ToDictionary(
                data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal)
            : [];
    }

    private static IEnumerable<string> ResourceFiles() =>
        Directory.EnumerateFiles(Path.Combine(Sources, "Resources"), "*.en.resx")
            .Select(file => Path.GetFileName(file)[..^".en.resx".Length]);

    private static HashSet<string> Places(string text) => Place().Matches(text).Select(place => place.Value).ToHashSet();

    [GeneratedRegex(@"IStringLocalizer<(?<type>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Place();
}
