using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>A draft as the start page lists it.</summary>
/// <param name="Id">The draft.</param>
/// <param name="ProcessName">Process.</param>
/// <param name="SubjectName">Whom it is about.</param>
/// <param name="UpdatedAt">When it was last saved.</param>
public sealed record DraftLine(Guid Id, string ProcessName, string SubjectName, DateTimeOffset UpdatedAt);

/// <summary>A person's own drafts.</summary>
public sealed class DraftList(ApprovalsDbContext db)
{
    /// <summary>The latest twenty, the latest first.</summary>
    public Task<List<DraftLine>> OfAsync(Guid personId, CancellationToken cancellationToken) =>
        db.Cases.AsNoTracking().Where(row => row.StarterId == personId && row.Status == CaseStatus.Draft)
            .OrderByDescending(row => row.UpdatedAt).Take(20)
            .Select(row => new DraftLine(row.Id, row.ProcessName, row.SubjectName, row.UpdatedAt))
            .ToListAsync(cancellationToken);
}
