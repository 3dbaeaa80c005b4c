using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Tasks;

/// <summary>What the form counts by itself is nobody's entry: neither in what is signed nor in what is shown afterwards.</summary>
public sealed class StatedYearsTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_decision_a_year_later_changes_no_years_and_signs_for_none_and_the_finding_says_its_day()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        Assert.Equal("14", await YearsAsync(caseId));

        app.Clock.Advance(TimeSpan.FromDays(400));
        using var representative = await app.SignedInAsync("chenguihua");
        var task = await Applications.OpenTaskAsync(app, caseId);
        var signed = await representative.PostAsync(
            Applications.Decision(await representative.GetAsync($"/tasks/{task}"), "Approve").Set("data.recommendationOpinion", "同意推荐"),
            "file:stampedScan", "盖章.png", Applications.Picture());

        Assert.Equal(HttpStatusCode.Redirect, signed.Status);
        Assert.Equal("14", await YearsAsync(caseId));
        var decision = await app.DatabaseAsync(db => db.Decisions.AsNoTracking()
            .SingleAsync(row => row.CaseId == caseId && row.Kind == DecisionKind.Approve, Stop));
        var content = JsonNode.Parse(decision.Shown)!;
        Assert.Equal(["recommendationOpinion"], content["entered"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("14", content["shown"]!["data"]!["commandYears"]!.ToString());

        // Vetting is shown what the rule found, and on which day.
        using var vetter = await app.SignedInAsync("wangqiang");
        var page = await vetter.GetAsync($"/tasks/{await TaskOfAsync(caseId, "wangqiang")}");
        Assert.Contains("核查日期 <b class=\"number\">2027-12-28</b>", page.Text);
        Assert.Contains("<b>15 年</b>", page.Text);
        Assert.Contains("14 年（填报时）", page.Text);
    }

    private async Task<string?> YearsAsync(Guid caseId) => JsonNode.Parse(await app.DatabaseAsync(db =>
        db.Cases.Where(row => row.Id == caseId).Select(row => row.Data).SingleAsync(Stop)))!["commandYears"]?.ToString();

    private Task<Guid> TaskOfAsync(Guid caseId, string userName) => app.DatabaseAsync(async db =>
    {
        var person = await db.Users.Where(row => row.UserName == userName).Select(row => row.PersonId).SingleAsync(Stop);
        return await db.Tasks.Where(row => row.CaseId == caseId && row.AssigneeId == person && row.State == TaskState.Open).Select(row => row.Id).SingleAsync(Stop);
    });
}
