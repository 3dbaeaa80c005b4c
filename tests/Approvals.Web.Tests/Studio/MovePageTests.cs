using System.Net;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>A process owner moves running cases on the page and reads the report.</summary>
public sealed class MovePageTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private const string Address = "/processes/commander-appointment/move";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_previewed_moved_and_reported()
    {
        using var applicant = await studio.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var designer = await studio.OwnerAsync();
        var opened = await designer.OpenAsync("commander-appointment");
        opened["description"] = "第二版";
        var vetting = opened["root"]!["activities"]!.AsArray().Single(one => (string?)one!["metadata"]?["displayText"] == "业务处室审查");
        vetting!["metadata"]!["displayText"] = "业务处室初审";
        var saved = await designer.SaveAsync(opened, publish: true);
        Assert.True(saved.Status == HttpStatusCode.OK, saved.Text);
        using var owner = await studio.App.SignedInAsync(StudioClient.Owner);
        var instance = await studio.App.DatabaseAsync(db => db.Instances.SingleAsync(row => row.CaseId == caseId, Stop));
        var page = await owner.GetAsync(Address);
        Assert.Contains("可以移动", page.Text, StringComparison.Ordinal);
        Assert.Contains("单位推荐", page.Text, StringComparison.Ordinal);

        var empty = await owner.PostAsync(page.Form("Target"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Contains("请勾选", empty.Text, StringComparison.Ordinal);

        var report = await owner.SubmitAsync(page.Form("Target").Set("Chosen", instance.Id.ToString()).Set("Reason", "流程优化"));
        Assert.Contains("本次移动报告", report.Text, StringComparison.Ordinal);
        var moved = await studio.App.DatabaseAsync(db => db.Instances.AsNoTracking().SingleAsync(row => row.CaseId == caseId, Stop));
        Assert.Equal(instance.Version + 1, moved.Version);

        // What comes next is in the words of the version that the case runs on now, not of the day its step began.
        Assert.Contains(
            "<dt>下一步</dt><dd>业务处室初审、救援协调处审查、人事处德才审查</dd>",
            WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text), StringComparison.Ordinal);

        using var representative = await studio.App.SignedInAsync("chenguihua");
        var task = await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(studio.App, caseId)}");
        Assert.Equal(HttpStatusCode.OK, task.Status);
    }

    [Fact]
    public async Task Nobody_else_sees_or_moves_anything()
    {
        using var applicant = await studio.App.SignedInAsync("liuzhiqiang");
        Assert.NotEqual(HttpStatusCode.OK, (await applicant.GetAsync(Address)).Status);
        using var owner = await studio.App.SignedInAsync(StudioClient.Owner);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/processes/nothing/move")).Status);
    }
}
