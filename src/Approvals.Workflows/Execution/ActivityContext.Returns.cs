namespace Approvals.Workflows;

/// <content>Going back, and ending what stands around. See docs/decisions/0002-going-back.md.</content>
public sealed partial class ActivityContext
{
    /// <summary>
    /// Sends the flow back: ends this activity and opens a new round from an earlier activity of this or an enclosing
    /// flowchart, as if a connection led there. What waits ahead of it is withdrawn with the reason.
    /// </summary>
    public ReturnOutcome ReturnTo(string activityId, string reason)
    {
        var outcome = Find(activityId, reason, out var order);
        Return = order ?? Return;
        return outcome;
    }

    /// <summary>
    /// Runs an earlier activity once more, out of turn; everything else stays. When it has completed, this activity runs
    /// again in the same round (as a new run). Withdrawn with this activity.
    /// </summary>
    public ReturnOutcome DetourTo(string activityId, string reason)
    {
        var outcome = Find(activityId, reason, out var order);
        if (order is not null && order.Target == PathChild(order.Flowchart).Node.FlowIndex)
            return ReturnOutcome.NotEarlier;
        Detour = order ?? Detour;
        return outcome;
    }

    /// <summary>
    /// The activities this one may return to: completed before and lying before it, with nothing final done since; innermost flowchart first.
    /// </summary>
    public IReadOnlyList<EarlierActivity> EarlierActivities()
    {
        var list = new List<EarlierActivity>();
        for (var run = _run; run.Parent is { } parent; run = parent)
        {
            if (parent.Flow is null)
                continue;
            var router = new FlowRouter(_burst, parent);
            foreach (var index in router.EarlierThan(run))
            {
                var node = ((Flowchart)parent.Node.Activity).Graph.Nodes[index];
                list.Add(new EarlierActivity(node.Id, node.NodeId, node.Type, node.DisplayText, router.TimesCompleted(index)));
            }
        }

        return list;
    }

    /// <summary>Ends the nearest activity around this one that <paramref name="which"/> accepts; false when there is
    /// none.</summary>
    internal bool EndAround(Func<CompiledNode, bool> which, string[] outcomes)
    {
        var run = _run.Parent;
        while (run is not null && !which(run.Node))
            run = run.Parent;
        EndsAround = run;
        Outcomes = outcomes;
        return run is not null;
    }

    private ReturnOutcome Find(string activityId, string reason, out ReturnOrder? order)
    {
        order = null;
        for (var run = _run; run.Parent is { } parent; run = parent)
        {
            if (parent.Flow is null)
                continue;
            var index = ((Flowchart)parent.Node.Activity).Graph.IndexOf(activityId);
            if (index < 0)
                continue;
            var router = new FlowRouter(_burst, parent);
            if (!router.IsEarlier(index, run))
                return ReturnOutcome.NotEarlier;
            if (router.IsBarred(index))
                return ReturnOutcome.BehindFinal;
            order = new ReturnOrder(parent, index, reason);
            return ReturnOutcome.Accepted;
        }

        return ReturnOutcome.UnknownActivity;
    }

    private ActivityRun PathChild(ActivityRun flowchart)
    {
        var run = _run;
        while (run.Parent != flowchart)
            run = run.Parent!;
        return run;
    }
}
