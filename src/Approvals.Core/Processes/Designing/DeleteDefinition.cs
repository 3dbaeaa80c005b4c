using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>删除 — takes versions away that nothing stands on. A version a case runs or ran on stays for ever: it is part of the record.</summary>
public sealed class DeleteDefinition(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionVersions versions, DefinitionConsumers consumers, AuditTrail audit)
{
    /// <summary>Deletes one version; false when there is none.</summary>
    /// <exception cref="DesignRefused">It is published, or something stands on it.</exception>
    public Task<bool> DeleteVersionAsync(string versionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                var definitionId = await db.Definitions.Where(row => row.Id == versionId).Select(row => row.DefinitionId)
                    .FirstOrDefaultAsync(cancellationToken);
                if (definitionId is null)
                    return false;
                await versions.LockAsync(definitionId, cancellationToken);
                var row = await db.Definitions.FirstAsync(one => one.Id == versionId, cancellationToken);
                if (row.IsPublished)
                    throw new DesignRefused($"“{row.Name}”版本 {row.Version} 已发布，不能删除。请先撤下，或发布另一版本。");
                if (await WhyKeptAsync(row, cancellationToken) is { } reason)
                    throw new DesignRefused(reason);
                await RemoveAsync(row, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Deletes a process with all its versions; false when there is none.</summary>
    /// <exception cref="DesignRefused">It has cases, or another process uses it.</exception>
    public Task<bool> DeleteAsync(string definitionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                if (await versions.LockAsync(definitionId, cancellationToken) is not { } latest)
                    return false;
                if (await db.Cases.CountAsync(one => one.ProcessKey == definitionId, cancellationToken) is > 0 and var cases)
                    throw new DesignRefused($"流程“{latest.Name}”有 {cases} 件业务（含草稿），不能删除。不再使用的，请撤下。");
                var users = await consumers.OfAsync(definitionId, VersionChoice.Parse("LatestOrPublished")!, cancellationToken);
                if (users.Count > 0)
                {
                    var names = string.Join("、", users.Select(one => $"“{one.Name}”").Distinct());
                    throw new DesignRefused($"流程“{latest.Name}”正被其他流程使用，不能删除：{names}。");
                }

                var all = await db.Definitions.Where(row => row.DefinitionId == definitionId).ToListAsync(cancellationToken);
                foreach (var row in all)
                {
                    if (await WhyKeptAsync(row, cancellationToken) is { } reason)
                        throw new DesignRefused(reason);
                }

                db.Definitions.RemoveRange(all);
                audit.Record("definition.deleted", "definition", definitionId, new { versions = all.Count, hash = latest.Hash });
                await db.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    private async Task RemoveAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        db.Definitions.Remove(row);
        await db.SaveChangesAsync(cancellationToken);
        var next = await db.Definitions.Where(one => one.DefinitionId == row.DefinitionId)
            .OrderByDescending(one => one.Version).FirstOrDefaultAsync(cancellationToken);
        if (row.IsLatest && next is not null)
            next.IsLatest = true;
        audit.Record("definition.version-deleted", "definition", row.DefinitionId, new { version = row.Version, hash = row.Hash });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Why a version must stay; null when nothing stands on it.</summary>
    private async Task<string?> WhyKeptAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var cases = await db.Cases.CountAsync(one => one.DefinitionVersionId == row.Id, cancellationToken);
        if (cases > 0)
            return $"“{row.Name}”版本 {row.Version} 有 {cases} 件业务（含草稿），不能删除。";
        if (await db.Instances.AnyAsync(one => one.DefinitionVersionId == row.Id, cancellationToken))
            return $"“{row.Name}”版本 {row.Version} 有流程实例，不能删除。";
        var users = await db.Definitions.Where(one => one.DefinitionId != row.DefinitionId && one.Json.Contains(row.Id))
            .Select(one => one.Name).Distinct().ToListAsync(cancellationToken);
        return users.Count == 0 ? null
            : $"“{row.Name}”版本 {row.Version} 正被其他流程引用，不能删除：{string.Join("、", users.Select(name => $"“{name}”"))}。";
    }
}
