using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Approvals.Core.Tests.Architecture;

/// <summary>Rules that hold for every source file of the product.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void TimeComesFromTheTimeProviderOnly() => Assert.Empty(Lines(OwnClock()));

    [Fact]
    public void NothingIsLeftUnfinished() => Assert.Empty(Lines(Unfinished()));

    [Fact]
    public void NoFileIsLongerThanFourHundredLines() => Assert.Empty(
        Sources().Where(file => File.ReadLines(file).Count() > 400).Select(Path.GetFileName));

    private static IEnumerable<string> Lines(Regex pattern) => Sources().SelectMany(file => File.ReadLines(file)
        .Select((line, index) => (line, Place: $"{Path.GetFileName(file)}:{index + 1}"))
        .Where(one => pattern.IsMatch(one.line))
        .Select(one => $"{one.Place} {one.line.Trim()}"));

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src"));
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/") && !file.Contains("/node_modules/")
                && !file.Contains("/Migrations/"));
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bThread\.Sleep\(|\bTask\.Delay\(")]
    private static partial Regex OwnClock();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
