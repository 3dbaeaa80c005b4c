namespace Approvals.Workflows;

/// <summary>
/// Base of all activities. One object stands for one activity of a compiled workflow and serves all instances at the same
/// time, so it must keep no state of its own: what a run needs lies in its <see cref="ActivityContext"/>.
/// </summary>
public abstract class Activity
{
    /// <summary>The activity's place in the compiled workflow.</summary>
    public CompiledNode Node { get; internal set; } = null!;

    /// <summary>
    /// Runs the activity. It ends by itself with outcome <c>Done</c> when it returns without having completed, created a
    /// bookmark or scheduled an embedded activity. An exception becomes an incident.
    /// </summary>
    public abstract ValueTask ExecuteAsync(ActivityContext context);

    /// <summary>
    /// Goes on after a bookmark was resumed; <see cref="ActivityContext.Bookmark"/> says which. It ends by itself with
    /// outcome <c>Done</c> when it returns and nothing is left to wait for.
    /// </summary>
    public virtual ValueTask ResumeAsync(ActivityContext context, object? input) => default;

    /// <summary>Called when the runtime withdraws the activity while it waits; close what was opened. Must not throw.</summary>
    public virtual ValueTask CancelAsync(ActivityContext context, string reason) => default;

    /// <summary>Called when an embedded activity ended.</summary>
    public virtual ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) => default;

    /// <summary>Reads what attributes cannot describe; called once when the workflow is compiled.</summary>
    internal virtual void Compile(NodeCompiler compiler)
    {
    }

    /// <summary>True for loops: their body is told how often it was reached.</summary>
    internal virtual bool CountsRounds => false;

    /// <summary>The outcomes this activity of the definition can have, or null when any may come.</summary>
    internal virtual IReadOnlyCollection<string>? Exits => null;
}

/// <summary>The end of an embedded activity.</summary>
/// <param name="Node">The activity that ended.</param>
/// <param name="Outcomes">Its outcomes.</param>
public readonly record struct ChildCompletion(CompiledNode Node, IReadOnlyList<string> Outcomes);
