using System.Net;
using Approvals.Core.Training;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Training;

/// <summary>T§13(四), A1 step 5: nobody has passed an examination that has not been held.</summary>
public sealed class SessionDayTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Before_its_day_a_session_has_neither_scores_nor_results()
    {
        var (session, candidate) = await SeatedAsync(new DateOnly(2026, 11, 24), attended: null, score: null);
        using var officer = await app.SignedInAsync("zhangwei");
        var page = await officer.GetAsync($"/training/sessions/{session}");

        var scored = await officer.PostAsync(page.Form("handler=Record").Set($"attended-{candidate}", "yes").Set($"score-{candidate}", "88"));

        Assert.Contains("当日起可登记出勤和成绩", page.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, scored.Status);
        Assert.Contains("本班次 2026-11-24 开班，尚未举行，不能登记出勤和成绩，未保存。", scored.Text);
        Assert.Contains("value=\"88\"", scored.Text);
        var row = await app.DatabaseAsync(db => db.TrainingEnrolments.SingleAsync(Stop));
        Assert.Equal((null, null), (row.Attended, row.Score));
    }

    /// <summary>Scores of a session that was put off after they were entered.</summary>
    [Fact]
    public async Task Before_its_day_nothing_is_published_and_on_its_day_it_is()
    {
        var (session, _) = await SeatedAsync(new DateOnly(2026, 11, 24), attended: true, score: 88);
        using var officer = await app.SignedInAsync("zhangwei");
        var page = await officer.GetAsync($"/training/sessions/{session}");

        var early = await officer.PostAsync(page.Form("handler=Publish"));

        Assert.Contains("本班次 2026-11-24 开班，举行后才能公布成绩。", page.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("本班次 2026-11-24 开班，尚未举行，不能公布成绩。", early.Text);
        Assert.Equal(TrainingStatus.Enrolled, (await app.DatabaseAsync(db => db.TrainingEnrolments.AsNoTracking().SingleAsync(Stop))).Status);
        Assert.Null((await app.DatabaseAsync(db => db.TrainingSessions.AsNoTracking().SingleAsync(Stop))).PublishedAt);

        // 24 November begins in China at 16:00 UTC of the day before.
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        using var later = await app.SignedInAsync("zhangwei");
        var done = await later.SubmitAsync((await later.GetAsync($"/training/sessions/{session}")).Form("handler=Publish"));
        Assert.Contains("成绩已公布：合格 1 人", done.Text);
    }

    /// <summary>公示 comes before 培训考核: a session is not moved to where its candidates could not have been seated.</summary>
    [Fact]
    public async Task A_session_is_not_moved_before_the_end_of_a_candidate_s_notice()
    {
        var (session, candidate) = await SeatedAsync(new DateOnly(2026, 11, 24), attended: null, score: null);
        await app.DatabaseAsync(db => db.TrainingEnrolments.Where(row => row.Id == candidate)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, app.Clock.GetUtcNow()), Stop));
        using var officer = await app.SignedInAsync("zhangwei");
        var page = await officer.GetAsync($"/training/edit/{session}");
        var early = await officer.PostAsync(page.Form("name=\"HeldOn\"").Set("HeldOn", "2026-11-20"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("早于刘志强公示期满的日期（2026-11-23），开班日期不能提前到该日之前", early.Text);
        Assert.Equal(new DateOnly(2026, 11, 24), await app.DatabaseAsync(db => db.TrainingSessions.Select(row => row.HeldOn).SingleAsync(Stop)));
    }

    private async Task<(Guid Session, Guid Candidate)> SeatedAsync(DateOnly day, bool? attended, decimal? score)
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        return await app.DatabaseAsync(async db =>
        {
            var instance = await db.Instances.Where(row => row.CaseId == caseId).Select(row => row.Id).FirstAsync(Stop);
            var session = new TrainingSession { Title = "第一期", HeldOn = day, Place = "江州市应急救援培训基地", Capacity = 20 };
            var candidate = new TrainingEnrolment
            {
                CaseId = caseId, InstanceId = instance, BookmarkId = Guid.NewGuid(), CandidateName = "刘志强", Sitting = 1, MaxSittings = 2,
                PassMark = 60, SessionId = session.Id, Status = TrainingStatus.Enrolled, Attended = attended, Score = score,
            };
            db.AddRange(session, candidate);
            await db.SaveChangesAsync(Stop);
            return (session.Id, candidate.Id);
        });
    }
}
