using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.DryRuns;
using Approvals.Core.Forms;
using Approvals.Web.Tests.Finance;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;
using Microsoft.EntityFrameworkCore;

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
    [InlineData("commander-mission", "{}", 2)]
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

    /// <summary>A packet's pages are printed, signed and filed by others than finance; the numbers stand in the files for the bank alone.</summary>
    [Fact]
    public async Task No_page_of_a_payout_packet_or_of_its_correction_says_more_than_outsiders_may_know()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m, 400m, 200m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        foreach (var one in new[] { 0, 1 })
            await desk.AccountAsync(cashier, accountant, one, FinanceDesk.Cards[one]);
        var packet = await desk.PacketAsync(cashier);
        await desk.AccountAsync(cashier, accountant, 2, FinanceDesk.Cards[2]);
        var held = await desk.App.DatabaseAsync(db => db.PacketLines.Where(row => row.Amount == 200m).Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken));
        var corrections = await cashier.GetAsync("/finance/corrections");
        var correction = (await cashier.PostAsync(corrections.Form("name=\"programme\"").Set("lines", held.ToString()))).Location!;
        await desk.WorkAsync();

        foreach (var address in new[] { packet, correction })
        {
            var page = await cashier.GetAsync(address);
            var (pages, list) = (await FileAsync("Portfolio"), await FileAsync("Manifest"));
            Assert.Contains("刘志强", address == packet ? pages : "刘志强", StringComparison.Ordinal);
            Assert.Contains("SHA-256", pages + list, StringComparison.Ordinal);
            Assert.Equal([], InFull(pages));
            Assert.Equal([], InFull(list));

            // The same look finds what finance alone is given.
            Assert.NotEmpty(InFull(await FileAsync("Workbook")));

            async Task<string> FileAsync(string kind)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, page.Form("handler=File").Action)
                {
                    Content = new FormUrlEncodedContent(page.Form("handler=File").Set("kind", kind).Values),
                };
                using var answer = await cashier.Client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var text = ReadableText.Of(
                    await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Content.Headers.ContentType?.MediaType);

                // A hash may hold any digits.
                return Hash().Replace(text, "（SHA-256）");
            }
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

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Phone();
}
