using System.Text.RegularExpressions;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes.Designing.Checks;
using Approvals.Core.Regulations;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>Checks a stored version before it is published: loads what <see cref="DesignChecks"/> looks at.</summary>
public sealed partial class DefinitionChecks(
    ApprovalsDbContext db, DefinitionFileStore files, ActivityRegistry registry, WorkflowCompiler compiler, IEnumerable<IRule> rules,
    TimeProvider clock)
{
    /// <summary>Everything wrong with a stored version in the bureau as it is now.</summary>
    public async Task<IReadOnlyList<DesignFinding>> CheckAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var definition = WorkflowDefinition.FromJson(DefinitionDocument.Model(row));
        var contents = await files.OfAsync(row, cancellationToken);
        var world = await WorldAsync(row.DefinitionId, row.Json, await OrganisationAsync(row.Json, cancellationToken), cancellationToken);
        return DesignChecks.Find(new CheckedDesign(compiler.Compile(definition, registry), ProcessSettings.Read(row.Json), contents, world));
    }

    /// <summary>Everything wrong with a process as shipped; nobody knows yet which people it will meet.</summary>
    /// <param name="package">The process.</param>
    /// <param name="shipped">Keys of all processes that are shipped with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<DesignFinding>> CheckAsync(
        ProcessPackage package, IEnumerable<string> shipped, CancellationToken cancellationToken)
    {
        var world = await WorldAsync(package.Key, package.Json, null, cancellationToken);
        return DesignChecks.Find(new CheckedDesign(
            compiler.Compile(WorkflowDefinition.Parse(package.Json), registry),
            ProcessSettings.Read(package.Json),
            package.Files,
            world with { Processes = world.Processes.Concat(shipped).ToHashSet(StringComparer.Ordinal) }));
    }

    private async Task<DesignWorld> WorldAsync(
        string definitionId, string json, OrganisationSnapshot? organisation, CancellationToken cancellationToken)
    {
        var published = await db.Definitions.AsNoTracking().Where(row => row.IsPublished)
            .Select(row => new { row.DefinitionId, row.Name }).ToListAsync(cancellationToken);
        return new DesignWorld(
            rules.Select(rule => rule.RuleSet).ToHashSet(StringComparer.Ordinal),
            published.Select(row => row.DefinitionId).Append(definitionId).ToHashSet(StringComparer.Ordinal),
            registry.Descriptors.Select(one => one.TypeName)
                .Concat(published.Where(row => row.DefinitionId != definitionId).Select(row => row.Name)).ToHashSet(StringComparer.Ordinal),
            clock.Today(),
            organisation)
        {
            Starts = await StartsAsync(definitionId, json, cancellationToken),
        };
    }

    /// <summary>Which of the other published processes starts which; read only for a process that starts one itself.</summary>
    private async Task<ILookup<string, string>> StartsAsync(string definitionId, string json, CancellationToken cancellationToken)
    {
        var others = !DefinitionConsumers.StartedBy(json).Any() ? [] : await db.Definitions.AsNoTracking()
            .Where(row => row.IsPublished && row.DefinitionId != definitionId && row.Json.Contains("\"process\""))
            .Select(row => new { row.DefinitionId, row.Json }).ToListAsync(cancellationToken);
        return others.SelectMany(row => DefinitionConsumers.StartedBy(row.Json).Select(started => (row.DefinitionId, started)))
            .ToLookup(pair => pair.DefinitionId, pair => pair.started);
    }

    /// <summary>The bureau as steps can name it; null while nobody has set it up.</summary>
    private async Task<OrganisationSnapshot?> OrganisationAsync(string json, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var units = await db.OrgUnits.AsNoTracking()
            .Where(unit => unit.Kind == OrgUnitKind.Bureau || unit.Kind == OrgUnitKind.Section || unit.Kind == OrgUnitKind.ServiceCentre)
            .ToListAsync(cancellationToken);
        if (units.Count == 0)
            return null;
        var ids = units.ConvertAll(unit => unit.Id);
        var posts = await db.Positions.AsNoTracking().HeldOn(today)
            .Where(post => ids.Contains(post.OrgUnitId) && post.Kind != PositionKind.Member)
            .ToListAsync(cancellationToken);
        var holders = await db.RoleAssignments.AsNoTracking().ToListAsync(cancellationToken);
        var bound = posts.Select(post => post.PersonId).Concat(holders.Select(one => one.PersonId))
            .Concat(NamedPerson().Matches(json).Select(match => Guid.Parse(match.Groups["id"].Value))).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(person => bound.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, cancellationToken);
        return new OrganisationSnapshot(units, posts, holders, people);
    }

    [GeneratedRegex("person:(?<id>[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})")]
    private static partial Regex NamedPerson();
}
