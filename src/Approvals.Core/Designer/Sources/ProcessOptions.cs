using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>流程 — published processes that are cases of their own.</summary>
public sealed class ProcessOptions(ApprovalsDbContext db) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.Processes;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
        await PublishedProcesses.ListAsync(db, request, isCase: true, cancellationToken);
}

/// <summary>子流程 — published processes that have no application form of their own and run on another's case.</summary>
public sealed class SubProcessOptions(ApprovalsDbContext db) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.SubProcesses;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
        await PublishedProcesses.ListAsync(db, request, isCase: false, cancellationToken);
}

/// <summary>Published processes other than the one being edited.</summary>
internal static class PublishedProcesses
{
    public static async Task<IReadOnlyList<InputOption>> ListAsync(
        ApprovalsDbContext db, OptionRequest request, bool isCase, CancellationToken cancellationToken)
    {
        var own = request.Process?.DefinitionId;
        var rows = await db.Definitions.AsNoTracking().Where(row => row.IsPublished && row.DefinitionId != own)
            .OrderBy(row => row.Name).Select(row => new { row.DefinitionId, row.Name, row.Json }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => ProcessSettings.Read(row.Json).StartForm is not null == isCase)
                .Select(row => new InputOption(row.DefinitionId, $"{row.Name}（{row.DefinitionId}）")),
        ];
    }
}
