namespace Approvals.Core.Draws;

/// <summary>Where a requested draw stands.</summary>
public enum DrawStatus
{
    /// <summary>等待重新抽取的依据 — asked for again without a refusal or an approval.</summary>
    NeedsGround,

    /// <summary>已承诺 — the hash of the secret number is published; candidates are not fixed yet.</summary>
    Committed,

    /// <summary>已抽取.</summary>
    Drawn,

    /// <summary>已撤销 — the step was withdrawn before the draw.</summary>
    Withdrawn,
}

/// <summary>Why a draw took place.</summary>
public enum DrawGround
{
    /// <summary>首次抽取.</summary>
    First,

    /// <summary>被抽中人员拒绝 — only those who refused are replaced.</summary>
    Refusal,

    /// <summary>领导批准 — everything is drawn anew.</summary>
    Approval,
}

/// <summary>A draw that a step has asked for (抽取申请); the record of what was drawn is a row of its own that nobody can change.</summary>
public sealed class DrawRequest
{
    /// <summary>Version-7 UUID; also the id of the record.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Instance that waits.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Where it waits; unique.</summary>
    public Guid BookmarkId { get; init; }

    /// <summary>Run of the step; unique, a retried step asks for nothing twice.</summary>
    public Guid RunId { get; init; }

    /// <summary>Step's activity id; a redraw is one of the same case and activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Step's name.</summary>
    public required string StepName { get; init; }

    /// <summary>1 for the first draw of the step in the case, 2 for the first redraw …</summary>
    public int Round { get; init; }

    /// <summary>What to draw, as JSON of <see cref="DrawOrder"/>.</summary>
    public required string Order { get; init; }

    /// <summary>SHA-256 of the secret number; null while the draw needs a ground.</summary>
    public string? Commitment { get; set; }

    /// <summary>Where it stands.</summary>
    public DrawStatus Status { get; set; }

    /// <summary>Why it takes place.</summary>
    public DrawGround Ground { get; set; }

    /// <summary>The ground in words; null for the first draw.</summary>
    public string? GroundText { get; set; }

    /// <summary>The record this one follows; null for the first draw.</summary>
    public Guid? FormerId { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>What was drawn, and everything needed to draw it again (抽取记录); append-only.</summary>
public sealed class DrawRecord
{
    /// <summary>Id of the request.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Gapless number of the year, e.g. CQ-2026-0001.</summary>
    public required string Number { get; init; }

    /// <summary>Key of the source of candidates; rotation looks back by it.</summary>
    public required string Source { get; init; }

    /// <summary>The canonical JSON of a <see cref="DrawSheet"/>: what the hash is over and what anybody replays.</summary>
    public required string Sheet { get; init; }

    /// <summary>SHA-256 of <see cref="Sheet"/> in UTF-8, lower-case hex; the audit chain quotes it.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was drawn.</summary>
    public DateTimeOffset DrawnAt { get; init; }
}

/// <summary>Somebody who was drawn and refused (拒绝), the ground of a replacement; append-only.</summary>
public sealed class DrawRefusal
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The draw; together with the candidate unique.</summary>
    public Guid DrawId { get; init; }

    /// <summary>Who.</summary>
    public required string CandidateId { get; init; }

    /// <summary>Why, as told.</summary>
    public required string Reason { get; init; }

    /// <summary>Who recorded it.</summary>
    public Guid RecordedById { get; init; }

    /// <summary>Name then.</summary>
    public required string RecordedByName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}
