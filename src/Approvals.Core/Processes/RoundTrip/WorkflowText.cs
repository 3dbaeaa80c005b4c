using System.Text.Json.Nodes;
using Approvals.Core.Processes.Designing;

namespace Approvals.Core.Processes.RoundTrip;

/// <summary>
/// The text of <c>workflow.json</c> for a version. A version that came from a file is that file again. One that was saved in the designer
/// is written as the file it descends from: what Studio shuffles (order of activities and connections) and what says nothing (ids of
/// versions, paths) stays as it was, so that a comparison of files shows what a person changed.
/// </summary>
public static class WorkflowText
{
    /// <summary>The text.</summary>
    /// <param name="row">The version.</param>
    /// <param name="ancestor">The last version of the process that came from a file; null when none did.</param>
    public static string Of(DefinitionVersion row, DefinitionVersion? ancestor)
    {
        if (row.IsFromFile)
            return row.Json;
        var model = DefinitionDocument.Model(row);
        model["isLatest"] = true;
        model["isPublished"] = true;
        var before = ancestor is null ? null : (JsonObject)JsonNode.Parse(ancestor.Json)!;
        foreach (var name in new[] { "id", "createdAt" })
            model[name] = before?[name]?.DeepClone() ?? model[name]?.DeepClone();
        if (model["root"] is JsonObject root && before?["root"] is JsonObject former)
        {
            KeepOrder(root, former);
            KeepPaths(root, former);
        }

        model.Insert(0, "$schema", ExportDefinition.Schema);
        return ExportDefinition.Format(model);
    }

    /// <summary>Activities and connections in the order they had, new ones behind, in every flowchart that was there before.</summary>
    private static void KeepOrder(JsonObject root, JsonObject former)
    {
        var before = ActivityTree.Walk(former).GroupBy(place => place.Id).ToDictionary(group => group.Key, group => group.First().Json);
        foreach (var place in ActivityTree.Walk(root).ToList())
        {
            if (!before.TryGetValue(place.Id, out var was))
                continue;
            Sort(place.Json, was, "activities", activity => activity["id"]?.ToString() ?? "");
            Sort(place.Json, was, "connections", line => $"{line["source"]?["activity"]} {line["source"]?["port"]} {line["target"]?["activity"]}");
        }
    }

    private static void Sort(JsonObject owner, JsonObject was, string list, Func<JsonNode, string> keyOf)
    {
        if (owner[list] is not JsonArray items || was[list] is not JsonArray former)
            return;
        var rank = former.OfType<JsonObject>().Select(keyOf).Distinct().Select((key, index) => (key, index))
            .ToDictionary(pair => pair.key, pair => pair.index, StringComparer.Ordinal);
        var sorted = items.OrderBy(item => rank.GetValueOrDefault(keyOf(item!), int.MaxValue)).ToList();
        items.Clear();
        foreach (var item in sorted)
            items.Add(item);
    }

    /// <summary>Paths begin with the word they began with in the file.</summary>
    private static void KeepPaths(JsonObject root, JsonObject former)
    {
        var first = former["nodeId"]?.ToString().Split(':')[0];
        if (string.IsNullOrEmpty(first))
            return;
        foreach (var place in ActivityTree.Walk(root).ToList())
            place.Json["nodeId"] = first + place.NodeId[ActivityTree.WorkflowNode.Length..];
    }
}
