using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Audit;

namespace Approvals.Core.Processes.Designing;

/// <summary>How definitions are written, and what of them is content.</summary>
public static class DesignJson
{
    /// <summary>One line; Chinese and the signs of expressions as they are, because it is stored and read, never put into a page.</summary>
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>Properties of a definition that say which version it is and not what it does.</summary>
    private static readonly string[] Circumstances =
        ["$schema", "id", "definitionId", "version", "createdAt", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "links"];

    /// <summary>SHA-256 of what a definition does: the same for two versions that differ only in their numbers, dates and paths.</summary>
    public static string ContentHash(string definitionJson)
    {
        var content = (JsonObject)JsonNode.Parse(definitionJson)!;
        foreach (var name in Circumstances)
            content.Remove(name);
        if (content["root"] is JsonObject root)
        {
            foreach (var place in ActivityTree.Walk(root).ToList())
                place.Json.Remove("nodeId");
        }

        return DefinitionHash.Of(CanonicalJson.Serialize(content));
    }
}
