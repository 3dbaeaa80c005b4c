using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Watching;

/// <summary>How an activity's run stands, in Elsa's words.</summary>
public enum ExecutionStatus
{
    /// <summary>Runs or waits.</summary>
    Running,

    /// <summary>Ended, also by sending the flow back.</summary>
    Completed,

    /// <summary>Withdrawn.</summary>
    Canceled,

    /// <summary>Failed and waits for a retry.</summary>
    Faulted,
}

/// <summary>One run of one activity, as its journal tells it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ParentRunId">The run around it; null for the workflow.</param>
/// <param name="ActivityId">Activity.</param>
/// <param name="NodeId">Its path.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Round">How often the activity has been reached, from 1.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Outcomes">Outcomes it ended with.</param>
/// <param name="IsWaiting">Whether it waits at a bookmark.</param>
/// <param name="Faults">Open incidents.</param>
/// <param name="Sequence">Place of its first line in the journal.</param>
public sealed record ActivityExecution(
    Guid RunId, Guid? ParentRunId, string ActivityId, string NodeId, string ActivityType, int Round, ExecutionStatus Status,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Outcomes, bool IsWaiting, int Faults, long Sequence);

/// <summary>Makes executions of a journal. Pure.</summary>
public static class ActivityExecutions
{
    /// <summary>The executions in the order in which they began.</summary>
    /// <param name="journal">The whole journal of one instance, in order.</param>
    /// <param name="waiting">Runs that wait at a bookmark.</param>
    /// <param name="state">State of the instance, which knows what has not ended and what failed.</param>
    public static IReadOnlyList<ActivityExecution> Of(
        IReadOnlyList<JournalLine> journal, IReadOnlySet<Guid> waiting, WorkflowState state)
    {
        var rounds = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new List<ActivityExecution>();
        var places = new Dictionary<Guid, int>();
        foreach (var line in journal)
        {
            if (!places.TryGetValue(line.RunId, out var place))
            {
                places[line.RunId] = place = found.Count;
                found.Add(new ActivityExecution(
                    line.RunId, line.ParentRunId, line.ActivityId, line.NodeId, line.ActivityType,
                    rounds[line.NodeId] = rounds.GetValueOrDefault(line.NodeId) + 1,
                    ExecutionStatus.Running, line.At, null, [], waiting.Contains(line.RunId),
                    state.Incidents.Count(incident => incident.ActivityRunId == line.RunId), line.Sequence));
            }

            found[place] = After(found[place], line);
        }

        // What stands in no state any more has ended, also where the journal does not say so: a step that sent its case for correction
        // runs again as a new run, and an instance may be ended in the middle of an activity.
        var alive = state.Runs.Select(run => run.Id).ToHashSet();
        return found.ConvertAll(one => one.Status is not (ExecutionStatus.Running or ExecutionStatus.Faulted) || alive.Contains(one.RunId)
            ? one
            : one.EndedAt is null && one.Outcomes.Count > 0
                ? one with { Status = ExecutionStatus.Completed }
                : one with { Status = ExecutionStatus.Canceled });
    }

    private static ActivityExecution After(ActivityExecution one, JournalLine line) => line.Event switch
    {
        JournalEvents.Completed => one with
        {
            Status = ExecutionStatus.Completed, EndedAt = line.At, Outcomes = OutcomesOf(line),
        },
        JournalEvents.Returned => one with { Status = ExecutionStatus.Completed, EndedAt = line.At, Outcomes = ["退回"] },
        JournalEvents.Detoured => one with { Outcomes = ["退回"] },
        JournalEvents.Canceled => one with { Status = ExecutionStatus.Canceled, EndedAt = line.At },
        JournalEvents.Faulted => one with { Status = ExecutionStatus.Faulted },
        JournalEvents.Retried or JournalEvents.Resumed or JournalEvents.Started when one.Status == ExecutionStatus.Faulted =>
            one with { Status = ExecutionStatus.Running },
        _ => one,
    };

    /// <summary>Outcomes that a line of the journal carries.</summary>
    public static IReadOnlyList<string> OutcomesOf(JournalLine line) =>
        line.Payload?["outcomes"] is JsonArray outcomes
            ? [.. outcomes.Select(outcome => outcome!.GetValue<string>())]
            : [];
}
