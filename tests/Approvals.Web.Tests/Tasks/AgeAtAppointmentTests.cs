using System.Net;
using Approvals.Core.Regulations;
using Approvals.Core.Training;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Tasks;

/// <summary>T§12 states the conditions of being appointed: they are judged again when the leader is asked to, weeks after vetting.</summary>
public sealed class AgeAtAppointmentTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Sixty on the day of vetting, sixty-one on the day of the examination.</summary>
    [Fact]
    public async Task Who_has_passed_the_age_limit_since_vetting_is_appointed_only_with_a_written_waiver()
    {
        using var desk = new Desk(app);
        var caseId = await VettedAsync(desk);
        Assert.Equal((Verdict.Pass, "60 周岁"), await AgeAsync(caseId));
        desk.Wait(TimeSpan.FromDays(8));
        await desk.RunDueAsync();
        await ExamineAsync(desk);

        Assert.Equal((Verdict.Fail, "61 周岁"), await AgeAsync(caseId));
        var leader = await desk.AsAsync("wuhaifeng");
        var page = await leader.GetAsync($"/tasks/{await desk.TaskAsync(caseId, "wuhaifeng")}");
        Assert.Contains("核查日期 <b class=\"number\">2026-12-01</b>", page.Text);
        var refused = await leader.PostAsync(Applications.Decision(page, "Approve"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("“年龄条件”不符合，同意须书面写明理由。", refused.Text);

        await desk.SignAsync("wuhaifeng", caseId, "Approve", ("data.waiverReason", "危化处置领域紧缺人才"));
        Assert.Equal((Verdict.Waived, "61 周岁"), await AgeAsync(caseId));
        Assert.Equal(1, await app.DatabaseAsync(db => db.Commanders.CountAsync(row => row.CaseId == caseId, Stop)));
    }

    private static async Task<Guid> VettedAsync(Desk desk)
    {
        var applicant = await desk.AsAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);
        var sent = await applicant.PostAsync(
            Applications.Filled(draft).Set("data.identityNumber", Applications.IdentityNumber("11010119651201103")).Set("act", "submit"),
            "file:photo", "photo.png", Applications.Picture());
        var caseId = Guid.Parse(sent.Location!["/cases/".Length..]);
        var representative = await desk.AsAsync("chenguihua");
        var page = await representative.GetAsync($"/tasks/{await desk.TaskAsync(caseId, "chenguihua")}");
        await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        foreach (var vetter in new[] { "lili", "wangqiang", "songmin" })
            await desk.SignAsync(vetter, caseId);
        await desk.RunDueAsync();
        return caseId;
    }

    private async Task ExamineAsync(Desk desk)
    {
        var candidate = await app.DatabaseAsync(db => db.TrainingEnrolments.Select(row => row.Id).SingleAsync(Stop));
        var planned = await app.ServiceAsync<PlanSession, PlanOutcome>(plan =>
            plan.CreateAsync(new SessionInput("第一期", new DateOnly(2026, 12, 1), "江州市应急救援培训基地", 10), Stop));
        var session = ((PlanOutcome.Saved)planned).Id;
        Assert.IsType<EnrolOutcome.Seated>(await app.ServiceAsync<EnrolCandidates, EnrolOutcome>(enrol => enrol.SeatAsync(session, [candidate], Stop)));
        Assert.IsType<RecordOutcome.Saved>(await app.ServiceAsync<RecordResults, RecordOutcome>(record =>
            record.SaveAsync(session, [new ResultInput(candidate, true, 90m)], Stop)));
        Assert.IsType<PublishOutcome.Published>(await app.ServiceAsync<PublishResults, PublishOutcome>(publish => publish.PublishAsync(session, Stop)));
        await desk.RunDueAsync();
    }

    private Task<(Verdict, string)> AgeAsync(Guid caseId) => app.DatabaseAsync(async db =>
    {
        var finding = await db.Findings.AsNoTracking().SingleAsync(row => row.CaseId == caseId && row.IsCurrent && row.Rule == "CommanderAgeLimit", Stop);
        return (finding.Verdict, finding.Value);
    });
}
