using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>Two versions of a process beside each other.</summary>
/// <param name="Before">The earlier one.</param>
/// <param name="After">The later one.</param>
/// <param name="Changes">What changed between them.</param>
public sealed record Comparison(ComparedVersion Before, ComparedVersion After, IReadOnlyList<DesignChange> Changes);

/// <summary>Loads two stored versions and compares them.</summary>
public sealed class CompareDefinitions(DefinitionFileStore files, ActivityRegistry registry, IWorkflowCatalogue workflows)
{
    /// <summary>The comparison; reads only.</summary>
    public async Task<Comparison> CompareAsync(DefinitionVersion before, DefinitionVersion after, CancellationToken cancellationToken)
    {
        var (old, now) = (await ReadAsync(before, cancellationToken), await ReadAsync(after, cancellationToken));
        return new Comparison(old, now, DesignDifference.Between(old, now, Describe));
    }

    private async Task<ComparedVersion> ReadAsync(DefinitionVersion row, CancellationToken cancellationToken) =>
        new(DefinitionDocument.Model(row), await files.OfAsync(row, cancellationToken));

    private ActivityDescriptor? Describe(string type) =>
        registry.Find(type) ?? (workflows.Find(type, null) is { } used ? ActivityRegistry.Describe(used) : null);
}
