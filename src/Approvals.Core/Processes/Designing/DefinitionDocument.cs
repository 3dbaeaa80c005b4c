using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// A stored definition as others read it. The stored JSON is kept as it was saved; what the row knows better (version, whether it is
/// published, path of every activity) is written over it here.
/// </summary>
public static class DefinitionDocument
{
    /// <summary>Order of the properties as Elsa writes them; others follow.</summary>
    private static readonly string[] Order =
    [
        "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
        "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root",
    ];

    /// <summary>The flat model of a version, activities as they are.</summary>
    public static JsonObject Model(DefinitionVersion row)
    {
        var stored = (JsonObject)JsonNode.Parse(row.Json)!;
        stored.Remove("$schema");
        stored["id"] = row.Id;
        stored["definitionId"] = row.DefinitionId;
        stored["name"] = row.Name;
        stored["description"] = row.Description ?? "";
        stored["createdAt"] = row.CreatedAt;
        stored["version"] = row.Version;
        stored["isReadonly"] ??= false;
        stored["isSystem"] ??= false;
        stored["isLatest"] = row.IsLatest;
        stored["isPublished"] = row.IsPublished;
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
            stored[list] ??= new JsonArray();
        stored["customProperties"] ??= new JsonObject();
        stored["options"] ??= new JsonObject { ["autoUpdateConsumingWorkflows"] = false };
        if (stored["root"] is JsonObject root)
            ActivityTree.NumberNodes(root);
        return InOrder(stored);
    }

    /// <summary>The model as the designer is given it: placeholders for unknown activities, and which save of which version it shows.</summary>
    public static JsonObject ForDesigner(DefinitionVersion row, KnownActivities known)
    {
        var model = Model(row);
        if (model["root"] is JsonObject root)
            UnknownActivities.Hide(root, known.Ask());
        if (model["customProperties"] is JsonObject custom)
        {
            custom[PostedDefinition.RevisionProperty] = row.RowVersion;
            custom[PostedDefinition.OriginProperty] = row.Id;
        }

        return model;
    }

    private static JsonObject InOrder(JsonObject model)
    {
        var ordered = new JsonObject();
        foreach (var name in Order.Where(model.ContainsKey).Concat(model.Select(pair => pair.Key).Except(Order)).ToList())
        {
            model.Remove(name, out var value);
            ordered[name] = value;
        }

        return ordered;
    }
}
