using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>The designer's run button plays the draft in a sandbox and leads to what came of it.</summary>
public sealed class TestRunTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_a_draft_makes_no_case_and_leads_to_the_result_of_a_dry_run()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("commander-appointment");
        opened["description"] = "草稿";
        await owner.SaveAsync(opened);
        var before = await CountsAsync();

        var answer = await owner.PostAsync(
            "/workflow-definitions/commander-appointment/execute", JsonNode.Parse("""{"correlationId":null,"versionOptions":"Latest","input":null}"""));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var id = Assert.Single(answer.Message.Headers.GetValues("x-elsa-workflow-instance-id"));
        using var viewer = await owner.Client.GetAsync($"/studio/workflows/instances/{id}/view", Stop);
        Assert.Equal(HttpStatusCode.Redirect, viewer.StatusCode);
        Assert.Equal($"/processes/commander-appointment/dry-run/{id}", viewer.Headers.Location?.ToString());
        using var result = await owner.Client.GetAsync(viewer.Headers.Location, Stop);
        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task What_no_run_can_be_made_of_is_refused_with_the_reason()
    {
        using var owner = await studio.OwnerAsync();
        using var auditor = await StudioClient.AsAsync(studio.App, StudioClient.Auditor);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync("/workflow-definitions/nothing/execute", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync("/workflow-definitions/commander-appointment/execute", new JsonObject())).Status);
        Assert.Contains("整个流程", (await owner.PostAsync("/tests/activities", new JsonObject())).Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/workflow-definitions/commander-appointment/bulk-dispatch", new JsonObject())).Status);
    }

    private Task<(int, int)> CountsAsync() => studio.App.DatabaseAsync(async db => (await db.Cases.CountAsync(Stop), await db.Instances.CountAsync(Stop)));
}
