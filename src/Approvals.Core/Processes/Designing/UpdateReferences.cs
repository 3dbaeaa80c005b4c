using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// 更新引用 — lets processes that use another one as an activity use its published version. Each gets a draft; nothing runs differently
/// before its owner publishes it.
/// </summary>
public sealed class UpdateReferences(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionVersions versions, DefinitionConsumers consumers, DefinitionQuery query, AuditTrail audit)
{
    /// <summary>Keys of the processes that got a draft; null when the process has no published version.</summary>
    public Task<IReadOnlyList<string>?> UpdateAsync(string definitionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<IReadOnlyList<string>?>(
            async _ =>
            {
                if (await query.FindAsync(definitionId, VersionChoice.Published, cancellationToken) is not { } published)
                    return null;
                var definition = WorkflowDefinition.FromJson(DefinitionDocument.Model(published));
                var affected = new List<string>();
                foreach (var consumer in await consumers.OfAsync(definitionId, VersionChoice.Latest, cancellationToken))
                {
                    if (await versions.LockAsync(consumer.DefinitionId, cancellationToken) is { } latest
                        && await UpdateAsync(latest, published, ActivityRegistry.Describe(definition), cancellationToken))
                    {
                        affected.Add(consumer.DefinitionId);
                    }
                }

                return affected;
            },
            cancellationToken);

    private async Task<bool> UpdateAsync(
        DefinitionVersion latest, DefinitionVersion used, ActivityDescriptor descriptor, CancellationToken cancellationToken)
    {
        var content = (JsonObject)JsonNode.Parse(latest.Json)!;
        var outdated = ActivityTree.Walk((JsonObject)content["root"]!)
            .Where(place => place.Json["workflowDefinitionId"]?.ToString() == used.DefinitionId)
            .Where(place => place.Json["workflowDefinitionVersionId"]?.ToString() != used.Id)
            .ToList();
        if (outdated.Count == 0)
            return false;
        foreach (var place in outdated)
        {
            place.Json["type"] = descriptor.TypeName;
            place.Json["version"] = used.Version;
            place.Json["workflowDefinitionVersionId"] = used.Id;
            place.Json["latestAvailablePublishedVersion"] = used.Version;
            place.Json["latestAvailablePublishedVersionId"] = used.Id;
        }

        if (latest.IsFixed)
            latest = await versions.BeginAsync(latest.DefinitionId, latest, content, latest.Files, null, cancellationToken);
        else
            versions.Write(latest, content);
        audit.Record("definition.references-updated", "definition", latest.DefinitionId, new
        {
            version = latest.Version, hash = latest.Hash, uses = used.DefinitionId, usesHash = used.Hash,
        });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
