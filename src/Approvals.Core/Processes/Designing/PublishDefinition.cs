using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes.Designing.Checks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// 发布 — makes the newest version the one that new cases start on, when nothing is wrong with it. Cases that run stay on theirs. From
/// then on its content is fixed.
/// </summary>
public sealed class PublishDefinition(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    DefinitionVersions versions,
    DefinitionChecks checks,
    KnownActivities known,
    AuditTrail audit,
    CurrentPerson person,
    TimeProvider clock)
{
    /// <summary>Reason recorded when Studio's own button publishes, which asks for none.</summary>
    public const string FromDesigner = "在设计器中发布";

    private const int MaxReason = 500;

    /// <summary>Publishes the newest version of a process; null when there is no such process.</summary>
    /// <exception cref="DesignRefused">Something is wrong with it; nothing was changed.</exception>
    public Task<DesignOutcome?> PublishAsync(string definitionId, string reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ => await versions.LockAsync(definitionId, cancellationToken) is { } row
                ? await PublishAsync(row, reason, cancellationToken) : null,
            cancellationToken);

    /// <summary>Publishes the newest version when it still is what the publisher has read; null when there is no such process.</summary>
    /// <exception cref="DesignRefused">It was saved again meanwhile, or something is wrong with it; nothing was changed.</exception>
    public Task<DesignOutcome?> PublishShownAsync(
        string definitionId, string versionId, int revision, string reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                // Under the lock, so that nobody saves between this look and the publication.
                if (await versions.LockAsync(definitionId, cancellationToken) is not { } row)
                    return null;
                if (row.Id != versionId || row.RowVersion != revision)
                {
                    throw new DesignRefused(
                        $"内容已由{await versions.AuthorAsync(row, cancellationToken)}更新，未发布。请核对下面的最新内容后再发布。");
                }

                return await PublishAsync(row, reason, cancellationToken);
            },
            cancellationToken);

    /// <summary>Publishes a version that is under its lock.</summary>
    internal async Task<DesignOutcome> PublishAsync(DefinitionVersion row, string reason, CancellationToken cancellationToken)
    {
        if (row.IsPublished)
            return new DesignOutcome(row, AlreadyPublished: true);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason)
            throw new DesignRefused($"请填写发布理由，不超过 {MaxReason} 个字。");
        if (!row.IsFixed)
            Pin(row);
        var findings = await checks.CheckAsync(row, cancellationToken);
        if (DesignChecks.Errors(findings) is { Count: > 0 } errors)
            throw new DesignRefused(errors);

        var former = await db.Definitions.FirstOrDefaultAsync(
            one => one.DefinitionId == row.DefinitionId && one.IsPublished, cancellationToken);
        if (former is not null)
            former.IsPublished = false;

        // One published version per definition is a unique index; the former one must leave it first.
        await db.SaveChangesAsync(cancellationToken);
        row.IsPublished = true;
        row.PublishedAt = clock.GetUtcNow();
        row.PublishedBy = person.Id;
        row.PublishReason = reason.Trim();
        audit.Record("definition.published", "definition", row.DefinitionId, new
        {
            version = row.Version,
            hash = row.Hash,
            instead = former?.Version,
            reason = row.PublishReason,
            warnings = findings.Count,
        });
        await db.SaveChangesAsync(cancellationToken);
        return new DesignOutcome(row, AlreadyPublished: false);
    }

    private void Pin(DefinitionVersion row)
    {
        var content = (JsonObject)JsonNode.Parse(row.Json)!;
        if (content["root"] is JsonObject root && known.Pin(root))
            versions.Write(row, content);
    }
}
