using Approvals.Core.Cases;
using Approvals.Core.Notices;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Notices;

/// <summary>公示档案: ended notices, the newest first, a page at a time, for anyone.</summary>
public sealed class NoticeArchiveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndedNoticeIsOnExactlyOnePage()
    {
        await using var app = new TestApp { RunsJobs = false };
        var first = new DateOnly(2026, 1, 5);
        var of = await app.DatabaseAsync(async db =>
        {
            var somebody = await db.People.Select(row => row.Id).FirstAsync(Stop);
            var row = new Case
            {
                Number = "T-1", ProcessKey = "commander-appointment", ProcessName = "聘任", DefinitionVersionId = "none", SubjectName = "聘任",
                StarterId = somebody, ApplicantId = somebody, Status = CaseStatus.Completed, Data = "{}",
            };
            db.Cases.Add(row);
            await db.SaveChangesAsync(Stop);
            return row.Id;
        });
        var notices = Enumerable.Range(0, NoticeQuery.ArchivePage + 5).Select(index => new PublicNotice
        {
            CaseId = of, InstanceId = Guid.CreateVersion7(), BookmarkId = Guid.CreateVersion7(),
            Number = $"江应急公示〔2026〕{100 + index}号", Title = "公示", Body = "{}", Status = NoticeStatus.Ended,

            // Some of one day, so that the page ends within it.
            PublishedOn = first.AddDays(index / 3), EndsOn = first.AddDays((index / 3) + 7),
        }).ToList();
        await app.DatabaseAsync(db =>
        {
            db.Notices.AddRange(notices);
            return db.SaveChangesAsync(Stop);
        });

        using var anyone = app.Browser();
        var newest = await anyone.GetAsync("/public/notices");
        var last = notices.OrderByDescending(row => row.PublishedOn).ThenByDescending(row => row.Id).ElementAt(NoticeQuery.ArchivePage - 1);
        var older = await anyone.GetAsync($"/public/notices?after={last.Id}");
        Assert.Contains($"/public/notices?after={last.Id}", newest.Text);
        Assert.All(notices, row => Assert.True(
            newest.Text.Contains(row.Number, StringComparison.Ordinal) ^ older.Text.Contains(row.Number, StringComparison.Ordinal), row.Number));
    }
}
