using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>What a save or publication came to.</summary>
/// <param name="Row">The version as it stands now.</param>
/// <param name="AlreadyPublished">Whether it was published before.</param>
public sealed record DesignOutcome(DefinitionVersion Row, bool AlreadyPublished);

/// <summary>
/// 保存 — stores what the designer holds. Over a published version it begins the next one as a draft, over a draft it writes that draft
/// again: one row, nothing audited, because Studio saves after every movement. Running cases never notice. Studio repeats a save whose
/// answer it did not get, so a save that changes nothing does nothing.
/// </summary>
public sealed class SaveDefinition(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    DefinitionVersions versions,
    KnownActivities known,
    PublishDefinition publishing,
    AuditTrail audit,
    CurrentPerson person,
    TimeProvider clock)
{
    /// <summary>Within this time two saves of one person are one editor whose second save overtook the first one's answer.</summary>
    private static readonly TimeSpan SameEditor = TimeSpan.FromSeconds(5);

    /// <summary>Within this time the same new definition of one person is a repeated request.</summary>
    private static readonly TimeSpan Repetition = TimeSpan.FromMinutes(2);

    /// <summary>Saves a flat model, and publishes it when <paramref name="publish"/> says so; both or neither.</summary>
    /// <exception cref="DesignRefused">It may not be saved or published as it is; nothing was changed.</exception>
    public Task<DesignOutcome> SaveAsync(JsonObject posted, bool publish, string reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                var row = await StoreAsync(posted, cancellationToken);
                return publish
                    ? await publishing.PublishAsync(row, reason, cancellationToken)
                    : new DesignOutcome(row, AlreadyPublished: row.IsPublished);
            },
            cancellationToken);

    private async Task<DefinitionVersion> StoreAsync(JsonObject posted, CancellationToken cancellationToken)
    {
        var definitionId = Text(posted, "definitionId");
        var latest = definitionId is null ? null : await versions.LockAsync(definitionId, cancellationToken);
        if (latest is null)
            return await CreateAsync(definitionId, posted, cancellationToken);

        var edited = Text(posted, "id");
        var editedJson = edited is null || edited == latest.Id ? latest.Json : await JsonOfAsync(latest.DefinitionId, edited, cancellationToken);
        var before = (JsonObject)JsonNode.Parse(editedJson ?? latest.Json)!;
        var stored = PostedDefinition.ToStored(posted, before);
        if (DesignJson.ContentHash(stored.ToJsonString()) == DesignJson.ContentHash(latest.Json))
            return latest;
        if (await IsStaleAsync(posted, edited, latest, cancellationToken))
        {
            var author = await versions.AuthorAsync(latest, cancellationToken);
            throw new DesignRefused(
                $"该流程已由{author}保存为版本 {latest.Version}。您的修改未保存，也没有覆盖任何内容。请重新打开流程，在最新内容上修改。");
        }

        var lost = LostActivities.Between((JsonObject)before["root"]!, (JsonObject)stored["root"]!, known.Ask());
        if (lost.Count > 0)
            throw new DesignRefused(lost);
        if (latest.IsFixed)
        {
            var draft = await versions.BeginAsync(latest.DefinitionId, latest, stored, latest.Files, null, cancellationToken);
            audit.Record("definition.draft-begun", "definition", draft.DefinitionId, new { version = draft.Version, from = latest.Hash });
            return draft;
        }

        versions.Write(latest, stored);
        latest.SavedAt = clock.GetUtcNow();
        latest.SavedBy = person.Id;
        await db.SaveChangesAsync(cancellationToken);
        return latest;
    }

    private async Task<DefinitionVersion> CreateAsync(string? definitionId, JsonObject posted, CancellationToken cancellationToken)
    {
        var stored = PostedDefinition.ToStored(posted, null);
        var content = DesignJson.ContentHash(stored.ToJsonString());
        var since = clock.GetUtcNow() - Repetition;
        var repeated = definitionId is not null ? [] : await db.Definitions
            .Where(row => row.Version == 1 && row.CreatedBy == person.Id && row.CreatedAt >= since && row.IsLatest)
            .ToListAsync(cancellationToken);
        if (repeated.Find(row => DesignJson.ContentHash(row.Json) == content) is { } made)
            return made;

        definitionId ??= SortableId.New().ToString("N");
        // 复制、另存为: Studio posts the drawing alone; the forms and document texts that its steps name are those of the version it showed.
        var origin = PostedDefinition.OriginOf(posted) is not { } id ? null : await db.Definitions.AsNoTracking()
            .Where(row => row.Id == id).Select(row => new { row.DefinitionId, row.Version, row.Files })
            .FirstOrDefaultAsync(cancellationToken);
        var created = await versions.BeginAsync(definitionId, null, stored, origin?.Files ?? "{}", Text(posted, "id"), cancellationToken);
        audit.Record("definition.created", "definition", definitionId, new
        {
            version = created.Version, hash = created.Hash, copyOf = origin is null ? null : $"{origin.DefinitionId} v{origin.Version}",
        });
        return created;
    }

    /// <summary>Whether somebody else has saved since the sender read what it edits.</summary>
    private async Task<bool> IsStaleAsync(JsonObject posted, string? edited, DefinitionVersion latest, CancellationToken cancellationToken)
    {
        var isCurrent = edited is null || edited == latest.Id;
        if (isCurrent && latest.IsFixed)
            return false;
        var isOwn = (latest.SavedBy ?? latest.CreatedBy) == person.Id;
        if (isCurrent && (PostedDefinition.RevisionOf(posted) is { } revision ? revision == latest.RowVersion : isOwn))
            return false;
        var isOwnDraft = isOwn && !latest.IsFixed && clock.GetUtcNow() - (latest.SavedAt ?? latest.CreatedAt) <= SameEditor;
        return !isOwnDraft || !(isCurrent || await db.Definitions.AnyAsync(
            row => row.Id == edited && row.DefinitionId == latest.DefinitionId && row.Version == latest.Version - 1, cancellationToken));
    }

    private Task<string?> JsonOfAsync(string definitionId, string versionId, CancellationToken cancellationToken) =>
        db.Definitions.Where(row => row.Id == versionId && row.DefinitionId == definitionId).Select(row => row.Json)
            .FirstOrDefaultAsync(cancellationToken);

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
