namespace Approvals.Workflows.Tests;

/// <summary>Faults, retries, races, cancelling, guards.</summary>
public sealed class EngineFacts
{
    [Fact]
    public async Task A_fault_leaves_the_instance_resumable_and_a_retry_goes_on()
    {
        var host = Draw.Flow("s:Start", "f:Test.Flaky", "w:Test.Wait", "z:WriteLine").Lines("s>w s>f f>z w>z").Host();
        var run = await host.Start();
        Assert.Equal(("f", "not now", "InvalidOperationException"),
            (run.NewIncidents[0].ActivityId, run.NewIncidents[0].Message, run.NewIncidents[0].ExceptionType));
        Assert.Equal((WorkflowStatus.Running, WorkflowSubStatus.Faulted), (run.Status, run.SubStatus));
        Assert.Equal("w", host.Waiting);

        run = await host.Retry();
        Assert.Single(run.NewIncidents);
        Assert.Single(run.ClosedIncidents);
        await host.Resume("w", "Done");
        host.Fails = false;
        run = await host.Retry();
        Assert.Equal(WorkflowSubStatus.Finished, run.SubStatus);
        Assert.Equal("s w f z", host.Path);
        Assert.Equal(ResumeOutcome.AlreadyFinished, (await host.Retry(Guid.NewGuid())).Outcome);
    }

    [Fact]
    public async Task A_resume_that_failed_is_retried_with_the_same_input_and_leaves_no_bookmark_behind()
    {
        var host = Draw.Flow("f:Test.FlakyResume", "w:Test.Wait").Lines("f>w").Host();
        await host.Start();
        var bookmark = host.State.Bookmarks[0].Id;
        await host.ResumeAt(bookmark, "yes");
        Assert.Empty(host.State.Bookmarks);
        Assert.Equal(ResumeOutcome.BookmarkGone, (await host.ResumeAt(bookmark, "again")).Outcome);
        host.Fails = false;
        await host.Retry();
        Assert.Equal("yes", host.Received);
        Assert.Equal("w", host.Waiting);
        Assert.Empty(host.State.Incidents);
    }

    [Theory]
    [InlineData(null, "a")]
    [InlineData("Elsa.Workflows.ContinueWithIncidentsStrategy, Elsa", "a b")]
    public async Task The_incident_strategy_decides_whether_other_branches_run_on(string? strategy, string expected)
    {
        var draw = Draw.Flow("s:Start", "a:WriteLine", "f:Test.Flaky", "b:WriteLine").Lines("s>a s>f s>b");
        if (strategy is not null)
            draw.Option("incidentStrategyType", strategy);
        var host = draw.Host();
        var run = await host.Start();
        Assert.Equal("s " + expected, host.Path);
        Assert.Equal(WorkflowSubStatus.Faulted, run.SubStatus);
        host.Fails = false;
        await host.Retry();
        Assert.Equal(WorkflowSubStatus.Finished, host.State.SubStatus);
        Assert.Equal(["a", "b", "f", "s"], host.Path.Split(' ').Order());
    }

    [Fact]
    public async Task A_used_bookmark_changes_nothing()
    {
        var host = Draw.Flow("a:Test.Wait", "b:Test.Wait").Lines("a>b").Host();
        var run = await host.Start();
        await host.Resume("a", "Done");
        var before = host.State.Serialize();
        var second = await host.ResumeAt(run.Created[0].Id, "Done");
        Assert.Equal(ResumeOutcome.BookmarkGone, second.Outcome);
        Assert.Empty(second.Journal);
        Assert.Equal(before, second.State.Serialize());
    }

    [Fact]
    public async Task Cancelling_tells_everything_that_waits()
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("a", "Test.Wait"), Draw.Chart("in", Draw.Activity("b",
            "Test.Wait")))
            .Lines("s>a s>in").Host();
        await host.Start();
        var run = await host.Cancel("申请人撤回");
        Assert.Equal((WorkflowStatus.Finished, WorkflowSubStatus.Cancelled), (run.Status, run.SubStatus));
        Assert.Equal(["a", "b"], host.Events("Withdrawn").Split(' ').Order());
        Assert.All(run.Journal.Where(e => e.EventName == JournalEvents.Canceled), e => Assert.Equal("申请人撤回", e.Message));
        Assert.Equal(2, run.Removed.Count);
        Assert.Empty(run.State.Runs);
    }

    [Fact]
    public async Task What_never_ran_can_be_cancelled_as_well()
    {
        var host = Draw.Flow("a:Test.Wait").Host();
        host.Adopt(WorkflowState.Deserialize("{}"));
        var run = await host.Cancel("不再办理");
        Assert.Equal((WorkflowStatus.Finished, WorkflowSubStatus.Cancelled), (run.Status, run.SubStatus));
    }

    [Fact]
    public async Task A_workflow_asked_for_by_what_is_withdrawn_in_the_same_burst_is_not_started()
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("e", "ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal("other"))),
            Draw.Activity("c", "Complete")).Lines("s>e s>c").Host();
        var run = await host.Start();
        Assert.Equal(WorkflowStatus.Finished, run.Status);
        Assert.Empty(run.Children);
    }

    [Fact]
    public async Task An_endless_loop_without_waiting_is_stopped()
    {
        var host = Draw.Of(Draw.Activity("w", "While", ("condition", Draw.Js("true")), ("body", Draw.Activity("l",
            "SetName")))).Host();
        var run = await host.Start();
        Assert.Equal("LoopGuard", Assert.Single(run.NewIncidents).ExceptionType);
        Assert.Equal(WorkflowSubStatus.Faulted, run.SubStatus);
    }

    [Fact]
    public async Task A_workflow_with_errors_does_not_start_and_says_why()
    {
        var host = Draw.Flow("a:Nothing.Here").Host();
        var e = await Assert.ThrowsAsync<WorkflowNotStartableException>(() => host.Start());
        Assert.Contains("Nothing.Here", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_of_the_hosts_transaction_pass_through()
    {
        var host = Draw.Flow("f:Test.Flaky").Host(new WorkflowEngineOptions { PassThrough = e =>
            e is InvalidOperationException });
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Start());
    }

    [Fact]
    public void A_state_keeps_every_kind_of_value()
    {
        object?[] values =
        [
            null, "文本", true, 7, 7L, 12.30m, 0.1, double.NaN, DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(8)),
                new DateOnly(2026, 1, 2),
            TimeSpan.FromDays(1.5), Guid.Empty,
        ];
        var state = new WorkflowState { Runs = { new ActivityRun { Variables = values, Bag = new() { ["x"] = 1.10m } } } };
        var back = WorkflowState.Deserialize(WorkflowState.Deserialize(state.Serialize()).Serialize());
        Assert.Equal(values, back.Runs[0].Variables);
        Assert.Equal("1.10", Values.ToText(back.Runs[0].Bag!["x"]));
    }
}
