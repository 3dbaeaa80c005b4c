namespace Approvals.Workflows;

/// <summary>
/// Runs instances. It does no I/O, starts no thread and keeps nothing between calls; one engine serves a whole host. Each
/// call changes the given state in place: when it throws, throw the state away with the transaction.
/// </summary>
public sealed class WorkflowEngine(TimeProvider clock, WorkflowEngineOptions? options = null)
{
    private readonly WorkflowEngineOptions _options = options ?? new WorkflowEngineOptions();

    /// <summary>
    /// Starts an instance and runs it until every path waits or ends. Throws <see cref="WorkflowNotStartableException"/>
    /// when the definition has errors; check <see cref="CompiledWorkflow.CanStart"/> first.
    /// </summary>
    public async ValueTask<WorkflowRun> StartAsync(
        CompiledWorkflow workflow, StartRequest request, CancellationToken cancellation = default)
    {
        workflow.ThrowIfNotStartable();
        using var span = BurstTrace.Begin("start", workflow);
        var state = new WorkflowState
        {
            InstanceId = request.InstanceId,
            DefinitionVersionId = workflow.Definition.Id,
            CorrelationId = request.CorrelationId,
            ParentInstanceId = request.ParentInstanceId,
            TriggerActivityId = request.TriggerActivityId,
        };
        var burst = new Burst(workflow, state, request.Services, clock, _options, cancellation, request.IsCorrelationFixed)
        {
            Depth = request.Depth,
        };
        var root = burst.Schedule(workflow.Nodes[0], null, 1);
        root.Input = WorkflowScope.ReadInput(workflow.Definition, request.Input);
        await burst.DrainAsync();
        return BurstTrace.End(span, End(burst));
    }

    /// <summary>Goes on at a bookmark and runs until every path waits or ends.</summary>
    public async ValueTask<WorkflowRun> ResumeAsync(
        CompiledWorkflow workflow, WorkflowState state, ResumeRequest request, CancellationToken cancellation = default)
    {
        if (state.Status == WorkflowStatus.Finished)
            return new WorkflowRun { State = state, Outcome = ResumeOutcome.AlreadyFinished };
        var bookmark = state.Bookmarks.Find(b => b.Id == request.BookmarkId);
        if (bookmark is null)
            return new WorkflowRun { State = state, Outcome = ResumeOutcome.BookmarkGone };

        using var span = BurstTrace.Begin("resume", workflow);
        StateLinks.Link(workflow, state);
        var burst = new Burst(workflow, state, request.Services, clock, _options, cancellation, request.IsCorrelationFixed)
        {
            Depth = request.Depth,
        };
        burst.QueueLeftOver();
        var run = state.Runs.Find(r => r.Id == bookmark.ActivityRunId)
            ?? throw new InvalidOperationException($"Bookmark {bookmark.Id} has no run.");

        // Burned before the activity runs: whatever comes of it, this bookmark is used.
        state.Bookmarks.Remove(bookmark);
        burst.Log.Burned(bookmark);
        await burst.ResumeAsync(run, bookmark, request.Input);
        await burst.DrainAsync();
        return BurstTrace.End(span, End(burst));
    }

    /// <summary>Does again what made an incident, and runs on.</summary>
    public async ValueTask<WorkflowRun> RetryAsync(
        CompiledWorkflow workflow, WorkflowState state, RetryRequest request, CancellationToken cancellation = default)
    {
        if (state.Status == WorkflowStatus.Finished)
            return new WorkflowRun { State = state, Outcome = ResumeOutcome.AlreadyFinished };
        var incident = state.Incidents.Find(i => i.Id == request.IncidentId);
        var run = incident is null ? null : state.Runs.Find(r => r.Id == incident.ActivityRunId);
        if (run is not { Status: RunStatus.Faulted })
            return new WorkflowRun { State = state, Outcome = ResumeOutcome.IncidentGone };

        using var span = BurstTrace.Begin("retry", workflow);
        StateLinks.Link(workflow, state);
        var burst = new Burst(workflow, state, request.Services, clock, _options, cancellation, request.IsCorrelationFixed);
        burst.QueueLeftOver();
        await burst.RetryAsync(run);
        await burst.DrainAsync();
        return BurstTrace.End(span, End(burst));
    }

    /// <summary>Ends an instance from outside: everything that waits is withdrawn with the reason.</summary>
    public async ValueTask<WorkflowRun> CancelAsync(
        CompiledWorkflow workflow, WorkflowState state, CancelRequest request, CancellationToken cancellation = default)
    {
        if (state.Status == WorkflowStatus.Finished)
            return new WorkflowRun { State = state, Outcome = ResumeOutcome.AlreadyFinished };
        using var span = BurstTrace.Begin("cancel", workflow);
        StateLinks.Link(workflow, state);
        var burst = new Burst(workflow, state, request.Services, clock, _options, cancellation, request.IsCorrelationFixed);

        // An instance that has no run yet has nothing to withdraw: its host keeps it before it first runs.
        var root = state.Runs.FirstOrDefault();
        var output = root?.Output;
        if (root is not null)
            burst.Withdraw(root, request.Reason);
        await burst.NotifyWithdrawnAsync();
        burst.Finish(WorkflowSubStatus.Cancelled, [], output);
        return BurstTrace.End(span, burst.Log.ToRun());
    }

    private static WorkflowRun End(Burst burst)
    {
        var state = burst.State;
        if (state.Status == WorkflowStatus.Running)
        {
            var fault = burst.Workflow.Definition.Options.IncidentStrategy == IncidentStrategy.Fault;
            state.SubStatus = state.Incidents.Count > 0 && (fault || state.Bookmarks.Count == 0)
                ? WorkflowSubStatus.Faulted
                : WorkflowSubStatus.Suspended;
            state.Output = state.Runs.Count > 0 ? state.Runs[0].Output : null;
        }

        return burst.Log.ToRun();
    }
}
