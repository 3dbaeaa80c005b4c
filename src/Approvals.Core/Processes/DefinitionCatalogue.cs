using System.Collections.Concurrent;
using Approvals.Core.Data;
using Approvals.Core.Processes.Designing.Checks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>A definition version ready to run, with what its process says of itself.</summary>
/// <param name="Row">The stored version; detached, read only.</param>
/// <param name="Workflow">Its compiled workflow.</param>
/// <param name="Settings">The process's settings.</param>
public sealed record LoadedDefinition(DefinitionVersion Row, CompiledWorkflow Workflow, ProcessSettings Settings)
{
    /// <summary>Whether one of its steps may be approved for several cases at once (批量同意).</summary>
    public bool OffersBatch { get; } = BatchChecks.StepsOf(Workflow.Nodes).Any();
}

/// <summary>
/// Compiled definitions by version: one that is fixed is compiled once per process lifetime, and of a draft the newest content alone is kept,
/// for a designer saves every edit.
/// </summary>
public sealed class CompiledDefinitions(ActivityRegistry registry, WorkflowCompiler compiler)
{
    private readonly ConcurrentDictionary<string, LoadedDefinition> _loaded = new();

    /// <summary>The compiled form of a stored version; the contents of a draft are told apart by their hash.</summary>
    public LoadedDefinition Load(DefinitionVersion row) => _loaded.AddOrUpdate(
        row.Id,
        _ => Compile(row),
        (_, known) => known.Row.Hash != row.Hash ? Compile(row) : known.Row.IsFixed == row.IsFixed ? known : known with { Row = row });

    /// <summary>A version already compiled under this id; null when it must be read first, as every draft must.</summary>
    public LoadedDefinition? FindFixed(string versionId) =>
        _loaded.TryGetValue(versionId, out var loaded) && loaded.Row.IsFixed ? loaded : null;

    private LoadedDefinition Compile(DefinitionVersion row) =>
        new(row, compiler.Compile(WorkflowDefinition.Parse(row.Json), registry), ProcessSettings.Read(row.Json));
}

/// <summary>Finds definitions in the database (流程目录).</summary>
public sealed class DefinitionCatalogue(ApprovalsDbContext db, CompiledDefinitions compiled, InstanceRows rows)
{
    /// <summary>The version new cases start on; null when the process is unknown or has no published version.</summary>
    public async Task<LoadedDefinition?> FindPublishedAsync(string definitionId, CancellationToken cancellationToken)
    {
        // Asked each time, because another process may have published a new version; only what it compiles to is remembered.
        var id = await rows.FindPublishedAsync(db, definitionId, cancellationToken);
        return id is null ? null : await GetAsync(id, cancellationToken);
    }

    /// <summary>A version by its id.</summary>
    /// <exception cref="KeyNotFoundException">No such version; versions that a case runs on are never deleted.</exception>
    public async Task<LoadedDefinition> GetAsync(string versionId, CancellationToken cancellationToken)
    {
        if (compiled.FindFixed(versionId) is { } known)
            return known;
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken)
            ?? throw new KeyNotFoundException($"There is no definition version {versionId}.");
        return compiled.Load(row);
    }
}
