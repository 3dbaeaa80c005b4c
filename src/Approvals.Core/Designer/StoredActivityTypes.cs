using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>An activity type as some stored definition uses it.</summary>
/// <param name="Type">Type name.</param>
/// <param name="Version">Version of the type.</param>
/// <param name="WorkflowVersionId">The version of the workflow it stands for; null for an ordinary activity.</param>
/// <param name="Outcomes">Outcomes that connections leave it by.</param>
internal sealed record StoredActivityType(string Type, int Version, string? WorkflowVersionId, IReadOnlyList<string> Outcomes);

/// <summary>What the toolbox must know of one stored version; read once per content.</summary>
/// <param name="Types">The types it uses.</param>
/// <param name="AsActivity">Its own descriptor when others may use it as an activity.</param>
internal sealed record StoredDefinition(IReadOnlyList<StoredActivityType> Types, ActivityDescriptor? AsActivity)
{
    /// <summary>Reads a version; one that cannot be read uses nothing, so that it does not close the designer for all others.</summary>
    public static StoredDefinition Read(DefinitionVersion row)
    {
        try
        {
            var model = DefinitionDocument.Model(row);
            var definition = WorkflowDefinition.FromJson(model);
            return new StoredDefinition(
                [.. TypesIn(definition.Root)],
                definition.Options.UsableAsActivity ? ActivityRegistry.Describe(definition) : null);
        }
        catch (Exception fault) when (fault is DefinitionFormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return new StoredDefinition([], null);
        }
    }

    private static IEnumerable<StoredActivityType> TypesIn(JsonObject root)
    {
        var places = ActivityTree.Walk(root).ToList();
        var outcomes = places
            .SelectMany(place => place.Json["connections"] as JsonArray ?? [])
            .Select(connection => connection?["source"] as JsonObject)
            .Where(source => DesignedProcess.Text(source?["activity"]) is not null)
            .ToLookup(source => DesignedProcess.Text(source!["activity"])!, source => DesignedProcess.Text(source!["port"]) ?? OutcomeAttribute.Done);
        return places
            .GroupBy(place => (
                place.Type,
                Version: place.Json["version"] is JsonValue version && version.TryGetValue<int>(out var number) ? number : 1,
                Workflow: DesignedProcess.Text(place.Json["workflowDefinitionVersionId"])))
            .Select(group => new StoredActivityType(
                group.Key.Type, group.Key.Version, group.Key.Workflow,
                [.. group.SelectMany(place => outcomes[place.Id]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    }
}
