namespace Approvals.Core.Inbox;

/// <summary>Where a task stands.</summary>
public enum TaskState
{
    /// <summary>待办.</summary>
    Open,

    /// <summary>依次: waits for the one before.</summary>
    Queued,

    /// <summary>已办.</summary>
    Done,

    /// <summary>撤销 — the step was withdrawn or somebody else completed it.</summary>
    Closed,
}

/// <summary>What somebody asked in by the holder of a task does, and when.</summary>
public enum AddedPlace
{
    /// <summary>前加签: before whoever asked; their task waits meanwhile.</summary>
    Before,

    /// <summary>后加签: after whoever asked has agreed; the step waits for it.</summary>
    After,

    /// <summary>并加签: at the same time as whoever asked; the step waits for both.</summary>
    Beside,

    /// <summary>委派: does the work in place of whoever asked, whose task waits meanwhile and then comes back to be decided.</summary>
    Delegated,
}

/// <summary>
/// One person's part in a step (待办). List columns are copied here so that the inbox reads one index and no joins.
/// </summary>
public sealed class InboxTask
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The step it is part of.</summary>
    public Guid StepRunId { get; init; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Whose task.</summary>
    public Guid AssigneeId { get; set; }

    /// <summary>Where it stands; a concurrency token, so that only one change of it wins.</summary>
    public TaskState State { get; set; }

    /// <summary>依次: place in the order, from 0.</summary>
    public int Order { get; init; }

    /// <summary>Copied: what it is about.</summary>
    public required string SubjectName { get; init; }

    /// <summary>Copied: case number.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Copied: process key.</summary>
    public required string ProcessKey { get; init; }

    /// <summary>Copied: process name.</summary>
    public required string ProcessName { get; init; }

    /// <summary>Copied: step name.</summary>
    public required string StepName { get; init; }

    /// <summary>Copied: the applicant's unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>Copied: the applicant's unit.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Copied: who sent it here (the last decider or the applicant).</summary>
    public string? FromName { get; init; }

    /// <summary>Copied: findings that do not pass, for the line "2 项不符合".</summary>
    public int FailedFindings { get; set; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>Deadline; null without one.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Deadline or the end of time: the inbox's order by one index (overdue first, then due, then the rest).</summary>
    public DateTimeOffset SortDue { get; set; }

    /// <summary>When the assignee first opened it.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When it was done or closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Who really decided (the assignee or a substitute); null while open or when closed without a decision.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>The decision's word for the done list, e.g. 同意.</summary>
    public string? DecidedAs { get; set; }

    /// <summary>Why it was closed without a decision.</summary>
    public string? ClosedReason { get; set; }

    /// <summary>加签, 委派: the task whose holder asked; null for the step's own people.</summary>
    public Guid? AddedForTaskId { get; set; }

    /// <summary>加签, 委派: who asked.</summary>
    public Guid? AddedById { get; init; }

    /// <summary>加签, 委派: what is asked; null for the step's own people.</summary>
    public AddedPlace? AddedPlace { get; init; }
}

/// <summary>A case copied to somebody for their information (抄送).</summary>
public sealed class CaseCopy
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>To whom.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Why, e.g. the step that copied it.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was first opened.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
