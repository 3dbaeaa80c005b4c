namespace Approvals.Workflows;

/// <summary>How a resume or retry went.</summary>
public enum ResumeOutcome
{
    /// <summary>The instance ran.</summary>
    Ran,

    /// <summary>The bookmark is not there (any more): it was used, withdrawn or never existed. Nothing changed.</summary>
    BookmarkGone,

    /// <summary>The incident is not there (any more). Nothing changed.</summary>
    IncidentGone,

    /// <summary>The instance has ended already. Nothing changed.</summary>
    AlreadyFinished,
}

/// <summary>What one burst did: the new state and all the host must store or send in its transaction.</summary>
public sealed class WorkflowRun
{
    /// <summary>How it went.</summary>
    public ResumeOutcome Outcome { get; init; }

    /// <summary>The state after it.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>Ended or not.</summary>
    public WorkflowStatus Status => State.Status;

    /// <summary>Why.</summary>
    public WorkflowSubStatus SubStatus => State.SubStatus;

    /// <summary>Bookmarks made in this burst that still stand.</summary>
    public IReadOnlyList<Bookmark> Created { get; init; } = [];

    /// <summary>Bookmarks from before that were used or withdrawn.</summary>
    public IReadOnlyList<Bookmark> Removed { get; init; } = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Incidents of this burst.</summary>
    public IReadOnlyList<Incident> NewIncidents { get; init; } = [];

    /// <summary>Incidents from before that were retried or whose activity was withdrawn.</summary>
    public IReadOnlyList<Incident> ClosedIncidents { get; init; } = [];

    /// <summary>Workflows to start.</summary>
    public IReadOnlyList<ChildWorkflowRequest> Children { get; init; } = [];

    /// <summary>Events to deliver.</summary>
    public IReadOnlyList<PublishedEvent> Events { get; init; } = [];

    /// <summary>Lines written by <c>WriteLine</c>.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The named outputs so far.</summary>
    public IReadOnlyDictionary<string, object?> Output => State.Output ?? Empty;

    /// <summary>The outcomes of an ended workflow.</summary>
    public IReadOnlyList<string> Outcomes => State.Outcomes ?? [];

    private static readonly Dictionary<string, object?> Empty = [];
}

/// <summary>A workflow that an instance wants started.</summary>
/// <param name="InstanceId">The id the new instance must get.</param>
/// <param name="DefinitionId">Which workflow, in its published version.</param>
/// <param name="CorrelationId">Its correlation id.</param>
/// <param name="Input">Its inputs.</param>
/// <param name="ParentInstanceId">The instance that asks.</param>
/// <param name="BookmarkId">The bookmark to resume with the child's output when it has ended; null when nobody waits.</param>
/// <param name="InSameTransaction">True for <c>ExecuteWorkflow</c>: start it at once; false: in the background.</param>
public sealed record ChildWorkflowRequest(
    Guid InstanceId, string DefinitionId, string? CorrelationId, IReadOnlyDictionary<string, object?> Input,
    Guid ParentInstanceId, Guid? BookmarkId, bool InSameTransaction);

/// <summary>An event to deliver to bookmarks of kind <see cref="BookmarkKinds.Event"/>.</summary>
/// <param name="Name">The event.</param>
/// <param name="CorrelationId">Only to instances with this correlation id; null: to all.</param>
/// <param name="IsLocal">Only to the instance that published it.</param>
/// <param name="Payload">What the receiving <c>Event</c> activity puts out.</param>
public sealed record PublishedEvent(string Name, string? CorrelationId, bool IsLocal, object? Payload);
