namespace Approvals.Workflows;

/// <summary>
/// One burst of one instance: runs what is scheduled until every path waits, ends or has failed. Single threaded; no I/O
/// of its own. What it did is collected for <see cref="WorkflowRun"/>.
/// </summary>
internal sealed partial class Burst
{
    private static readonly string[] Done = ["Done"];

    private readonly Queue<ActivityRun> _queue = new();
    private readonly WorkflowEngineOptions _options;
    private readonly BurstLog _log;
    private readonly bool _isCorrelationFixed;
    private List<(ActivityRun Run, string Reason)>? _withdrawn;
    private int _executed;
    private bool _stopped;

    public Burst(
        CompiledWorkflow workflow, WorkflowState state, IServiceProvider services, TimeProvider clock,
        WorkflowEngineOptions options, CancellationToken cancellation, bool isCorrelationFixed = false)
    {
        Workflow = workflow;
        State = state;
        Services = services;
        Clock = clock;
        Cancellation = cancellation;
        _options = options;
        _log = new BurstLog(state, clock);
        _isCorrelationFixed = isCorrelationFixed;
    }

    public CompiledWorkflow Workflow { get; }

    public WorkflowState State { get; }

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public CancellationToken Cancellation { get; }

    public BurstLog Log => _log;

    /// <summary>Changes the correlation id, unless the host has settled it.</summary>
    public void Correlate(string? id)
    {
        if (_isCorrelationFixed && id != State.CorrelationId)
            throw new ActivityFaultException("本实例的关联编号由系统确定，不能更改。", "CorrelationFixed");
        State.CorrelationId = id;
    }

    /// <summary>How many workflows have started or woken one another before this burst.</summary>
    public int Depth { get; init; }

    public int MaxDepth => _options.MaxDepth;

    public bool IsDeepest => Depth >= MaxDepth;

    /// <summary>Adds a run of <paramref name="node"/> to the queue.</summary>
    public ActivityRun Schedule(CompiledNode node, ActivityRun? parent, int round)
    {
        var run = new ActivityRun
        {
            Id = NewId(), NodeId = node.NodeId, Node = node, Parent = parent, ParentId = parent?.Id, Round = round,
        };
        (parent?.Children ?? (parent is null ? null : parent.Children = []))?.Add(run);
        State.Runs.Add(run);
        _queue.Enqueue(run);
        return run;
    }

    public Guid NewId() => Guid.CreateVersion7(Clock.GetUtcNow());

    /// <summary>Puts runs a former burst left scheduled (it stopped at a fault) back into the queue.</summary>
    public void QueueLeftOver()
    {
        foreach (var run in State.Runs)
        {
            if (run.Status == RunStatus.Scheduled)
                _queue.Enqueue(run);
        }
    }

    /// <summary>Runs until nothing is scheduled.</summary>
    public async ValueTask DrainAsync()
    {
        await NotifyWithdrawnAsync();
        while (!_stopped && _queue.TryDequeue(out var run))
        {
            if (run.Status != RunStatus.Scheduled)
                continue;
            Cancellation.ThrowIfCancellationRequested();
            if (++_executed > _options.MaxActivitiesPerBurst)
            {
                _stopped = true;
                Fail(run, new ActivityFaultException(
                    $"一次连续执行超过 {_options.MaxActivitiesPerBurst} 个活动，流程中可能有不等待的循环。", "LoopGuard"));
                break;
            }

            await BeginAsync(run);
        }
    }

    public ValueTask BeginAsync(ActivityRun run)
    {
        var context = Prepare(run);
        run.Status = RunStatus.Running;
        if (run.Node.Variables.Length > 0)
            run.Variables = InitialVariables(run.Node);
        _log.Add(run, JournalEvents.Started);
        return StepAsync(run, context, RedoKind.Execute, null, default);
    }

    public ValueTask ResumeAsync(ActivityRun run, Bookmark bookmark, object? input)
    {
        var context = Prepare(run);
        context.Bookmark = bookmark;
        if (run.Status == RunStatus.Faulted)
            CloseIncidents(run);
        run.Status = RunStatus.Running;
        _log.Add(run, JournalEvents.Resumed);
        return StepAsync(run, context, RedoKind.Resume, input, default);
    }

    public ValueTask ChildAsync(ActivityRun run, ChildCompletion child) =>
        StepAsync(run, Prepare(run), RedoKind.Child, null, child);

    private async ValueTask StepAsync(
        ActivityRun run, ActivityContext context, RedoKind kind, object? input, ChildCompletion child)
    {
        var bookmarksBefore = State.Bookmarks.Count;
        try
        {
            switch (kind)
            {
                case RedoKind.Execute:
                    await EvaluateInputsAsync(run);
                    await run.Node.Activity.ExecuteAsync(context);
                    break;
                case RedoKind.Resume:
                    await run.Node.Activity.ResumeAsync(context, input);
                    break;
                default:
                    await run.Node.Activity.OnChildCompletedAsync(context, child);
                    break;
            }
        }
        catch (Exception e) when (IsFault(e))
        {
            RemoveBookmarksFrom(run, bookmarksBefore);
            run.Redo = kind;
            run.RedoBookmark = context.Bookmark;
            run.RedoInput = input;
            run.RedoChild = child.Node?.NodeId;
            run.RedoOutcomes = child.Outcomes is null ? null : [.. child.Outcomes];
            Fail(run, e);
            return;
        }

        await SettleAsync(run, context, kind);
    }

    /// <summary>Does what the activity asked for while it ran, now that it has returned.</summary>
    private ValueTask SettleAsync(ActivityRun run, ActivityContext context, RedoKind kind)
    {
        if (run.Status == RunStatus.Gone)
            return default;
        if (context.EndsAround is { } around)
            return EndAroundAsync(run, around, context.Outcomes!);
        if (context.Return is { } back)
            return ReturnAsync(run, back);
        if (context.Detour is { } detour)
            return DetourAsync(run, detour);
        if (context.Outcomes is { } outcomes)
            return CompleteAsync(run, outcomes);
        var waits = run.HasChildren || HasBookmark(run);
        if (!waits)
            return CompleteAsync(run, Done);
        if (kind != RedoKind.Child && !run.HasChildren)
            _log.Add(run, JournalEvents.Suspended);
        return _withdrawn is null ? default : NotifyWithdrawnAsync();
    }

    /// <summary>Ends a run with outcomes and tells what stands around it.</summary>
    public async ValueTask CompleteAsync(ActivityRun run, string[] outcomes)
    {
        if (run.HasChildren)
            WithdrawChildren(run, "上级活动已结束");
        RemoveBookmarksFrom(run, 0);
        if (run.Node.IsWorkflow && run.Parent is not null)
            ((WorkflowScope)run.Node.Activity).HandOut(Prepare(run), run);
        _log.Add(run, JournalEvents.Completed, null, outcomes);
        var parent = run.Parent;
        Detach(run);
        if (_withdrawn is not null)
            await NotifyWithdrawnAsync();

        if (run.DetourFor is { } origin)
            RunAgain(origin);
        else if (parent is null)
            Finish(WorkflowSubStatus.Finished, outcomes, run.Output);
        else
            await ChildAsync(parent, new ChildCompletion(run.Node, outcomes));
    }

    private async ValueTask EndAroundAsync(ActivityRun run, ActivityRun around, string[] outcomes)
    {
        _log.Add(run, JournalEvents.Completed, null, Done);
        RemoveBookmarksFrom(run, 0);
        Detach(run);
        await CompleteAsync(around, outcomes);
    }

    private async ValueTask EvaluateInputsAsync(ActivityRun run)
    {
        var inputs = run.Node.Evaluated;
        if (inputs.Length == 0)
            return;
        var values = new object?[run.Node.SlotCount];
        var context = new ExpressionContext(this, run);
        foreach (var input in inputs)
            values[input.Slot] = await EvaluateAsync(input, context);
        run.Inputs = values;
    }

    public static async ValueTask<object?> EvaluateAsync(Input input, ExpressionContext context)
    {
        try
        {
            return input.Convert(await input.Expression!.EvaluateAsync(context));
        }
        catch (Exception e) when (!context.Burst.IsCancellation(e))
        {
            throw new InputEvaluationException(input.Name, input.Expression!.Text, e);
        }
    }

    public static async ValueTask<object?> EvaluateAsync(CompiledExpression expression, string name, ExpressionContext context)
    {
        try
        {
            return await expression.EvaluateAsync(context);
        }
        catch (Exception e) when (!context.Burst.IsCancellation(e))
        {
            throw new InputEvaluationException(name, expression.Text, e);
        }
    }

    private ActivityContext Prepare(ActivityRun run)
    {
        var context = run.Context ??= new ActivityContext(this, run);
        context.Reset();
        return context;
    }

    private static object?[] InitialVariables(CompiledNode node)
    {
        var values = new object?[node.Variables.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = node.Variables[i].NewInitial();
        return values;
    }

    public bool IsCancellation(Exception e) => e is OperationCanceledException && Cancellation.IsCancellationRequested;

    private bool IsFault(Exception e) => !IsCancellation(e) && !_options.PassThrough(e);

    public void Finish(WorkflowSubStatus why, string[] outcomes, Dictionary<string, object?>? output)
    {
        State.Status = WorkflowStatus.Finished;
        State.SubStatus = why;
        State.Outcomes = outcomes;
        State.Output = output;
        State.ActivityOutputs = null;
        State.LastResult = null;
    }
}
