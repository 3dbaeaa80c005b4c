using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>恢复 — makes an earlier version the newest draft again, under a number of its own; nothing in between is lost.</summary>
public sealed class RevertDefinition(ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionVersions versions, AuditTrail audit)
{
    /// <summary>The new draft; null when there is no such version.</summary>
    public Task<DefinitionVersion?> RevertAsync(string definitionId, int version, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                var latest = await versions.LockAsync(definitionId, cancellationToken);
                var earlier = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(
                    row => row.DefinitionId == definitionId && row.Version == version, cancellationToken);
                if (latest is null || earlier is null)
                    return null;

                // Studio repeats a request whose answer it did not get; the draft of the first one is the answer to the second.
                if (!latest.IsFixed && latest.Files == earlier.Files
                    && DesignJson.ContentHash(latest.Json) == DesignJson.ContentHash(earlier.Json))
                {
                    return latest;
                }

                var content = (JsonObject)JsonNode.Parse(earlier.Json)!;
                var draft = await versions.BeginAsync(definitionId, latest, content, earlier.Files, null, cancellationToken);
                audit.Record("definition.reverted", "definition", definitionId, new { version = draft.Version, to = version, hash = draft.Hash });
                return draft;
            },
            cancellationToken);
}
