using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;

namespace Approvals.Web.DryRuns;

/// <summary>A process owner asks for a dry run: it is recorded with the definition's hash and waits for its turn.</summary>
internal sealed class RequestDryRun(UnitOfWork unitOfWork, AuditTrail audit, CurrentPerson person, DryRunShelf shelf, DryRunQueue queue)
{
    /// <summary>Asks for it.</summary>
    /// <returns>The ticket; null when too many wait already.</returns>
    public async Task<DryRunTicket?> AskAsync(DefinitionVersion tried, DryRunAnswers answers, CancellationToken cancellationToken)
    {
        var ticket = await shelf.AddAsync(tried.DefinitionId, tried.Id, person.RequiredId, answers, cancellationToken);
        if (!queue.TryAdd(ticket))
            return null;
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record(
                    "definition.simulated", "definition", tried.DefinitionId, new { version = tried.Version, hash = tried.Hash, run = ticket.Id });
                return Task.CompletedTask;
            },
            cancellationToken);
        return ticket;
    }
}
