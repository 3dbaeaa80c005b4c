namespace Approvals.Workflows;

/// <content>Taking runs away: returns, detours, lost races, ended containers.</content>
internal sealed partial class Burst
{
    /// <summary>
    /// Takes a run and all inside it out of the state at once, so that nothing can start or count it any more. Its activity
    /// is told by <see cref="NotifyWithdrawnAsync"/> before the burst goes on.
    /// </summary>
    public void Withdraw(ActivityRun run, string reason)
    {
        if (run.Status == RunStatus.Gone)
            return;
        WithdrawChildren(run, reason);
        if (run.DetourBy is { } detour)
            Withdraw(detour, reason);
        var begun = run.Status != RunStatus.Scheduled;
        Detach(run);
        RemoveBookmarksFrom(run, 0);
        if (begun)
            (_withdrawn ??= []).Add((run, reason));
    }

    public async ValueTask NotifyWithdrawnAsync()
    {
        while (_withdrawn is { } list)
        {
            _withdrawn = null;
            foreach (var (run, reason) in list)
            {
                var context = Prepare(run);
                await run.Node.Activity.CancelAsync(context, reason);
                _log.Add(run, JournalEvents.Canceled, reason);
            }
        }
    }

    private void WithdrawChildren(ActivityRun run, string reason)
    {
        while (run.Children is { Count: > 0 } children)
            Withdraw(children[^1], reason);
    }

    private async ValueTask ReturnAsync(ActivityRun run, ReturnOrder order)
    {
        _log.Add(run, JournalEvents.Returned, order.Reason);
        RemoveBookmarksFrom(run, 0);
        WithdrawChildren(run, order.Reason);
        Detach(run);
        new FlowRouter(this, order.Flowchart).GoBack([order.Target], order.Reason);
        await NotifyWithdrawnAsync();
    }

    private async ValueTask DetourAsync(ActivityRun run, ReturnOrder order)
    {
        _log.Add(run, JournalEvents.Detoured, order.Reason);
        RemoveBookmarksFrom(run, 0);
        WithdrawChildren(run, order.Reason);
        run.Status = RunStatus.Detoured;
        var flow = order.Flowchart.Flow!;
        var detour = Schedule(
            ((Flowchart)order.Flowchart.Node.Activity).Graph.Nodes[order.Target], order.Flowchart, ++flow.Reached[order.Target]);
        detour.DetourFor = run;
        detour.DetourForId = run.Id;
        run.DetourBy = detour;
        await NotifyWithdrawnAsync();
    }

    /// <summary>A detour came back: its origin runs again in the same round, as a run with an id of its own.</summary>
    private void RunAgain(ActivityRun origin)
    {
        origin.DetourBy = null;
        origin.Id = NewId();
        origin.Status = RunStatus.Scheduled;
        origin.Bag = null;
        origin.Inputs = null;
        origin.Pinned = null;
        _queue.Enqueue(origin);

        // The queue of a stopped burst is rebuilt from the order of the runs.
        State.Runs.Remove(origin);
        State.Runs.Add(origin);
    }

    private void Detach(ActivityRun run)
    {
        run.Status = RunStatus.Gone;
        run.Parent?.Children?.Remove(run);
        if (run.DetourFor is { } origin)
            origin.DetourBy = null;
        for (var i = State.Runs.Count - 1; i >= 0; i--)
        {
            if (State.Runs[i] == run)
            {
                State.Runs.RemoveAt(i);
                break;
            }
        }

        if (State.Incidents.Count > 0)
            CloseIncidents(run);
    }

    private bool HasBookmark(ActivityRun run)
    {
        foreach (var bookmark in State.Bookmarks)
        {
            if (bookmark.ActivityRunId == run.Id)
                return true;
        }

        return false;
    }

    private void RemoveBookmarksFrom(ActivityRun run, int first)
    {
        for (var i = State.Bookmarks.Count - 1; i >= first; i--)
        {
            if (State.Bookmarks[i].ActivityRunId != run.Id)
                continue;
            _log.Burned(State.Bookmarks[i]);
            State.Bookmarks.RemoveAt(i);
        }
    }
}
