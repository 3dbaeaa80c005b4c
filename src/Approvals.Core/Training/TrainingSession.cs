namespace Approvals.Core.Training;

/// <summary>A training session with examination (培训考核班次), T§13(四).</summary>
public sealed class TrainingSession
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Name, e.g. 2026年第一期技术指挥官培训班.</summary>
    public required string Title { get; set; }

    /// <summary>First day.</summary>
    public DateOnly HeldOn { get; set; }

    /// <summary>Where.</summary>
    public required string Place { get; set; }

    /// <summary>Seats; enrolling beyond it is refused by a guarded count.</summary>
    public int Capacity { get; set; }

    /// <summary>Set when results are published; afterwards nothing of it changes.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Raised by every change; two officers saving at once race on it.</summary>
    public int RowVersion { get; set; }

    /// <summary>Whether there can be attendance and scores: from its day on.</summary>
    public bool HasBegunBy(DateOnly today) => HeldOn <= today;
}

/// <summary>Where a candidate's training stands.</summary>
public enum TrainingStatus
{
    /// <summary>待安排 — waits for a seat.</summary>
    Waiting,

    /// <summary>已安排.</summary>
    Enrolled,

    /// <summary>合格.</summary>
    Passed,

    /// <summary>不合格.</summary>
    Failed,

    /// <summary>缺考 — goes back to waiting without using up a sitting.</summary>
    Absent,

    /// <summary>撤销.</summary>
    Withdrawn,
}

/// <summary>A candidate's sitting (参训记录). A resit is a new row that names the sitting before it.</summary>
public sealed class TrainingEnrolment
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Instance that waits for the result.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Bookmark resumed once with the final result.</summary>
    public Guid BookmarkId { get; init; }

    /// <summary>Session; null while waiting for a seat.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Candidate's name.</summary>
    public required string CandidateName { get; init; }

    /// <summary>Candidate's unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>1 for the first sitting, 2 for the first resit …</summary>
    public int Sitting { get; init; }

    /// <summary>Sittings allowed in all (1 + resits), as configured when the step began.</summary>
    public int MaxSittings { get; init; }

    /// <summary>合格分数线 as in force when the step began.</summary>
    public decimal PassMark { get; init; }

    /// <summary>Where it stands.</summary>
    public TrainingStatus Status { get; set; }

    /// <summary>0–100 with at most one decimal; null until recorded.</summary>
    public decimal? Score { get; set; }

    /// <summary>Whether the candidate came; null until recorded.</summary>
    public bool? Attended { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sitting that follows this one: same case, same bookmark, waiting for a seat.</summary>
    /// <param name="sitting">Its number; the same after an absence.</param>
    /// <param name="now">When it is made.</param>
    internal TrainingEnrolment Next(int sitting, DateTimeOffset now) => new()
    {
        CaseId = CaseId,
        InstanceId = InstanceId,
        BookmarkId = BookmarkId,
        CandidateName = CandidateName,
        UnitName = UnitName,
        Sitting = sitting,
        MaxSittings = MaxSittings,
        PassMark = PassMark,
        Status = TrainingStatus.Waiting,
        CreatedAt = now,
    };
}
