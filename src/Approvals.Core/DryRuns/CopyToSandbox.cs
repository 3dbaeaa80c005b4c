using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.DryRuns;

/// <summary>
/// Copies into a sandbox what a process is decided by: organisation, parameters, calendar, processes and their files. No case, no
/// file, no contact and no account goes along.
/// </summary>
internal sealed class CopyToSandbox(ApprovalsDbContext source, ApprovalsDbContext target)
{
    /// <summary>Copies; the tried version takes the place of the published one of its process.</summary>
    public async Task CopyAsync(DefinitionVersion tried, CancellationToken cancellationToken)
    {
        await CopyPeopleAsync(cancellationToken);
        await CopyAsync(source.OrgUnits, cancellationToken);
        await CopyAsync(source.Positions, cancellationToken);
        await CopyAsync(source.RoleAssignments, cancellationToken);
        await CopyAsync(source.Substitutions, cancellationToken);
        await CopyAsync(source.Parameters, cancellationToken);
        await CopyAsync(source.CalendarDays, cancellationToken);
        await CopyDefinitionsAsync(tried, cancellationToken);
        target.ChangeTracker.Clear();
    }

    /// <summary>Accounts by user name, so that a script may name people as they sign in.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> UserNamesAsync(CancellationToken cancellationToken) =>
        await source.Users.AsNoTracking().Where(user => user.UserName != null)
            .ToDictionaryAsync(user => user.UserName!, user => user.PersonId, cancellationToken);

    private async Task CopyAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        target.AddRange(await rows.AsNoTracking().ToListAsync(cancellationToken));
        await target.SaveChangesAsync(cancellationToken);
    }

    private async Task CopyPeopleAsync(CancellationToken cancellationToken)
    {
        var people = await source.People.AsNoTracking()
            .Select(one => new Person { Id = one.Id, Name = one.Name, Number = one.Number, IsActive = one.IsActive })
            .ToListAsync(cancellationToken);
        target.AddRange(people);
        await target.SaveChangesAsync(cancellationToken);
    }

    private async Task CopyDefinitionsAsync(DefinitionVersion tried, CancellationToken cancellationToken)
    {
        var published = await source.Definitions.AsNoTracking()
            .Where(row => row.IsPublished && row.DefinitionId != tried.DefinitionId).ToListAsync(cancellationToken);
        List<DefinitionVersion> rows = [AsPublished(tried), .. published];
        var named = new Queue<string>(rows.SelectMany(row => NamedVersions(row.Json)));
        while (named.TryDequeue(out var id))
        {
            if (rows.Exists(row => row.Id == id)
                || await source.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } used)
            {
                continue;
            }

            used.IsPublished = used.IsLatest = false;
            rows.Add(used);
            foreach (var further in NamedVersions(used.Json))
                named.Enqueue(further);
        }

        target.AddRange(rows);
        var hashes = rows.SelectMany(row => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files)!.Values).Distinct().ToList();
        target.AddRange(await source.ProcessFiles.AsNoTracking().Where(file => hashes.Contains(file.Hash)).ToListAsync(cancellationToken));
        await target.SaveChangesAsync(cancellationToken);
    }

    private static DefinitionVersion AsPublished(DefinitionVersion tried) => new()
    {
        Id = tried.Id,
        DefinitionId = tried.DefinitionId,
        Version = tried.Version,
        Name = tried.Name,
        Description = tried.Description,
        IsLatest = true,
        IsPublished = true,
        IsStartable = ProcessSettings.Read(tried.Json).IsStartable,
        Json = tried.Json,
        Files = tried.Files,
        Hash = tried.Hash,
        CreatedAt = tried.CreatedAt,
    };

    /// <summary>Versions of other workflows that activities of this one were saved with.</summary>
    private static IEnumerable<string> NamedVersions(string json)
    {
        var open = new Stack<JsonNode?>([JsonNode.Parse(json)?["root"]]);
        while (open.TryPop(out var node))
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                    open.Push(item);
            }

            if (node is not JsonObject value)
                continue;
            if (value["workflowDefinitionVersionId"] is JsonValue id && id.GetValueKind() == JsonValueKind.String)
                yield return id.GetValue<string>();
            foreach (var (_, child) in value)
                open.Push(child);
        }
    }
}
