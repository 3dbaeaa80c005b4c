using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer;

/// <summary>A process as its owner edits it: the latest version, draft or published.</summary>
/// <param name="VersionId">That version.</param>
/// <param name="DefinitionId">Process key.</param>
/// <param name="Json">The definition.</param>
/// <param name="Files">Path of each of its files, e.g. <c>forms/application.json</c> → SHA-256 of the content; in order.</param>
/// <param name="Settings">What it says of itself.</param>
public sealed record DesignedProcess(
    string VersionId, string DefinitionId, JsonObject Json, IReadOnlyDictionary<string, string> Files, ProcessSettings Settings)
{
    /// <summary>The files of a folder, without folder and extension, with the SHA-256 of their content.</summary>
    public IEnumerable<(string Name, string Hash)> FilesIn(string folder) => Files
        .Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal) && file.Key.EndsWith(".json", StringComparison.Ordinal))
        .Select(file => (file.Key[(folder.Length + 1)..^".json".Length], file.Value));

    /// <summary>Every activity of the definition, nested ones too.</summary>
    public IEnumerable<JsonObject> Activities() => Json["root"] is JsonObject root ? ActivityTree.Walk(root).Select(place => place.Json) : [];

    /// <summary>How the chart names an activity.</summary>
    public static string NameOf(JsonObject activity) =>
        Text(activity["metadata"]?["displayText"]) ?? Text(activity["name"]) ?? Text(activity["id"]) ?? "";

    /// <summary>The text of a node; null when it is empty or none.</summary>
    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}

/// <summary>Finds processes for the designer.</summary>
public sealed class DesignedProcesses(ApprovalsDbContext db)
{
    /// <summary>The latest version of a process; null when there is none.</summary>
    public async Task<DesignedProcess?> FindAsync(string definitionId, CancellationToken cancellationToken)
    {
        var row = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId)
            .OrderByDescending(row => row.Version).Select(row => new { row.Id, row.Json, row.Files })
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : Read(row.Id, definitionId, row.Json, row.Files);
    }

    private static DesignedProcess Read(string versionId, string definitionId, string json, string files) => new(
        versionId,
        definitionId,
        JsonNode.Parse(json)!.AsObject(),
        new SortedDictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(files)!, StringComparer.Ordinal),
        ProcessSettings.Read(json));
}
