using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Definitions that Studio saved and stock Elsa ran.</summary>
public sealed class RecordedDefinitionFacts
{
    public static TheoryData<string, string> All => new()
    {
        { "031-definition-post-draft", "request.body.model" },
        { "053-definition-post-draft-v2", "request.body.model" },
        { "060-definition-export", "response.body" },
        { "094-definition-post-publish", "request.body.model" },
        { "109-definition-post-delay", "request.body.model" },
        { "112-definition-post-child", "request.body.model" },
        { "114-definition-post-parent", "request.body.model" },
        { "118-definition-get-parent-composite", "response.body" },
        { "120-definition-import", "request.body" },
        { "123-definition-post-unknown-activity", "response.body.workflowDefinition" },
        { "exported-definition", "" },
        { "save-request-common-output", "model" },
        { "save-request-embedded-port", "model" },
        { "save-request-inputs-all-hints", "model" },
        { "save-request-switch-picker-dictionary-date", "model" },
    };

    [Theory, MemberData(nameof(All))]
    public void Nothing_is_lost(string name, string part)
    {
        var json = Host.Recorded(name, part);
        var definition = WorkflowDefinition.Parse(json);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), definition.ToJson()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(definition.ToJsonString(indented: true))));
    }

    [Fact]
    public void A_save_request_is_read_as_its_model()
    {
        var definition = WorkflowDefinition.Parse(Host.Recorded("save-request-embedded-port", ""));
        Assert.Equal("emb", definition.DefinitionId);
    }

    [Fact]
    public async Task The_approval_takes_the_path_that_stock_Elsa_took()
    {
        var host = new Host(Host.Recorded("031-definition-post-draft", "request.body.model"));
        Assert.Empty(host.Workflow.Problems);
        var run = await host.Start(new() { ["Amount"] = 99 }, correlation: "corr-1");
        Assert.Equal(WorkflowSubStatus.Suspended, run.SubStatus);
        Assert.Equal(Recorded("067-instance-journal"), Ours(host));
        Assert.Equal("Waiting for approval of 99", Assert.Single(host.Lines));

        // The recording changed the variable to 7 while it waited.
        host.State.Runs[0].Variables![0] = 7;
        run = await host.Resume("Event1", new JsonObject { ["by"] = "me" });
        Assert.Equal(Recorded("081-instance-journal-finished"), Ours(host));
        Assert.Equal(WorkflowStatus.Finished, run.Status);
        Assert.Equal("amount 7", run.Output["Result"]);
        Assert.Empty(run.State.Runs);
        Assert.Empty(run.State.Bookmarks);
    }

    [Fact]
    public async Task The_faulty_one_fails_at_the_same_place()
    {
        var host = new Host(Host.Recorded("094-definition-post-publish", "request.body.model"));
        var run = await host.Start();
        Assert.Equal(Recorded("098-instance-journal-faulted"), Ours(host));
        var incident = Assert.Single(run.NewIncidents);
        Assert.Equal(("WriteLine1", "Text", "notDefined.foo"), (incident.ActivityId, incident.InputName, incident.Expression));
        Assert.Equal("JavaScriptException", incident.ExceptionType);
        Assert.Equal(WorkflowSubStatus.Faulted, run.SubStatus);
    }

    [Fact]
    public async Task The_delay_waits_for_one_second()
    {
        var host = new Host(Host.Recorded("109-definition-post-delay", "request.body.model"));
        var run = await host.Start();
        var bookmark = Assert.Single(run.Created);
        Assert.Equal((BookmarkKinds.Timer, host.Clock.GetUtcNow().AddSeconds(1)), (bookmark.Kind, bookmark.DueAt!.Value));
        await host.ResumeAt(bookmark.Id);
        Assert.Equal(["after delay"], host.Lines);
    }

    [Fact]
    public async Task A_workflow_runs_as_an_activity_of_another()
    {
        var child = WorkflowDefinition.Parse(Host.Recorded("112-definition-post-child", "request.body.model"));
        var host = new Host(Host.Recorded("114-definition-post-parent", "request.body.model"), null, child);
        Assert.Empty(host.Workflow.Problems);
        var run = await host.Start();
        Assert.Equal(WorkflowStatus.Finished, run.Status);
        Assert.Equal(["hey!"], host.Lines);
    }

    [Fact]
    public void An_unknown_activity_is_named_and_keeps_the_workflow_from_starting()
    {
        var host = new Host(Host.Recorded("123-definition-post-unknown-activity", "response.body.workflowDefinition"));
        var problem = Assert.Single(host.Workflow.Problems);
        Assert.Equal((ProblemCodes.UnknownActivity, "X1"), (problem.Code, problem.ActivityId));
        Assert.Contains("Elsa.NoSuchActivity", problem.Message, StringComparison.Ordinal);
        Assert.False(host.Workflow.CanStart);
    }

    private static string Recorded(string name) => string.Join("\n", JsonNode.Parse(Host.Recorded(name,
        "response.body.items"))!.AsArray()
        .Select(e => $"{e!["sequence"]} {e["nodeId"]} {e["activityType"]} {e["eventName"]}"));

    private static string Ours(Host host) => string.Join("\n", host.Journal
        .Select(e => $"{e.Sequence} {e.NodeId} {e.ActivityType} {e.EventName}"));
}
