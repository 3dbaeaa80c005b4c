using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Studio;

/// <summary>The instances of the recorded walk: what a stock Elsa answered about them has a counterpart here.</summary>
public sealed class RecordedInstancesTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiting_instance_is_listed_viewed_and_followed_to_its_end_in_the_recorded_shape()
    {
        using var owner = await studio.OwnerAsync();
        var id = await StartAsync(owner, 31, new Dictionary<string, object?> { ["Amount"] = 99 });

        Same(62, await owner.PostAsync("/workflow-instances", RecordedPair.Read(62).Body), "correlationId");
        Same(65, await owner.GetAsync($"/workflow-instances/{id}"), "callStackDepth", "callbackMethodName", "completionCallbacks", "EventName", "FlowScope", "Variables", "Amount", "correlationId");
        Same(66, await owner.GetAsync($"/workflow-instances/{id}/execution-state"));
        Same(67, await owner.GetAsync($"/workflow-instances/{id}/journal?page=0&pageSize=100"));
        Same(68, await owner.PostAsync($"/workflow-instances/{id}/journal?page=0&pageSize=100", RecordedPair.Read(68).Body));
        Same(69, await owner.GetAsync($"/workflow-instances/{id}/journal/Event1"));
        Same(70, await owner.GetAsync($"/workflow-instances/{id}/variables"));
        var report = RecordedPair.Read(72).Body!.DeepClone();
        report["workflowInstanceId"] = id.ToString();
        var badges = await owner.PostAsync("/activity-executions/report", report);
        Same(72, badges, "_type");
        Assert.Equal(
            [("Start1", 1, 1, false), ("SetVariable1", 1, 1, false), ("WriteLine1", 1, 1, false), ("Event1", 1, 0, true)],
            badges.Body["stats"]!.AsArray().Select(one =>
                ((string)one!["activityId"]!, (int)one["startedCount"]!, (int)one["completedCount"]!, (bool)one["isBlocked"]!)));

        var at = $"workflowInstanceId={id}&activityNodeId=Workflow1:Flowchart1:WriteLine1";
        var list = await owner.GetAsync($"/activity-executions/list?{at}");
        Same(73, list, "_type", "tenantId", "Text");
        Same(74, await owner.GetAsync($"/activity-execution-summaries/list?{at}"), "_type");
        Same(75, await owner.GetAsync($"/activity-executions/count?workflowInstanceId={id}"));
        var run = (string)list.Body["items"]![0]!["id"]!;
        Same(76, await owner.GetAsync($"/activity-executions/by-id?id={run}"), "_type", "tenantId", "Text");
        Same(77, await owner.GetAsync($"/activity-executions/{run}/call-stack?includeCrossWorkflowChain=True"), "_type", "tenantId", "FlowScope", "outputs");

        await ResumeAsync(id, new JsonObject { ["by"] = "me" });
        Same(80, await owner.GetAsync($"/workflow-instances/{id}"), "FlowScope", "Variables", "activityExecutionContexts", "Result", "correlationId");
        Same(81, await owner.GetAsync($"/workflow-instances/{id}/journal?page=0&pageSize=100"));
        Same(83, await owner.GetAsync($"/workflow-instances/{id}/execution-state"));
        var export = await owner.GetAsync($"/workflow-instances/{id}/export?includeBookmarks=true&includeActivityExecutionLog=true");
        Assert.Equal("attachment", export.Message.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(["WorkflowState", "Bookmarks", "ActivityExecutionRecords", "WorkflowExecutionLogRecords"], export.Body.AsObject().Select(pair => pair.Key));
        Assert.Equal("Finished", (string?)export.Body["WorkflowState"]!["status"]);
    }

    [Fact]
    public async Task A_failed_activity_is_red_says_why_and_can_be_retried()
    {
        using var owner = await studio.OwnerAsync();
        var id = await StartAsync(owner, 94, null);

        Same(96, await owner.PostAsync("/workflow-instances", RecordedPair.Read(96).Body), "finishedAt");
        var view = await owner.GetAsync($"/workflow-instances/{id}");
        Same(97, view, "finishedAt", "callStackDepth", "FlowScope", "completionCallbacks", "Variables", "innerException", "properties", "data");
        Assert.NotEmpty((string)view.Body["workflowState"]!["incidents"]![0]!["message"]!);
        Same(98, await owner.GetAsync($"/workflow-instances/{id}/journal?page=0&pageSize=100"), "exception", "payload");
        var report = RecordedPair.Read(100).Body!.DeepClone();
        report["workflowInstanceId"] = id.ToString();
        var badge = (await owner.PostAsync("/activity-executions/report", report)).Body["stats"]![0]!;
        Assert.True((bool)badge["isFaulted"]!);
        Assert.Equal((1, 0), ((int)badge["uncompletedCount"]!, (int)badge["completedCount"]!));

        // It fails again; the retry is in the journal and the instance is as it was.
        var retried = await owner.PostAsync("/alterations/workflows/retry", new JsonObject { ["workflowInstanceIds"] = new JsonArray(id.ToString()) });
        Assert.Equal(1, (int)retried.Body["retried"]!);
        var journal = await owner.GetAsync($"/workflow-instances/{id}/journal");
        Assert.Contains(journal.Body["items"]!.AsArray(), line => (string?)line!["eventName"] == "Retried");
        Assert.Equal("Faulted", (string?)(await owner.GetAsync($"/workflow-instances/{id}")).Body["subStatus"]);
    }

    [Fact]
    public async Task An_instance_is_cancelled_once_and_deleted_only_when_it_has_ended()
    {
        using var owner = await studio.OwnerAsync();
        var first = await StartAsync(owner, 31, null);
        var second = await StartAsync(owner, 31, null);

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.DeleteAsync($"/workflow-instances/{first}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync($"/cancel/workflow-instances/{first}")).Status);
        Assert.Equal("Cancelled", (string?)(await owner.GetAsync($"/workflow-instances/{first}")).Body["subStatus"]);
        var again = await owner.PostAsync($"/cancel/workflow-instances/{first}");
        Assert.Contains("已经结束", again.Errors, StringComparison.Ordinal);

        var bulk = await owner.PostAsync("/bulk-actions/cancel/workflow-instances/", new JsonObject { ["ids"] = new JsonArray(first.ToString(), second.ToString()) });
        Assert.Equal(1, (int)bulk.Body["cancelled"]!);
        var zip = await owner.PostAsync("/bulk-actions/export/workflow-instances", new JsonObject { ["ids"] = new JsonArray(first.ToString()) });
        Assert.Equal("application/zip", zip.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/workflow-instances/{first}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/workflow-instances/{first}")).Status);
        var deleted = await owner.PostAsync("/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray(first.ToString(), second.ToString()) });
        Assert.Equal(1, (int)deleted.Body["deleted"]!);
        Assert.False(await studio.App.DatabaseAsync(db => db.Journal.AnyAsync(row => row.InstanceId == first || row.InstanceId == second, Stop)));
    }

    [Theory]
    [InlineData("/workflow-instances/nope")]
    [InlineData("/workflow-instances/01a205ea-be80-7f47-8e2f-613d0b4e60d2")]
    [InlineData("/workflow-instances/01a205ea-be80-7f47-8e2f-613d0b4e60d2/journal")]
    [InlineData("/workflow-instances/01a205ea-be80-7f47-8e2f-613d0b4e60d2/variables")]
    [InlineData("/workflow-instances/01a205ea-be80-7f47-8e2f-613d0b4e60d2/execution-state")]
    [InlineData("/workflow-instances/01a205ea-be80-7f47-8e2f-613d0b4e60d2/export")]
    [InlineData("/activity-executions/by-id?id=nope")]
    [InlineData("/activity-executions/nope/call-stack")]
    [InlineData("/activity-executions/list?WorkflowInstanceId=nope")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var owner = await studio.OwnerAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(path)).Status);
    }

    private static void Same(int number, StudioAnswer answer, params string[] without)
    {
        var recorded = RecordedPair.Read(number);
        Assert.Equal(recorded.Status, (int)answer.Status);
        var differences = JsonShape.Differences(recorded.Answer, answer.Body, without);
        Assert.True(differences.Count == 0, $"{recorded.Name}:\n{string.Join('\n', differences)}\n{answer.Text}");
    }

    private async Task<Guid> StartAsync(StudioClient owner, int recorded, Dictionary<string, object?>? input)
    {
        var body = RecordedPair.Read(recorded).Body!.DeepClone();
        var definition = (string)body["model"]!["definitionId"]!;
        if (!await studio.App.DatabaseAsync(db => db.Definitions.AnyAsync(row => row.DefinitionId == definition && row.IsPublished, Stop)))
        {
            body["publish"] = true;
            var saved = await owner.PostAsync("/workflow-definitions", body);
            Assert.True(saved.Status == HttpStatusCode.OK, saved.Text);
        }

        return await studio.App.ServiceAsync<IServiceProvider, Guid>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            async _ => (await services.GetRequiredService<WorkflowHost>().StartAsync(definition, null, input, Stop)).Id, Stop));
    }

    private Task ResumeAsync(Guid instance, object input) =>
        studio.App.ServiceAsync<IServiceProvider, HostOutcome>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            async scope =>
            {
                var mark = await scope.Db.Bookmarks.Where(row => row.InstanceId == instance && row.Kind == BookmarkKinds.Event).Select(row => row.Id).SingleAsync(Stop);
                return await services.GetRequiredService<WorkflowHost>().ResumeAsync(mark, input, Stop);
            },
            Stop));
}
