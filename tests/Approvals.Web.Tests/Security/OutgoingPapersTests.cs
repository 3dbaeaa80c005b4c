using System.Text.RegularExpressions;
using Approvals.Core.DryRuns;
using Approvals.Core.Forms;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;

namespace Approvals.Web.Tests.Security;

/// <summary>
/// Every paper that the processes issue — notices, certificates, cards, orders, letters — carries no identity number, telephone or bank
/// account in full: each goes to people who have no part in the case. The processes are played to their ends for it.
/// </summary>
public sealed partial class OutgoingPapersTests
{
    [Theory]
    [InlineData("commander-appointment", "{}", 4)]
    [InlineData("commander-appointment", """{"steps":{"vet-rescue":{"decision":"reject"}}}""", 1)]
    [InlineData("commander-mission", """{"steps":{"appoint":{"assign":["linxiuying"]}}}""", 1)]
    [InlineData("compensation", "{}", 1)]
    [InlineData("compensation", """{"steps":{"leader":{"decision":"reject"}}}""", 1)]
    public async Task No_paper_of_a_process_says_more_than_outsiders_may_know(string process, string answers, int papers)
    {
        await using var app = new TestApp { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };
        var folder = Directory.CreateTempSubdirectory("approvals-papers-").FullName;
        try
        {
            var report = await app.ServiceAsync<SimulateProcess, DryRunReport>(async simulate => await simulate.RunAsync(
                (await simulate.FindAsync(new DryRunSubject(process), default))!, DryRunAnswers.Parse(answers), folder, null,
                TestContext.Current.CancellationToken));
            Assert.True(report.Documents.Count >= papers, $"{report.Documents.Count} papers: {report.Problem} {string.Join('；', report.Notes)}");
            foreach (var paper in report.Documents)
            {
                var text = ReadableText.OfPdf(await File.ReadAllBytesAsync(Path.Combine(folder, paper.File!), TestContext.Current.CancellationToken));
                Assert.NotEqual("", text.Trim());
                Assert.Equal([], InFull(text));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_number_in_full_would_be_found()
    {
        var number = Applications.IdentityNumber("11010119800307103");
        Assert.Equal([number, "13800000001", "6222020000000000018"], InFull($"证件号码{number}，电话13800000001，账号6222020000000000018。"));
        Assert.Equal([], InFull("江应急聘〔2026〕第0001号 2026年11月23日 110***********1035 138****0001"));
    }

    private static List<string> InFull(string text) =>
    [
        .. Digits().Matches(text).Select(match => match.Value).Where(run =>
            IdentityNumber.Parse(run, new DateOnly(2026, 11, 26)) is not null || Phone().IsMatch(run) || (run.Length is >= 16 and <= 19 && Luhn(run))),
    ];

    private static bool Luhn(string digits) => digits.All(char.IsAsciiDigit)
        && digits.Reverse().Select((digit, index) => (digit - '0') * (index % 2 + 1)).Sum(value => value > 9 ? value - 9 : value) % 10 == 0;

    [GeneratedRegex(@"(?<![0-9])[0-9]{11,19}[Xx]?(?![0-9])")]
    private static partial Regex Digits();

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Phone();
}
