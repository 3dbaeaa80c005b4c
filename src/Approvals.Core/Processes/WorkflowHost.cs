using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Telemetry;
using Approvals.Core.Timers;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Approvals.Core.Processes;

/// <summary>What became of an attempt to resume, retry or cancel.</summary>
public enum HostOutcome
{
    /// <summary>The instance ran.</summary>
    Ran,

    /// <summary>Somebody else was first: the bookmark, incident or instance no longer waits. Nothing was changed.</summary>
    Gone,
}

/// <summary>
/// Runs workflow instances durably: state, bookmarks, timers, journal and incidents become rows of the caller's transaction.
/// Every burst holds the instance's row lock, so bursts of one instance follow one another, and of two racing resumes exactly
/// one finds the bookmark.
/// </summary>
public sealed class WorkflowHost(
    ApprovalsDbContext db,
    DefinitionCatalogue catalogue,
    WorkflowEngine engine,
    InstanceRows rows,
    InstanceLock locks,
    TimerService timers,
    LateRows late,
    TimeProvider clock,
    Measures measures,
    IServiceProvider services,
    ILogger<WorkflowHost> logger)
{
    private readonly FollowUps followUps = new();
    private bool hasUnsavedBurst;

    /// <summary>Kind of the timer rows that resume a bookmark.</summary>
    public const string BookmarkTimer = "bookmark";

    /// <summary>
    /// Starts the published version of a process. A step that starts one gets the row at once; the new instance runs when the burst of the
    /// step is stored.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The process has no published version.</exception>
    /// <exception cref="WorkflowNotStartableException">The definition has problems; the message names them.</exception>
    public async Task<WorkflowInstanceRow> StartAsync(
        string definitionId,
        Guid? caseId,
        IReadOnlyDictionary<string, object?>? input,
        CancellationToken cancellationToken,
        Guid? instanceId = null)
    {
        var definition = await PublishedAsync(definitionId, cancellationToken);
        var instance = Add(definition, instanceId ?? SortableId.New(), caseId, caseId?.ToString());
        if (!followUps.IsRunning)
            await RunAsync(() => BeginAsync(instance, definition, input, cancellationToken), cancellationToken);
        else
            followUps.Ask(followUps.Depth + 1, () => BeginAsync(instance, definition, input, cancellationToken));
        return instance;
    }

    /// <summary>Resumes the instance that waits at a bookmark.</summary>
    /// <param name="bookmarkId">The bookmark.</param>
    /// <param name="input">What the waiting activity is given.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <param name="known">Where the bookmark waits, when the caller knows it already; null to look it up.</param>
    public Task<HostOutcome> ResumeAsync(
        Guid bookmarkId, object? input, CancellationToken cancellationToken, WaitingAt? known = null) =>
        RunAsync(() => ResumeNowAsync(bookmarkId, input, known, cancellationToken), cancellationToken);

    private async Task<HostOutcome> ResumeNowAsync(
        Guid bookmarkId, object? input, WaitingAt? known, CancellationToken cancellationToken)
    {
        if ((known ?? await rows.FindWaitingAsync(db, bookmarkId, cancellationToken)) is not { } waiting)
            return HostOutcome.Gone;

        // Race closed: two resumes of one bookmark. Under the instance's lock only the first still finds it in the state.
        var instance = waiting.Instance is { } seen
            ? await locks.TakeAndReadAsync(seen, cancellationToken) ?? throw Missing(waiting.InstanceId)
            : await LockAsync(waiting.InstanceId, cancellationToken);
        var definition = await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken);
        var run = await engine.ResumeAsync(
            definition.Workflow,
            await StateOfAsync(instance, cancellationToken),
            new ResumeRequest
            {
                BookmarkId = bookmarkId, Services = services, Input = input, IsCorrelationFixed = instance.CaseId is not null, Depth = followUps.Depth,
            },
            cancellationToken);

        // A timer given to the bookmark since it was looked at would fire into nothing: its handler finds the bookmark gone.
        if (run.Outcome == ResumeOutcome.Ran && (waiting.HasTimers || timers.IsPendingFor(bookmarkId)))
            await timers.CancelForBookmarkAsync(bookmarkId, cancellationToken);
        return await StoreAsync(instance, definition, run, cancellationToken, bookmarkId);
    }

    /// <summary>Runs the activity of an open incident again.</summary>
    public Task<HostOutcome> RetryAsync(Guid incidentId, CancellationToken cancellationToken) =>
        RunAsync(() => RetryNowAsync(incidentId, cancellationToken), cancellationToken);

    private async Task<HostOutcome> RetryNowAsync(Guid incidentId, CancellationToken cancellationToken)
    {
        var instanceId = await db.Incidents.Where(row => row.Id == incidentId && row.ResolvedAt == null)
            .Select(row => (Guid?)row.InstanceId).FirstOrDefaultAsync(cancellationToken);
        if (instanceId is null)
            return HostOutcome.Gone;

        var instance = await LockAsync(instanceId.Value, cancellationToken);
        var definition = await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken);
        var run = await engine.RetryAsync(
            definition.Workflow,
            await StateOfAsync(instance, cancellationToken),
            new RetryRequest { IncidentId = incidentId, Services = services, IsCorrelationFixed = instance.CaseId is not null },
            cancellationToken);
        return await StoreAsync(instance, definition, run, cancellationToken);
    }

    /// <summary>Cancels an instance: what waits is withdrawn with the reason.</summary>
    public Task<HostOutcome> CancelAsync(Guid instanceId, string reason, CancellationToken cancellationToken) =>
        RunAsync(() => CancelNowAsync(instanceId, reason, cancellationToken), cancellationToken);

    /// <summary>The same for a step that is itself being withdrawn: when its burst is stored, so that no depth of sub-processes is too deep.</summary>
    public void CancelAfterBurst(Guid instanceId, string reason, CancellationToken cancellationToken) =>
        followUps.Ask(followUps.Depth, () => CancelNowAsync(instanceId, reason, cancellationToken));

    private async Task<HostOutcome> CancelNowAsync(Guid instanceId, string reason, CancellationToken cancellationToken)
    {
        var instance = await LockAsync(instanceId, cancellationToken);
        if (instance.Status == nameof(WorkflowStatus.Finished))
            return HostOutcome.Gone;

        var definition = await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken);
        var run = await engine.CancelAsync(
            definition.Workflow,
            await StateOfAsync(instance, cancellationToken),
            new CancelRequest { Reason = reason, Services = services, IsCorrelationFixed = instance.CaseId is not null },
            cancellationToken);
        return await StoreAsync(instance, definition, run, cancellationToken);
    }

    /// <summary>
    /// Takes the instance's lock until the transaction ends and reads it fresh, see <see cref="InstanceLock"/>. Use cases that check
    /// before they resume call it first.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No such instance.</exception>
    public async Task<WorkflowInstanceRow> LockAsync(Guid instanceId, CancellationToken cancellationToken) =>
        await locks.TakeAndReadAsync(instanceId, cancellationToken) ?? throw Missing(instanceId);

    private Task<T> RunAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) =>
        followUps.RunAsync(act, () => SaveBurstsAsync(cancellationToken));

    private static KeyNotFoundException Missing(Guid instanceId) => new($"There is no workflow instance {instanceId}.");

    /// <summary>The state a burst begins with; what an earlier burst of this unit of work left to be saved is saved first.</summary>
    private async Task<WorkflowState> StateOfAsync(WorkflowInstanceRow instance, CancellationToken cancellationToken)
    {
        await SaveBurstsAsync(cancellationToken);
        var state = WorkflowState.Deserialize(instance.State);

        // What a process may have called it before that was forbidden.
        if (instance.CaseId is { } caseId)
            state.CorrelationId = caseId.ToString();
        return state;
    }

    private async Task SaveBurstsAsync(CancellationToken cancellationToken)
    {
        if (!hasUnsavedBurst)
            return;
        await db.SaveChangesAsync(cancellationToken);
        hasUnsavedBurst = false;
    }

    private async Task<LoadedDefinition> PublishedAsync(string definitionId, CancellationToken cancellationToken)
    {
        var definition = await catalogue.FindPublishedAsync(definitionId, cancellationToken)
            ?? throw new KeyNotFoundException($"流程“{definitionId}”没有已发布的版本。");

        // Before there is a row: an instance that cannot start would be stored with a state that nothing can go on from.
        definition.Workflow.ThrowIfNotStartable();
        return definition;
    }

    private WorkflowInstanceRow Add(
        LoadedDefinition definition, Guid instanceId, Guid? caseId, string? correlationId, Guid? parentInstanceId = null, Guid? parentBookmarkId = null)
    {
        var now = clock.GetUtcNow();
        var instance = new WorkflowInstanceRow
        {
            Id = instanceId,
            DefinitionId = definition.Row.DefinitionId,
            DefinitionVersionId = definition.Row.Id,
            Version = definition.Row.Version,
            CaseId = caseId,
            CorrelationId = correlationId,
            ParentInstanceId = parentInstanceId,
            ParentBookmarkId = parentBookmarkId,
            Status = nameof(WorkflowStatus.Running),
            SubStatus = nameof(WorkflowSubStatus.Suspended),
            State = "{}",
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Instances.Add(instance);
        return instance;
    }

    private async Task<HostOutcome> BeginAsync(
        WorkflowInstanceRow instance, LoadedDefinition definition, IReadOnlyDictionary<string, object?>? input, CancellationToken cancellationToken)
    {
        // The burst that started it may have ended it again, by closing its case.
        if (instance.Status == nameof(WorkflowStatus.Finished))
            return HostOutcome.Gone;
        var run = await engine.StartAsync(
            definition.Workflow,
            new StartRequest
            {
                InstanceId = instance.Id,
                Services = services,
                CorrelationId = instance.CorrelationId,
                Input = input,
                ParentInstanceId = instance.ParentInstanceId,
                IsCorrelationFixed = instance.CaseId is not null,
                Depth = followUps.Depth,
            },
            cancellationToken);
        return await StoreAsync(instance, definition, run, cancellationToken);
    }

    /// <param name="instance">The instance's row, under its lock.</param>
    /// <param name="definition">The version it runs on.</param>
    /// <param name="run">What the burst did.</param>
    /// <param name="cancellationToken">Stops between two statements; the transaction is then given up.</param>
    /// <param name="claimed">The bookmark that was resumed; null when none was.</param>
    private async Task<HostOutcome> StoreAsync(
        WorkflowInstanceRow instance,
        LoadedDefinition definition,
        WorkflowRun run,
        CancellationToken cancellationToken,
        Guid? claimed = null)
    {
        if (run.Outcome != ResumeOutcome.Ran)
            return HostOutcome.Gone;

        var now = clock.GetUtcNow();
        var state = run.State;
        instance.State = state.Serialize();
        instance.Status = state.Status.ToString();
        instance.SubStatus = state.SubStatus.ToString();
        instance.Name = state.Name;
        instance.CorrelationId = state.CorrelationId;
        instance.IncidentCount = state.Incidents.Count;
        instance.UpdatedAt = now;
        instance.FinishedAt = state.Status == WorkflowStatus.Finished ? now : null;

        if (claimed is { } used)
            Remove(used);
        await StoreBookmarksAsync(instance, run, claimed, now, cancellationToken);
        await StoreIncidentsAsync(instance, run, now, cancellationToken);
        if (JournalBurst.Of(instance.Id, run.Journal) is { } lines)
            late.Add(lines);
        if (instance.CaseId is { } caseId)
            await ShowPositionAsync(caseId, instance, definition, state, cancellationToken);

        // Saved at the end of the unit of work, unless others run before that: a child that ends at once resumes this instance.
        hasUnsavedBurst = true;
        foreach (var child in run.Children)
            followUps.Ask(followUps.Depth + 1, () => StartChildAsync(instance, child, cancellationToken));
        foreach (var published in run.Events)
            followUps.Ask(followUps.Depth + 1, () => PublishAsync(published, instance, cancellationToken));
        if (state.Status == WorkflowStatus.Finished && instance.ParentBookmarkId is { } waiting)
            followUps.Ask(followUps.Depth, () => ResumeAsync(waiting, run.Output, cancellationToken));
        return HostOutcome.Ran;
    }

    /// <summary>
    /// Deletes the bookmark that was resumed. Race closed once more, should the instance's lock ever fail: the delete must find the row,
    /// or nothing of the burst is stored.
    /// </summary>
    private void Remove(Guid bookmarkId) => db.Bookmarks.Remove(
        db.Bookmarks.Local.FindEntry(bookmarkId)?.Entity
        ?? new WorkflowBookmarkRow { Id = bookmarkId, ActivityId = "", NodeId = "", Kind = "" });

    private async Task StoreBookmarksAsync(
        WorkflowInstanceRow instance, WorkflowRun run, Guid? claimed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var removed = run.Removed.Where(bookmark => bookmark.Id != claimed).Select(bookmark => bookmark.Id).ToList();
        if (removed.Count > 0)
        {
            await db.Bookmarks.Where(row => removed.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
            foreach (var id in removed)
                await timers.CancelForBookmarkAsync(id, cancellationToken);
        }

        foreach (var bookmark in run.Created)
        {
            db.Bookmarks.Add(new WorkflowBookmarkRow
            {
                Id = bookmark.Id,
                InstanceId = instance.Id,
                ActivityId = bookmark.ActivityId,
                NodeId = bookmark.NodeId,
                ActivityRunId = bookmark.ActivityRunId,
                Kind = bookmark.Kind,
                Key = bookmark.Key,
                Payload = bookmark.Payload?.ToJsonString(),
                DueAt = bookmark.DueAt,
                CreatedAt = now,
            });
            if (bookmark.DueAt is { } due)
                timers.Schedule($"bookmark:{bookmark.Id}", BookmarkTimer, new { }, due, instance.Id, bookmark.Id, isNew: true);
        }
    }

    private async Task StoreIncidentsAsync(
        WorkflowInstanceRow instance, WorkflowRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (run.ClosedIncidents.Count > 0)
        {
            var closed = run.ClosedIncidents.Select(incident => incident.Id).ToList();
            await db.Incidents.Where(row => closed.Contains(row.Id) && row.ResolvedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ResolvedAt, now), cancellationToken);
        }

        foreach (var incident in run.NewIncidents)
        {
            measures.Incident(instance.DefinitionId);

            // Neither the message nor the expression: a script can put anything into its error, a name as well as a number.
            logger.LogError(
                "Process {Process} stopped at {Activity}, input {Input}; incident {Incident} of instance {Instance}",
                instance.DefinitionId, incident.ActivityId, incident.InputName, incident.Id, instance.Id);
        }

        db.Incidents.AddRange(run.NewIncidents.Select(incident => new WorkflowIncidentRow
        {
            Id = incident.Id,
            InstanceId = instance.Id,
            ActivityId = incident.ActivityId,
            NodeId = incident.NodeId,
            Expression = incident.Expression is null ? null : $"{incident.InputName}: {incident.Expression}",
            Message = incident.Message,
            At = incident.At,
        }));
    }

    /// <summary>
    /// Lists show where a case stands by the steps its main instance waits at. A burst of any instance changes the case's row: it may have
    /// made findings or taken files out, and a decision being made elsewhere must not take what it has read for what stands.
    /// </summary>
    private async Task ShowPositionAsync(
        Guid caseId, WorkflowInstanceRow instance, LoadedDefinition definition, WorkflowState state, CancellationToken cancellationToken)
    {
        var row = await db.Cases.FindAsync([caseId], cancellationToken);
        if (row is null)
            return;
        row.UpdatedAt = clock.GetUtcNow();
        if (row.InstanceId is not null && row.InstanceId != instance.Id)
            return;
        var names = state.Bookmarks
            .Select(bookmark => definition.Workflow.FindNode(bookmark.NodeId))
            .OfType<CompiledNode>()
            .Select(node => node.DisplayText)
            .Distinct()
            .ToList();
        row.CurrentSteps = names.Count == 0 ? null : string.Join("、", names);
    }

    private async Task StartChildAsync(WorkflowInstanceRow parent, ChildWorkflowRequest child, CancellationToken cancellationToken)
    {
        // Race closed: a child asked for before it, which has ended at once, or a case that has been closed. Either has run the parent on and
        // may have withdrawn the step that asked for this one.
        if (child.BookmarkId is { } waiting && WorkflowState.Deserialize(parent.State).Bookmarks.TrueForAll(one => one.Id != waiting))
            return;
        var definition = await PublishedAsync(child.DefinitionId, cancellationToken);
        var instance = Add(
            definition, child.InstanceId, parent.CaseId,
            parent.CaseId?.ToString() ?? child.CorrelationId ?? parent.CorrelationId, parent.Id, child.BookmarkId);
        await BeginAsync(instance, definition, child.Input, cancellationToken);
    }

    private async Task PublishAsync(PublishedEvent published, WorkflowInstanceRow publisher, CancellationToken cancellationToken)
    {
        var waiting = await db.Bookmarks.AsNoTracking()
            .Where(row => row.Kind == BookmarkKinds.Event && row.Key == published.Name)
            .Where(row => !published.IsLocal || row.InstanceId == publisher.Id)
            .Where(row => published.CorrelationId == null
                || db.Instances.Any(one => one.Id == row.InstanceId && one.CorrelationId == published.CorrelationId))
            .OrderBy(row => row.Id)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (var bookmark in waiting)
            followUps.Ask(followUps.Depth, () => ResumeAsync(bookmark, published.Payload, cancellationToken));
    }
}
