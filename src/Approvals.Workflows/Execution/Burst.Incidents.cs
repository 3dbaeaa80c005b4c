namespace Approvals.Workflows;

/// <content>Faults and what becomes of them.</content>
internal sealed partial class Burst
{
    /// <summary>Makes an incident of an exception. The run stays, to be retried.</summary>
    private void Fail(ActivityRun run, Exception e)
    {
        run.Status = RunStatus.Faulted;
        if (run.Redo == RedoKind.Execute)
            WithdrawChildren(run, "活动出错");
        var input = e as InputEvaluationException;
        var cause = input?.InnerException ?? e;
        var incident = new Incident
        {
            Id = NewId(),
            ActivityId = run.Node.Id,
            NodeId = run.NodeId,
            ActivityType = run.Node.Type,
            ActivityRunId = run.Id,
            InputName = input?.InputName,
            Expression = input?.Expression,
            Message = e.Message,
            ExceptionType = cause is ActivityFaultException { Code: { } code } ? code : cause.GetType().Name,
            At = Clock.GetUtcNow(),
            Exception = e,
        };
        State.Incidents.Add(incident);
        _log.NewIncidents.Add(incident);
        _log.Add(run, JournalEvents.Faulted, e.Message);
        if (Workflow.Definition.Options.IncidentStrategy == IncidentStrategy.Fault)
            _stopped = true;
    }

    /// <summary>Does again what failed.</summary>
    public async ValueTask RetryAsync(ActivityRun run)
    {
        CloseIncidents(run);
        _log.Add(run, JournalEvents.Retried);
        var (redo, bookmark, input, child, outcomes) =
            (run.Redo, run.RedoBookmark, run.RedoInput, run.RedoChild, run.RedoOutcomes);
        (run.Redo, run.RedoBookmark, run.RedoInput, run.RedoChild, run.RedoOutcomes) = (RedoKind.Execute, null, null, null, null);
        run.Status = RunStatus.Running;
        switch (redo)
        {
            case RedoKind.Resume:
                await ResumeAsync(run, bookmark!, input);
                break;
            case RedoKind.Child:
                await ChildAsync(run, new ChildCompletion(Workflow.FindNode(child!)!, outcomes!));
                break;
            default:
                await BeginAsync(run);
                break;
        }
    }

    private void CloseIncidents(ActivityRun run)
    {
        for (var i = State.Incidents.Count - 1; i >= 0; i--)
        {
            if (State.Incidents[i].ActivityRunId != run.Id)
                continue;
            _log.Closed(State.Incidents[i]);
            State.Incidents.RemoveAt(i);
        }
    }
}
