using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// 导入 — takes a definition from a file as a draft: of a new process, or as the next version of one that is here. Forms and document
/// texts come with a file that this product exported; a file without any leaves a process those it has.
/// </summary>
public sealed class ImportDefinition(
    UnitOfWork unitOfWork, DefinitionVersions versions, DefinitionFileStore contents, AuditTrail audit)
{
    private const string Settings = "approvals";

    /// <summary>Imports a flat model, as Elsa and this product export it.</summary>
    /// <exception cref="DesignRefused">It is no definition; nothing was changed.</exception>
    public Task<DefinitionVersion> ImportAsync(JsonObject file, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                var given = file["root"] is null && file["model"] is JsonObject model ? model : file;
                var carried = await contents.TakeAsync((JsonObject)given.DeepClone(), cancellationToken);
                var stored = PostedDefinition.ToStored(given, null);
                var definitionId = (stored["definitionId"] as JsonValue)?.ToString() is { Length: > 0 } id ? id : SortableId.New().ToString("N");
                var latest = await versions.LockAsync(definitionId, cancellationToken);
                if (latest is not null)
                    KeepSettings(stored, (JsonObject)JsonNode.Parse(latest.Json)!);
                var files = carried ?? latest?.Files ?? "{}";
                if (latest is { IsFixed: false } && latest.Files == files
                    && DesignJson.ContentHash(stored.ToJsonString()) == DesignJson.ContentHash(latest.Json))
                {
                    return latest;
                }

                var wished = latest is null ? (stored["id"] as JsonValue)?.ToString() : null;
                var draft = await versions.BeginAsync(definitionId, latest, stored, files, wished, cancellationToken);
                audit.Record("definition.imported", "definition", definitionId, new { version = draft.Version, hash = draft.Hash });
                return draft;
            },
            cancellationToken);

    /// <summary>A file from another Elsa knows nothing of the settings a process has here.</summary>
    private static void KeepSettings(JsonObject stored, JsonObject latest)
    {
        if (stored["customProperties"] is JsonObject custom && !custom.ContainsKey(Settings)
            && latest["customProperties"]?[Settings] is { } settings)
        {
            custom[Settings] = settings.DeepClone();
        }
    }
}
