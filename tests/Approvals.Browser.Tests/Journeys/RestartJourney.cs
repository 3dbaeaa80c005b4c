using Approvals.Core.Calendar;
using Approvals.Core.Notices;
using Approvals.Core.Training;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>The product stops in the middle of a public notice and comes back after its end.</summary>
public sealed class RestartJourney(BrowserFixture browser)
{
    [Fact]
    public async Task A_notice_whose_end_passes_while_the_product_is_down_ends_once_when_it_is_back()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("approvals-restart-").FullName;
        var before = Office.Open(new TestApp { Clock = clock, Folder = folder, KeepsFolder = true, RunsJobs = false });
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                await Application.RecommendAsync(await visit.SignInAsync("chenguihua"), "同意推荐。");
                await Application.VetAsync(visit);
            },
            before.Address);
        await before.RunDueAsync();
        var notice = await before.ReadAsync(db => db.Notices.AsNoTracking().SingleAsync());
        Assert.Equal(NoticeStatus.Running, notice.Status);
        await before.DisposeAsync();

        clock.SetUtcNow(ChinaTime.EndOf(notice.EndsOn).AddHours(60));
        await using var after = Office.Open(new TestApp { Clock = clock, Folder = folder, RunsJobs = false });
        await browser.VisitAsync(
            async visit =>
            {
                var anybody = await visit.NewPersonAsync();
                await anybody.GotoAsync($"/public/notices/{notice.Id}");
                await Expect(anybody.Locator("article")).ToContainTextAsync("公示期满，无成立的异议");
            },
            after.Address);
        await after.RunDueAsync();

        Assert.Equal(1, await after.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == "notice.ended")));
        Assert.Equal(1, await after.ReadAsync(db => db.TrainingEnrolments.CountAsync(row => row.Status == TrainingStatus.Waiting)));
        Assert.Equal("培训考核", (await after.CaseAsync()).CurrentSteps);
    }
}
