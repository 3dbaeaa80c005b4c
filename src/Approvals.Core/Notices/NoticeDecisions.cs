using Approvals.Core.Calendar;

namespace Approvals.Core.Notices;

/// <summary>What to do with a notice that may be over.</summary>
public enum NoticeStep
{
    /// <summary>Nothing: it runs on, or it is over and its case knows.</summary>
    Leave,

    /// <summary>Its period is over but an objection is open: hold the case.</summary>
    Hold,

    /// <summary>End it: the case goes on.</summary>
    End,

    /// <summary>An objection was upheld: tell the case.</summary>
    Refuse,
}

/// <summary>The decisions about notices and objections (公示与异议). Pure.</summary>
public static class NoticeDecisions
{
    /// <summary>What to do with a notice at an instant.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="endsOn">Its last day.</param>
    /// <param name="isTold">Whether its case has been told how it ended.</param>
    /// <param name="openObjections">Objections without a ruling.</param>
    /// <param name="now">The instant.</param>
    public static NoticeStep Next(NoticeStatus status, DateOnly endsOn, bool isTold, int openObjections, DateTimeOffset now) =>
        isTold ? NoticeStep.Leave
        : status == NoticeStatus.Upheld ? NoticeStep.Refuse
        : status is not (NoticeStatus.Running or NoticeStatus.Held) || !IsOver(endsOn, now) ? NoticeStep.Leave
        : openObjections == 0 ? NoticeStep.End
        : status == NoticeStatus.Held ? NoticeStep.Leave
        : NoticeStep.Hold;

    /// <summary>Whether an objection may be filed: until the last day has ended, whether or not the timer has been rung yet.</summary>
    public static bool CanObject(NoticeStatus status, DateOnly endsOn, DateTimeOffset now) =>
        status == NoticeStatus.Running && !IsOver(endsOn, now);

    /// <summary>Whether the public may still read names and the PDF: while the notice is in force, not for ever.</summary>
    public static bool IsInForce(NoticeStatus status) => status is NoticeStatus.Running or NoticeStatus.Held;

    private static bool IsOver(DateOnly endsOn, DateTimeOffset now) => now >= ChinaTime.EndOf(endsOn);
}
