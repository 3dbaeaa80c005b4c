namespace Approvals.Core.Processes;

/// <summary>A durable workflow instance (流程实例). Always changed under its row lock, see WorkflowHost.</summary>
public sealed class WorkflowInstanceRow
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Process key.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The version it began with; changed only by an audited move.</summary>
    public required string DefinitionVersionId { get; set; }

    /// <summary>Number of that version.</summary>
    public int Version { get; set; }

    /// <summary>The case it works on, when it works on one: the one it was started for, for ever. Who may read and decide rests on it.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Instance that waits for this one (ExecuteWorkflow) or started it (DispatchWorkflow).</summary>
    public Guid? ParentInstanceId { get; set; }

    /// <summary>Bookmark of the parent to resume when this one ends; null when nobody waits.</summary>
    public Guid? ParentBookmarkId { get; set; }

    /// <summary>Elsa's correlation id: the case id where there is a case, otherwise what the process says. Never proof of a case.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Name set by SetName.</summary>
    public string? Name { get; set; }

    /// <summary><c>Running</c> or <c>Finished</c>, as Elsa has it.</summary>
    public required string Status { get; set; }

    /// <summary><c>Suspended</c>, <c>Finished</c>, <c>Cancelled</c> or <c>Faulted</c>, as Elsa has it.</summary>
    public required string SubStatus { get; set; }

    /// <summary>Serialised WorkflowState.</summary>
    public required string State { get; set; }

    /// <summary>Open incidents.</summary>
    public int IncidentCount { get; set; }

    /// <summary>When it started.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last ran.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Raised by every burst; the guarded update that raises it is the instance's lock.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A place where an instance waits (书签). Deleting the row is the claim: of two racing resumes one deletes it.</summary>
public sealed class WorkflowBookmarkRow
{
    /// <summary>The runtime's bookmark id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Id of the waiting activity in its definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Path of ids from the root.</summary>
    public required string NodeId { get; init; }

    /// <summary>The run of the activity that waits.</summary>
    public Guid ActivityRunId { get; init; }

    /// <summary><c>Timer</c>, <c>Event</c>, <c>Child</c> or a kind of ours.</summary>
    public required string Kind { get; init; }

    /// <summary>What it waits for, e.g. the event name; null when only its id is used.</summary>
    public string? Key { get; init; }

    /// <summary>Payload as JSON.</summary>
    public string? Payload { get; init; }

    /// <summary>When it is due, for timers.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A fault of an activity (故障). The instance stays resumable; an administrator retries it.</summary>
public sealed class WorkflowIncidentRow
{
    /// <summary>The runtime's incident id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Id of the activity in its definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Path of ids from the root.</summary>
    public required string NodeId { get; init; }

    /// <summary>The input or expression that failed, when one did.</summary>
    public string? Expression { get; init; }

    /// <summary>What went wrong, without personal data.</summary>
    public required string Message { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When a retry succeeded or the instance was cancelled; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}
