using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Web.Pages.Admin;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

/// <summary>Auditors and administrators read words, whatever the record and the queues call a thing.</summary>
public sealed partial class MachineWordsTests
{
    [Fact]
    public void Every_act_subject_and_background_job_in_the_source_has_a_Chinese_word()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        var acts = sources.SelectMany(source => Recorded().Matches(source))
            .SelectMany(match => new[] { match.Groups["act"].Value, match.Groups["subject"].Value });
        var jobs = sources.SelectMany(source => Job().Matches(source)).Select(match => match.Groups["kind"].Value);
        var words = acts.Concat(jobs).ToHashSet(StringComparer.Ordinal);

        Assert.True(words.Count > 100, $"Only {words.Count} words were found in the source.");
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Assert.Empty(words.Where(word => MachineWords.Of(word) == word).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""\.Record\w*\(\s*"(?<act>[a-z.-]+)",\s*"(?<subject>[a-z-]+)"\s*,""")]
    private static partial Regex Recorded();

    [GeneratedRegex("""(?:string (?:TimerKind|MessageKind) = |string Kind => )"(?<kind>[a-z-]+)";""")]
    private static partial Regex Job();
}
