using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>撤下 — no new case starts on the process any more; those that run go on.</summary>
public sealed class RetractDefinition(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionVersions versions, DefinitionConsumers consumers, AuditTrail audit)
{
    /// <summary>Retracts the published version.</summary>
    /// <returns>The newest version of the process and whether anything was published; null when there is no such process.</returns>
    /// <exception cref="DesignRefused">Another published process starts this one.</exception>
    public Task<(DefinitionVersion Latest, bool WasPublished)?> RetractAsync(string definitionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<(DefinitionVersion, bool)?>(
            async _ =>
            {
                if (await versions.LockAsync(definitionId, cancellationToken) is not { } latest)
                    return null;
                var published = await db.Definitions.FirstOrDefaultAsync(
                    row => row.DefinitionId == definitionId && row.IsPublished, cancellationToken);
                if (published is null)
                    return (latest, false);
                var users = await consumers.OfAsync(definitionId, VersionChoice.Published, cancellationToken);
                if (users.Count > 0)
                {
                    throw new DesignRefused(
                        $"流程“{published.Name}”正被已发布的流程使用，不能撤下：{string.Join("、", users.Select(one => $"“{one.Name}”"))}。");
                }

                published.IsPublished = false;

                // An import knows no time of publication; without one the version could be taken for a draft.
                published.PublishedAt ??= published.CreatedAt;
                audit.Record("definition.retracted", "definition", definitionId, new { version = published.Version, hash = published.Hash });
                await db.SaveChangesAsync(cancellationToken);
                return (latest, true);
            },
            cancellationToken);
}
