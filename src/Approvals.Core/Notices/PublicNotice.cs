namespace Approvals.Core.Notices;

/// <summary>Where a public notice stands.</summary>
public enum NoticeStatus
{
    /// <summary>公示中.</summary>
    Running,

    /// <summary>期满，异议处理中 — its period is over but an objection is open.</summary>
    Held,

    /// <summary>公示期满.</summary>
    Ended,

    /// <summary>异议成立.</summary>
    Upheld,

    /// <summary>撤销 — the case was returned or withdrawn.</summary>
    Withdrawn,
}

/// <summary>A public notice (公示) of a case, T§13(三).</summary>
public sealed class PublicNotice
{
    /// <summary>Version-7 UUID; part of the public address.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Instance and bookmark that wait for its end.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Bookmark resumed once, at the end of the notice or when an objection is upheld.</summary>
    public Guid BookmarkId { get; init; }

    /// <summary>发文字号, gapless.</summary>
    public required string Number { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Paragraphs as published; masked data only.</summary>
    public required string Body { get; init; }

    /// <summary>First day of the notice.</summary>
    public DateOnly PublishedOn { get; init; }

    /// <summary>Last working day of the notice, inclusive.</summary>
    public DateOnly EndsOn { get; set; }

    /// <summary>Where it stands; changed by guarded updates only.</summary>
    public NoticeStatus Status { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The PDF; see Certificates.IssuedDocument.</summary>
    public Guid? DocumentId { get; set; }
}

/// <summary>Where an objection stands.</summary>
public enum ObjectionStatus
{
    /// <summary>已受理，核查中.</summary>
    Open,

    /// <summary>不成立.</summary>
    Dismissed,

    /// <summary>成立.</summary>
    Upheld,
}

/// <summary>An objection (异议) anyone may file while a notice is in force; an open one holds the case.</summary>
public sealed class Objection
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The notice.</summary>
    public Guid NoticeId { get; init; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Receipt the person may ask with; random, unguessable.</summary>
    public required string Receipt { get; init; }

    /// <summary>Name of who objects; only handlers and the leader read it.</summary>
    public required string Name { get; init; }

    /// <summary>Phone or mail; only handlers and the leader read it.</summary>
    public required string Contact { get; init; }

    /// <summary>What is objected.</summary>
    public required string Content { get; init; }

    /// <summary>Evidence file; null when none was given.</summary>
    public Guid? EvidenceFileId { get; init; }

    /// <summary>Name of the evidence file.</summary>
    public string? EvidenceFileName { get; init; }

    /// <summary>When it was filed.</summary>
    public DateTimeOffset FiledAt { get; init; }

    /// <summary>Where it stands; changed by a guarded update only.</summary>
    public ObjectionStatus Status { get; set; }

    /// <summary>核查情况 by the handler.</summary>
    public string? Investigation { get; set; }

    /// <summary>处理决定 with its reason by the leader.</summary>
    public string? Ruling { get; set; }

    /// <summary>Who ruled.</summary>
    public Guid? RuledById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? RuledAt { get; set; }
}
