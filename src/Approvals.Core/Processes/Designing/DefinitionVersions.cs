using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>The versions of a definition in the running transaction: locks them, begins the next one, writes a draft.</summary>
public sealed class DefinitionVersions(ApprovalsDbContext db, CurrentPerson person, TimeProvider clock)
{
    private const int MaxName = 200;
    private const int MaxDescription = 2000;
    private const int MaxKey = 100;

    /// <summary>
    /// Takes the lock of a definition, held until the transaction ends, and reads its newest version; null when there is none. The
    /// update touches the newest row and waits there for another saver, so that of two who save at once the second reads what the first
    /// has written; without it both would judge by the same state, and one save would overwrite the other.
    /// </summary>
    public async Task<DefinitionVersion?> LockAsync(string definitionId, CancellationToken cancellationToken)
    {
        await db.Definitions.Where(row => row.DefinitionId == definitionId && row.IsLatest)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsLatest, row => row.IsLatest), cancellationToken);
        return await db.Definitions.FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsLatest, cancellationToken);
    }

    /// <summary>Adds a version after <paramref name="latest"/>, or the first one; it becomes the newest.</summary>
    /// <param name="definitionId">Process key.</param>
    /// <param name="latest">The newest version so far, under its lock; null for a new definition.</param>
    /// <param name="content">Stored form of the definition.</param>
    /// <param name="files">File list of the version: forms and document texts.</param>
    /// <param name="id">Version id wished for; taken when nothing else has it.</param>
    /// <param name="cancellationToken">Gives the transaction up.</param>
    public async Task<DefinitionVersion> BeginAsync(
        string definitionId, DefinitionVersion? latest, JsonObject content, string files, string? id, CancellationToken cancellationToken)
    {
        if (definitionId.Length > MaxKey || definitionId.Any(one => char.IsControl(one) || one is '/' or '\\' or '?' or '#'))
            throw new DesignRefused($"流程编号不能超过 {MaxKey} 个字符，也不能含有 / \\ ? #。");
        if (id is null or { Length: 0 or > MaxKey } || await db.Definitions.AnyAsync(row => row.Id == id, cancellationToken))
            id = SortableId.New().ToString("N");
        if (latest is not null)
        {
            // One newest version per definition is a unique index; the old one must leave it first.
            latest.IsLatest = false;
            await db.SaveChangesAsync(cancellationToken);
        }

        var row = new DefinitionVersion
        {
            Id = id,
            DefinitionId = definitionId,
            Version = (latest?.Version ?? 0) + 1,
            Name = definitionId,
            IsLatest = true,
            Json = "{}",
            Files = files,
            Hash = "",
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = person.Id,
        };
        Write(row, content);
        db.Definitions.Add(row);
        return row;
    }

    /// <summary>Writes the content of a version that is not fixed, without saving it.</summary>
    /// <exception cref="DesignRefused">It has no name, or one that is too long.</exception>
    /// <exception cref="DefinitionFormatException">It is no workflow definition.</exception>
    public void Write(DefinitionVersion row, JsonObject content)
    {
        if (row.IsFixed)
            throw new InvalidOperationException($"Version {row.Id} is fixed.");
        content["id"] = row.Id;
        content["definitionId"] = row.DefinitionId;
        content["version"] = row.Version;
        content["createdAt"] = row.CreatedAt;
        var definition = WorkflowDefinition.FromJson((JsonObject)content.DeepClone());
        row.Name = definition.Name.Trim() is { Length: > 0 and <= MaxName } name
            ? name : throw new DesignRefused($"流程须有名称，且不超过 {MaxName} 个字。");
        row.Description = definition.Description is null or { Length: <= MaxDescription }
            ? definition.Description : throw new DesignRefused($"流程说明不能超过 {MaxDescription} 个字。");
        row.Json = content.ToJsonString(DesignJson.Compact);
        row.IsStartable = ReadSettings(row.Json).IsStartable;
        row.Hash = DefinitionHash.Of(row.Json, row.Files);
    }

    /// <summary>Who last touched a version and when, as people read it, e.g. 沈红于 2026-11-23 09:00.</summary>
    public async Task<string> AuthorAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var (who, when) = new[] { (row.PublishedBy, row.PublishedAt), (row.SavedBy, row.SavedAt), (row.CreatedBy, row.CreatedAt) }
            .Where(act => act.Item2 is not null).MaxBy(act => act.Item2);
        var name = who is null ? "系统" : who == person.Id ? "您本人在另一窗口"
            : await db.People.Where(one => one.Id == who).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken) ?? "他人";
        return $"{name}于 {ChinaTime.ToLocal(when!.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} ";
    }

    private static ProcessSettings ReadSettings(string json)
    {
        try
        {
            return ProcessSettings.Read(json);
        }
        catch (JsonException)
        {
            throw new DesignRefused("customProperties.approvals 中的流程设置格式有误。");
        }
    }
}
