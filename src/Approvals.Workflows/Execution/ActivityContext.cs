using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>
/// What an activity sees and may do while it runs. What it asks for (complete, return, detour) happens when it has
/// returned; of several such calls the last one counts.
/// </summary>
public sealed partial class ActivityContext
{
    private readonly Burst _burst;
    private readonly ActivityRun _run;
    private ExpressionContext? _expressions;

    internal ActivityContext(Burst burst, ActivityRun run)
    {
        _burst = burst;
        _run = run;
    }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _burst.Services;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => _burst.Clock;

    /// <summary>Ends when the host gives up.</summary>
    public CancellationToken CancellationToken => _burst.Cancellation;

    /// <summary>The workflow instance.</summary>
    public Guid InstanceId => _burst.State.InstanceId;

    /// <summary>The host's key of the case, or null.</summary>
    public string? CorrelationId
    {
        get => _burst.State.CorrelationId;
        set => _burst.Correlate(value);
    }

    /// <summary>The instance's name, or null.</summary>
    public string? InstanceName
    {
        get => _burst.State.Name;
        set => _burst.State.Name = value;
    }

    /// <summary>The definition the instance runs.</summary>
    public WorkflowDefinition Definition => _burst.Workflow.Definition;

    /// <summary>The compiled definition, to look at the graph.</summary>
    public CompiledWorkflow Workflow => _burst.Workflow;

    /// <summary>The activity's place in it.</summary>
    public CompiledNode Node => _run.Node;

    /// <summary>The activity's id in its definition.</summary>
    public string ActivityId => _run.Node.Id;

    /// <summary>The path of ids from the root.</summary>
    public string NodeId => _run.NodeId;

    /// <summary>This run.</summary>
    public Guid RunId => _run.Id;

    /// <summary>How often the activity has been reached, from 1.</summary>
    public int Round => _run.Round;

    /// <summary>In <see cref="Activity.ResumeAsync"/>: the bookmark that was resumed. Null otherwise.</summary>
    public Bookmark? Bookmark { get; internal set; }

    /// <summary>True when this activity is what started the instance, so that a trigger need not wait.</summary>
    public bool IsTrigger => _burst.State.TriggerActivityId == _run.Node.Id && _run.Round == 1;

    internal string[]? Outcomes { get; private set; }

    internal ActivityRun? EndsAround { get; private set; }

    internal ReturnOrder? Return { get; private set; }

    internal ReturnOrder? Detour { get; private set; }

    internal Burst Burst => _burst;

    internal ActivityRun Run => _run;

    internal ExpressionContext Expressions => _expressions ??= new ExpressionContext(_burst, _run);

    /// <summary>Ends the activity when it returns, with these outcomes, or with <c>Done</c>.</summary>
    public ValueTask CompleteAsync(params string[] outcomes)
    {
        Outcomes = outcomes.Length == 0 ? DoneOutcome : outcomes;
        return default;
    }

    /// <summary>Makes an incident of this activity. Throws; nothing after the call runs.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Fault(string message, string? code = null) => throw new ActivityFaultException(message, code);

    /// <summary>Waits here. A run may have several bookmarks; when it ends, those left are withdrawn.</summary>
    /// <param name="kind">One of <see cref="BookmarkKinds"/> or a kind of the host.</param>
    /// <param name="key">What is waited for.</param>
    /// <param name="payload">More to find again.</param>
    /// <param name="dueAt">When a timer is due.</param>
    /// <param name="cron">The expression of a recurring timer.</param>
    public Bookmark CreateBookmark(
        string kind, string? key = null, JsonObject? payload = null, DateTimeOffset? dueAt = null, string? cron = null)
    {
        var bookmark = new Bookmark
        {
            Id = _burst.NewId(), Kind = kind, Key = key, Payload = payload, DueAt = dueAt?.ToUniversalTime(),
                CronExpression = cron,
            ActivityId = _run.Node.Id, NodeId = _run.NodeId, ActivityRunId = _run.Id,
        };
        _burst.Log.Made(bookmark);
        return bookmark;
    }

    /// <summary>The bookmarks this run still has.</summary>
    public IEnumerable<Bookmark> Bookmarks => _burst.State.Bookmarks.Where(b => b.ActivityRunId == _run.Id);

    /// <summary>Everything the instance waits for at this moment, other activities' bookmarks too.</summary>
    public IReadOnlyList<Bookmark> WaitingBookmarks => _burst.State.Bookmarks;

    /// <summary>Runs the embedded activity of a port; false when it is empty. Locals are loop variables it can see.</summary>
    public bool Schedule(Port port, IReadOnlyDictionary<string, object?>? locals = null)
    {
        if (port.Node is null)
            return false;
        Schedule(port.Node, locals);
        return true;
    }

    /// <summary>Writes an event of the activity into the journal.</summary>
    public void Log(string eventName, string? message = null, JsonObject? payload = null) =>
        _burst.Log.Add(_run, eventName, message, null, payload);

    /// <summary>Asks the host to deliver an event. Faults at the end of too long a row, see <see cref="GuardDepth"/>.</summary>
    public void Publish(PublishedEvent published)
    {
        GuardDepth();
        _burst.Log.Events.Add(published);
    }

    /// <summary>Asks the host to start a workflow. Faults at the end of too long a row, see <see cref="GuardDepth"/>.</summary>
    public void Start(ChildWorkflowRequest child)
    {
        GuardDepth();
        _burst.Log.Children.Add(child);
    }

    /// <summary>
    /// Faults when so many workflows have started or woken one another in a row that one more would be too many: those that call each other
    /// in a circle and never wait would go on for ever, and no drawing shows it. Activities call it that start one by the host itself.
    /// </summary>
    public void GuardDepth()
    {
        if (_burst.IsDeepest)
            Fault($"流程接连启动或唤醒流程超过 {_burst.MaxDepth} 次，流程之间可能循环调用。", "LoopGuard");
    }

    internal void Schedule(CompiledNode node, IReadOnlyDictionary<string, object?>? locals = null)
    {
        var child = _burst.Schedule(node, _run, 1 + RoundsOf(node));
        child.Locals = locals is null ? null : new Dictionary<string, object?>(locals);
    }

    internal void Reset()
    {
        Outcomes = null;
        EndsAround = null;
        Return = null;
        Detour = null;
        Bookmark = null;
    }

    internal static readonly string[] DoneOutcome = ["Done"];

    /// <summary>Counts how often a loop ran its body, so that a body's activity knows its round.</summary>
    private int RoundsOf(CompiledNode node)
    {
        if (!_run.Node.Activity.CountsRounds)
            return 0;
        var key = "#" + node.Id;
        var rounds = GetState<int>(key);
        SetState(key, rounds + 1);
        return rounds;
    }
}
