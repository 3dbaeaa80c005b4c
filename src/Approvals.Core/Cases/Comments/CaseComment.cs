namespace Approvals.Core.Cases;

/// <summary>What somebody wrote about a case beside the decisions (评论); append-only.</summary>
public sealed class CaseComment
{
    /// <summary>Longest text in characters.</summary>
    public const int Longest = 2000;

    /// <summary>Version-7 UUID; orders the comments.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Guid AuthorId { get; init; }

    /// <summary>Copied: the writer's name.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Plain text, at most <see cref="Longest"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>仅办理人员可见: kept from the applicant and whoever started the case.</summary>
    public bool IsInternal { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
