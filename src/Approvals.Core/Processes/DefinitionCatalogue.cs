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

/// <summary>Compiled definitions by version and content; a published version is compiled once per process lifetime.</summary>
public sealed class CompiledDefinitions(ActivityRegistry registry, WorkflowCompiler compiler)
{
    private readonly ConcurrentDictionary<(string Id, string Hash), LoadedDefinition> _loaded = new();

    /// <summary>The compiled form of a stored version; drafts are told apart by their content's hash.</summary>
    public LoadedDefinition Load(DefinitionVersion row) =>
        _loaded.GetOrAdd((row.Id, row.Hash), _ => new LoadedDefinition(
            row,
            compiler.Compile(WorkflowDefinition.Parse(row.Json), registry),
            ProcessSettings.Read(row.Json)));

    /// <summary>A version already compiled under this id; null when it must be read first, as every draft must.</summary>
    public LoadedDefinition? FindFixed(string versionId) =>
        _fixed.TryGetValue(versionId, out var loaded) ? loaded : null;

    /// <summary>Remembers a version that can no longer change.</summary>
    public LoadedDefinition Keep(LoadedDefinition loaded) => _fixed.GetOrAdd(loaded.Row.Id, loaded);

    private readonly ConcurrentDictionary<string, LoadedDefinition> _fixed = new();
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
        var loaded = compiled.Load(row);
        return row.IsFixed ? compiled.Keep(loaded) : loaded;
    }
}
