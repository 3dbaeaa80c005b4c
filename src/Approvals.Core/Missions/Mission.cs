namespace Approvals.Core.Missions;

/// <summary>Where a commander's mission stands.</summary>
public enum MissionStatus
{
    /// <summary>待任命 — chosen from the roster, not signed yet.</summary>
    Proposed,

    /// <summary>待答复 — appointed by the general commander, not answered yet.</summary>
    Appointed,

    /// <summary>执行任务中.</summary>
    Active,

    /// <summary>已拒绝.</summary>
    Refused,

    /// <summary>已终止 — the command has ended, T§19; the report is due.</summary>
    Ended,

    /// <summary>已评估 — reported and evaluated, T§10(二), §21.</summary>
    Evaluated,

    /// <summary>已取消 — not signed, not agreed to by the leader, or revoked before the answer.</summary>
    Cancelled,
}

/// <summary>Grade of an evaluation on the scene (现场处置评估), T§21.</summary>
public enum MissionGrade
{
    /// <summary>优秀.</summary>
    Excellent,

    /// <summary>合格.</summary>
    Qualified,

    /// <summary>不合格 — two in a row are a ground for removal, T§17(四).</summary>
    Unqualified,
}

/// <summary>One commander's mission at one event (现场任命). Each is a case of process <c>commander-mission</c>.</summary>
public sealed class Mission
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The event.</summary>
    public Guid EventId { get; init; }

    /// <summary>Its case; unique.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Whom it is for.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>The person of the commander; the applicant of the case.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Name of the commander.</summary>
    public required string CommanderName { get; init; }

    /// <summary>Where it stands.</summary>
    public MissionStatus Status { get; set; }

    /// <summary>任务分工 as the order prints it.</summary>
    public string? Assignment { get; set; }

    /// <summary>When the commander was chosen.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>When the appointment took effect.</summary>
    public DateTimeOffset? AppointedAt { get; set; }

    /// <summary>When the commander accepted or refused.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>First day on the mission: the day it was accepted.</summary>
    public DateOnly? FirstDay { get; set; }

    /// <summary>Last day on the mission, by the order that ended it; null while it lasts.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>When the order that ended it was signed.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When the work report must be in; null until the mission has ended.</summary>
    public DateTimeOffset? ReportDueAt { get; set; }

    /// <summary>When the work report was handed in.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? RefusalReason { get; set; }

    /// <summary>Whether the refusal was ruled justified; null until ruled. An unjustified one is a ground of T§17(三).</summary>
    public bool? RefusalJustified { get; set; }

    /// <summary>When the refusal was ruled.</summary>
    public DateTimeOffset? RefusalRuledAt { get; set; }

    /// <summary>Policy that covered the commander when appointed; null when a leader overrode its absence.</summary>
    public Guid? PolicyId { get; set; }

    /// <summary>The leader's reason for appointing without valid cover.</summary>
    public string? CoverOverrideReason { get; set; }

    /// <summary>The leader who overrode.</summary>
    public string? CoverOverriddenByName { get; set; }

    /// <summary>Grade, T§21; null until evaluated.</summary>
    public MissionGrade? Grade { get; set; }

    /// <summary>When it was evaluated.</summary>
    public DateTimeOffset? EvaluatedAt { get; set; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A period in which a commander cannot come (不在位), stated by the commander or the register keeper.</summary>
public sealed class CommanderAbsence
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Who.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day; null when it is not known yet.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Why, at most 200 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Who stated it.</summary>
    public Guid SetById { get; init; }

    /// <summary>Name of who stated it.</summary>
    public required string SetByName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset SetAt { get; init; }

    /// <summary>Set when it was taken back; it then counts for no day.</summary>
    public DateTimeOffset? CancelledAt { get; set; }
}
