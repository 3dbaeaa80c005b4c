using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>A process owner tries a process on the page, without scripts and with them, and reads what came of it.</summary>
public sealed class DryRunJourney(BrowserFixture browser)
{
    [Fact]
    public async Task A_process_is_tried_on_the_page_and_its_certificates_are_marked_specimens()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var owner = await visit.SignInAsync("shenhong");
                await owner.GotoAsync("/processes/commander-appointment/dry-run");
                await Look.AtAsync(owner, "60-dry-run");
                await owner.SelectOptionAsync("#objection", "dismissed");
                await owner.FillAsync("#scores", "55，88");
                await owner.ClickAsync("text=开始试运行");

                // The page asks again by itself until the result is there.
                await Expect(owner.Locator("h1")).ToContainTextAsync("版试运行结果", new() { Timeout = 120_000 });
                await Expect(owner.Locator("section[aria-label=结果]")).ToContainTextAsync("已聘任为技术指挥官");
                await Expect(owner.Locator("svg.flow")).ToBeVisibleAsync();
                await Look.AtAsync(owner, "61-dry-run-result");
                var certificate = await owner.ReadPdfAsync(
                    (await owner.Locator("a.file-link").Filter(new() { HasText = "聘任证书" }).GetAttributeAsync("href"))!);
                Assert.Contains("张三", certificate, StringComparison.Ordinal);
                await owner.GotoAsync("/processes/commander-appointment/move");
                await Look.AtAsync(owner, "62-move");
            },
            office.Address);
        Assert.Equal(0, await office.ReadAsync(db => db.Cases.CountAsync()));
        Assert.Equal(0, await office.ReadAsync(db => db.Documents.CountAsync()));
    }
}
