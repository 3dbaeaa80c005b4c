namespace Approvals.Workflows;

/// <summary>What came of asking to go back.</summary>
public enum ReturnOutcome
{
    /// <summary>It will happen when the activity returns.</summary>
    Accepted,

    /// <summary>No flowchart around the activity has an activity with that id.</summary>
    UnknownActivity,

    /// <summary>The activity asked for does not lie before this one.</summary>
    NotEarlier,

    /// <summary>Since the activity asked for, another has done something final (<see cref="ActivityAttribute.FinalOutcome"/>).</summary>
    BehindFinal,
}

/// <summary>An activity that completed before and lies before the asking one.</summary>
/// <param name="ActivityId">Its id, to be given to <see cref="ActivityContext.ReturnTo"/>.</param>
/// <param name="NodeId">Its path.</param>
/// <param name="Type">Its type.</param>
/// <param name="DisplayText">What people read.</param>
/// <param name="TimesCompleted">How often it completed.</param>
public sealed record EarlierActivity(string ActivityId, string NodeId, string Type, string DisplayText, int TimesCompleted);

internal sealed record ReturnOrder(ActivityRun Flowchart, int Target, string Reason);
