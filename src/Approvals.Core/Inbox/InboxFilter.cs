namespace Approvals.Core.Inbox;

/// <summary>The four lists of an inbox.</summary>
public enum InboxTab
{
    /// <summary>待办.</summary>
    ToDo,

    /// <summary>已办.</summary>
    Done,

    /// <summary>我发起.</summary>
    Started,

    /// <summary>抄送.</summary>
    Copied,
}

/// <summary>What a list is narrowed to. Every part may be absent.</summary>
/// <param name="ProcessKey">One process.</param>
/// <param name="UnitId">One unit.</param>
/// <param name="Since">Arrived (done, started, copied) at or after this instant.</param>
/// <param name="Search">Beginning of a case number, or a part of the subject's name.</param>
public sealed record InboxFilter(string? ProcessKey = null, Guid? UnitId = null, DateTimeOffset? Since = null, string? Search = null);

/// <summary>The last row of a page: the next page begins behind it (keyset paging).</summary>
/// <param name="Due">Its due order; only the to-do list sorts by it.</param>
/// <param name="At">Its instant in the list's order.</param>
/// <param name="Id">Its id, which breaks ties.</param>
public sealed record InboxCursor(DateTimeOffset Due, DateTimeOffset At, Guid Id);

/// <summary>One row of a list, ready to be shown.</summary>
public sealed record InboxRow
{
    /// <summary>Task id, or case id in the lists of cases.</summary>
    public required Guid Id { get; init; }

    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Person or team it is about.</summary>
    public required string SubjectName { get; init; }

    /// <summary>Case number; null for a draft.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>Process.</summary>
    public required string ProcessName { get; init; }

    /// <summary>Step, or the steps a case waits at.</summary>
    public string? StepName { get; init; }

    /// <summary>Unit it comes from.</summary>
    public string? UnitName { get; init; }

    /// <summary>Who sent it here.</summary>
    public string? FromName { get; init; }

    /// <summary>Findings that do not pass.</summary>
    public int FailedFindings { get; init; }

    /// <summary>When it arrived (was done, started, copied): the list's order.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Order by deadline.</summary>
    public DateTimeOffset SortDue { get; init; }

    /// <summary>Whose task, when it is a principal's and not mine: shown as 代 X.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>How it was decided, or where the case stands.</summary>
    public string? Outcome { get; init; }

    /// <summary>Status of the case in the lists of cases.</summary>
    public Cases.CaseStatus? Status { get; init; }

    /// <summary>Not opened yet.</summary>
    public bool IsNew { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Rows">At most <see cref="InboxQuery.PageSize"/> rows.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, InboxCursor? Next);

/// <summary>Numbers in the tabs, counted no further than <see cref="InboxQuery.CountLimit"/>.</summary>
/// <param name="Messages">Unread messages (消息).</param>
public sealed record InboxCounts(int ToDo, int Done, int Started, int Copied, int Messages);
