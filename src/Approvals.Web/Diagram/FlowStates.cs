using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Diagram;

/// <summary>Reads how far an instance has come: its journal, where it waits, and what is broken.</summary>
public static class FlowStates
{
    /// <summary>State per activity id. An activity inside a container lights its container, too.</summary>
    public static async Task<IReadOnlyDictionary<string, FlowStepState>> LoadAsync(
        ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken)
    {
        var journal = await JournalReader.ReadAsync(db, instanceId, cancellationToken);
        var waiting = await db.Bookmarks.AsNoTracking().Where(mark => mark.InstanceId == instanceId)
            .Select(mark => mark.NodeId).ToListAsync(cancellationToken);
        var broken = await db.Incidents.AsNoTracking()
            .Where(incident => incident.InstanceId == instanceId && incident.ResolvedAt == null)
            .Select(incident => incident.NodeId).ToListAsync(cancellationToken);
        return Of(journal.Select(line => (line.NodeId, line.Event)), waiting, broken);
    }

    /// <summary>The pure part: the last word of the journal counts, a waiting step is current, a broken one is broken.</summary>
    public static IReadOnlyDictionary<string, FlowStepState> Of(
        IEnumerable<(string NodeId, string Event)> journal, IEnumerable<string> waiting, IEnumerable<string> broken)
    {
        var states = new Dictionary<string, FlowStepState>(StringComparer.Ordinal);
        foreach (var (nodeId, happened) in journal)
        {
            FlowStepState? state = happened switch
            {
                JournalEvents.Completed => FlowStepState.Done,
                JournalEvents.Canceled => FlowStepState.Withdrawn,
                _ => null,
            };
            if (state is { } known)
            {
                states[nodeId.Split(':')[^1]] = known;
            }
        }

        foreach (var part in waiting.SelectMany(nodeId => nodeId.Split(':')))
        {
            states[part] = FlowStepState.Current;
        }

        foreach (var part in broken.SelectMany(nodeId => nodeId.Split(':')))
        {
            states[part] = FlowStepState.Faulted;
        }

        return states;
    }
}
