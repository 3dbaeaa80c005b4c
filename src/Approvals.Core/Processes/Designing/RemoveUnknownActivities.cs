using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// 移除未知活动 — takes activities of unknown types out of the draft on purpose. The designer cannot do it, because there nobody can tell
/// whether they were meant to go.
/// </summary>
public sealed class RemoveUnknownActivities(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionVersions versions, KnownActivities known, AuditTrail audit,
    CurrentPerson person, TimeProvider clock)
{
    /// <summary>Titles of what was removed, empty when nothing was unknown; null when there is no such process.</summary>
    public Task<IReadOnlyList<string>?> RemoveAsync(string definitionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<IReadOnlyList<string>?>(
            async _ =>
            {
                if (await versions.LockAsync(definitionId, cancellationToken) is not { } latest)
                    return null;
                var content = (JsonObject)JsonNode.Parse(latest.Json)!;
                var removed = Remove((JsonObject)content["root"]!, known.Ask());
                if (removed.Count == 0)
                    return [];
                if (latest.IsFixed)
                    latest = await versions.BeginAsync(definitionId, latest, content, latest.Files, null, cancellationToken);
                else
                    versions.Write(latest, content);
                latest.SavedAt = clock.GetUtcNow();
                latest.SavedBy = person.Id;
                audit.Record("definition.unknown-removed", "definition", definitionId, new
                {
                    version = latest.Version, hash = latest.Hash, activities = removed.Select(place => place.Id),
                });
                await db.SaveChangesAsync(cancellationToken);
                return [.. removed.Select(place => UnknownActivities.NameOf(place.Json))];
            },
            cancellationToken);

    private static List<ActivityPlace> Remove(JsonObject root, Func<ActivityPlace, bool> isKnown)
    {
        var unknown = ActivityTree.Walk(root).Where(place => place.Parent is not null && !isKnown(place)).ToList();
        foreach (var place in unknown)
        {
            Detach(place.Json);
            if (place.Parent!.Json["connections"] is not JsonArray lines)
                continue;
            foreach (var line in lines.Where(line => Touches(line, place.Id)).ToList())
                lines.Remove(line);
        }

        return unknown;
    }

    private static bool Touches(JsonNode? line, string id) =>
        line?["source"]?["activity"]?.ToString() == id || line?["target"]?["activity"]?.ToString() == id;

    private static void Detach(JsonObject activity)
    {
        if (activity.Parent is JsonArray list)
            list.Remove(activity);
        else if (activity.Parent is JsonObject owner)
            owner[activity.GetPropertyName()] = null;
    }
}
