using System.Text.RegularExpressions;

namespace Approvals.Core.Tests.Architecture;

/// <summary>
/// The checklist of docs/security.md: a row for every requirement of ASVS 5.0 at levels 1 and 2, nothing ticked without evidence,
/// and all evidence — tests, places in the code, headings of documents — exists.
/// </summary>
public sealed partial class SecurityChecklistTests
{
    private const char Met = '✔';
    private const char DoesNotApply = '–';

    /// <summary>Sections of ASVS 5.0.0 and how many of their requirements, always the first, are of level 1 or 2.</summary>
    private const string Requirements =
        "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 "
        + "5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 "
        + "8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 "
        + "12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 "
        + "16.5:3 17.1:1 17.2:4 17.3:2";

    /// <summary>Sections that ask for documents: there a heading is evidence.</summary>
    private static readonly string[] Documentation = ["2.1", "5.1", "6.1", "7.1", "8.1", "11.1", "13.1", "14.1", "15.1", "16.1"];

    private static readonly string Root = Repository();

    private static readonly IReadOnlyList<Row> Rows = ReadRows();

    /// <summary>Names of tests by their class, as they stand in the sources of all test projects.</summary>
    private static readonly ILookup<string, string> Tests = ReadTests();

    private static readonly ILookup<string, string> Files = new[] { "src", "workflows", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
        .Where(IsSource).Concat(Directory.EnumerateFiles(Root)).ToLookup(file => Path.GetFileName(file)!, StringComparer.Ordinal);

    /// <summary>One row: what it is about, its mark, its words.</summary>
    private sealed record Row(IReadOnlyList<string> Numbers, char Mark, string Words)
    {
        public string Name => string.Join(", ", Numbers);

        public IEnumerable<(char Kind, string Name)> Evidence => Proofs().Matches(Words).SelectMany(proof => Names()
            .Matches(proof.Groups["names"].Value).Select(name => (proof.Groups["kind"].Value[0], name.Groups["name"].Value)));
    }

    [Fact]
    public void EveryRequirementHasItsRow()
    {
        var asked = Requirements.Split(' ').Select(section => section.Split(':'))
            .SelectMany(section => Enumerable.Range(1, int.Parse(section[1])).Select(last => $"{section[0]}.{last}")).ToList();
        var given = Rows.SelectMany(row => row.Numbers).ToList();

        Assert.Equal(253, asked.Count);
        Assert.Equal([], asked.Except(given));
        Assert.Equal([], given.Except(asked));
        Assert.Equal([], given.GroupBy(number => number).Where(number => number.Count() > 1).Select(number => number.Key));
    }

    [Fact]
    public void OnlyWhatDoesNotApplySharesARow() =>
        Assert.Equal([], Rows.Where(row => row.Numbers.Count > 1 && row.Mark != DoesNotApply).Select(row => row.Name));

    [Fact]
    public void NothingIsTickedWithoutATestOrAPlaceInTheCode() => Assert.Equal(
        [], Rows.Where(row => row.Mark == Met && !row.Evidence.Any(one => Proves(one.Kind, row))).Select(row => row.Name));

    [Fact]
    public void WhatIsNotTickedSaysWhy() =>
        Assert.Equal([], Rows.Where(row => row.Mark != Met && row.Words.Length < 8).Select(row => row.Name));

    [Fact]
    public void AllEvidenceExists() => Assert.Equal(
        [],
        Rows.SelectMany(row => row.Evidence.Where(one => !Exists(one.Kind, one.Name)).Select(one => $"{row.Name}: {one.Name}")));

    private static bool Proves(char kind, Row row) => kind is 'T' or 'C'
        || row.Numbers.All(number => Documentation.Contains(number[..number.LastIndexOf('.')]));

    private static bool Exists(char kind, string name) => kind switch
    {
        'T' => IsTest(name),
        'C' => IsPlace(name),
        _ => IsHeading(name),
    };

    /// <summary>A class, or one test of it; a long name may end in … where only one begins so.</summary>
    private static bool IsTest(string name) => name.Split('.') switch
    {
        [var type] => Tests.Contains(type),
        [var type, var test] when test.EndsWith('…') =>
            Tests[type].Count(one => one.StartsWith(test[..^1], StringComparison.Ordinal)) == 1,
        [var type, var test] => Tests[type].Contains(test),
        _ => false,
    };

    /// <summary>A file of the repository by its whole name, a class by its file's, or a word in a class's file.</summary>
    private static bool IsPlace(string name)
    {
        if (Files.Contains(name) || Files.Contains($"{name}.cs"))
            return true;
        return name.Split('.') is [var type, var member]
            && Files[$"{type}.cs"].Any(file => File.ReadAllText(file).Contains(member, StringComparison.Ordinal));
    }

    /// <summary>A heading of docs/security.md, or of another document: <c>operations.md: Backup</c>.</summary>
    private static bool IsHeading(string name)
    {
        var (file, heading) = name.Split(": ") is [var other, var there] ? (other, there) : ("security.md", name);
        var path = Path.Combine(Root, file == "README.md" ? "" : "docs", file);
        return File.Exists(path) && File.ReadLines(path).Any(line => line.TrimStart('#', ' ') == heading && line.StartsWith('#'));
    }

    private static IReadOnlyList<Row> ReadRows() =>
        [.. File.ReadLines(Path.Combine(Root, "docs", "security.md")).Select(line => Checked().Match(line))
            .Where(row => row.Success).Select(row => row.Groups)
            .Select(row => new Row([.. NumbersIn(row["numbers"].Value)], row["mark"].Value[0], row["words"].Value))];

    /// <summary><c>1.2.5–1.2.9, 1.3.8</c> one by one.</summary>
    private static IEnumerable<string> NumbersIn(string text)
    {
        foreach (var part in text.Split(", "))
        {
            if (part.Split('–') is not [var first, var last])
            {
                yield return part;
                continue;
            }

            var section = first[..first.LastIndexOf('.')];
            for (var number = Last(first); number <= Last(last); number++)
                yield return $"{section}.{number}";
        }

        static int Last(string number) => int.Parse(number[(number.LastIndexOf('.') + 1)..]);
    }

    private static ILookup<string, string> ReadTests() =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(IsSource)
            .SelectMany(file => TestMethods().Matches(File.ReadAllText(file))
                .Select(test => (File: Path.GetFileName(file), Name: test.Groups["name"].Value)))
            .ToLookup(one => one.File.Split('.')[0], one => one.Name);

    private static bool IsSource(string file) => !new[] { "/obj/", "/bin/", "/node_modules/" }
        .Any(part => file.Replace('\\', '/').Contains(part, StringComparison.Ordinal));

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Approvals.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Approvals.sln above the tests.");
        return folder;
    }

    [GeneratedRegex(@"^\| (?<numbers>\d+\.\d+\.\d+\S*(, \d+\.\d+\.\d+\S*)*) \| (?<mark>[✔◐✘–⌂]) \| (?<words>.*) \|$")]
    private static partial Regex Checked();

    [GeneratedRegex(@"\b(?<kind>[TCD]): (?<names>`[^`]+`(, `[^`]+`)*)")]
    private static partial Regex Proofs();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Names();

    [GeneratedRegex(@"\[(Fact|Theory)\b[^\n]*\n(\s*(\[|//)[^\n]*\n)*\s*public [^\n(]*?(?<name>\w+)\(")]
    private static partial Regex TestMethods();
}
