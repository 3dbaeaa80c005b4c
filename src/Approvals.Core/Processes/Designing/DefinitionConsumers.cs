using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>Finds the processes that use another one: as an activity, or started by an activity that names it.</summary>
public sealed class DefinitionConsumers(ApprovalsDbContext db)
{
    /// <summary>Versions of other processes, among the chosen ones, that use the process.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> OfAsync(
        string definitionId, VersionChoice versions, CancellationToken cancellationToken)
    {
        var used = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId)
            .OrderByDescending(row => row.Version).Select(row => row.Json).ToListAsync(cancellationToken);
        var typeNames = used.Select(WorkflowDefinition.Parse).Where(one => one.Options.UsableAsActivity)
            .Select(one => ActivityRegistry.Describe(one).TypeName).ToHashSet(StringComparer.Ordinal);

        // The text narrows the search down to rows worth reading; the walk decides.
        var words = typeNames.Append(definitionId).ToList();
        var candidates = await db.Definitions.AsNoTracking()
            .Where(row => row.DefinitionId != definitionId).Where(versions.Matches)
            .OrderBy(row => row.DefinitionId).ToListAsync(cancellationToken);
        return [.. candidates.Where(row => words.Exists(word => row.Json.Contains(word, StringComparison.Ordinal))
            && Uses(row.Json, definitionId, typeNames))];
    }

    /// <summary>Whether a definition has an activity that is the process, or names it.</summary>
    internal static bool Uses(string json, string definitionId, IReadOnlySet<string> typeNames) =>
        JsonNode.Parse(json)?["root"] is JsonObject root
        && ActivityTree.Walk(root).Any(place => typeNames.Contains(place.Type) || Names(place.Json, definitionId));

    /// <summary>Keys of the processes that the steps of a definition start.</summary>
    internal static IEnumerable<string> StartedBy(string json) => JsonNode.Parse(json)?["root"] is JsonObject root
        ? ActivityTree.Walk(root).Select(place => TextOf(place.Json["process"])).OfType<string>()
        : [];

    /// <summary>A pinned definition id, or a process chosen in one of the activity's inputs.</summary>
    private static bool Names(JsonObject activity, string definitionId) => activity.Any(pair => pair.Key switch
    {
        "workflowDefinitionId" or "process" => TextOf(pair.Value) == definitionId,
        _ => false,
    });

    private static string? TextOf(JsonNode? input) => input switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => (string?)value,
        JsonObject wrapped when wrapped["expression"]?["value"] is JsonValue value
            && value.GetValueKind() == JsonValueKind.String => (string?)value,
        _ => null,
    };
}
