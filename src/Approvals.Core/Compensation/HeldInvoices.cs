using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Compensation;

/// <summary>Which invoices are claimed, and by which case. A claim that was refused or withdrawn holds none. Scoped.</summary>
public sealed class HeldInvoices(ApprovalsDbContext db, TimeProvider time)
{
    /// <summary>Case statuses that hold invoices.</summary>
    private static readonly CaseStatus[] Holding = [CaseStatus.Running, CaseStatus.Completed];

    /// <summary>Of these invoices, those that another claim holds: key → number of its case.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ByOthersAsync(
        Guid caseId, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var rows = await (
                from invoice in db.CompensationInvoices.AsNoTracking()
                join one in db.Cases.AsNoTracking() on invoice.CaseId equals one.Id
                where keys.Contains(invoice.Key) && invoice.ReleasedAt == null && invoice.CaseId != caseId && Holding.Contains(one.Status)
                select new { invoice.Key, one.Number })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Key, row => row.Number ?? "", StringComparer.Ordinal);
    }

    /// <summary>Numbers of the claims that named one of these invoices before and ended without approval, for the finding.</summary>
    public async Task<IReadOnlyList<string>> FormerAsync(
        Guid caseId, IReadOnlyList<string> keys, CancellationToken cancellationToken) => await (
            from invoice in db.CompensationInvoices.AsNoTracking()
            join one in db.Cases.AsNoTracking() on invoice.CaseId equals one.Id
            where keys.Contains(invoice.Key) && invoice.CaseId != caseId && one.Number != null
            orderby one.Number
            select one.Number!)
        .Distinct().ToListAsync(cancellationToken);

    /// <summary>
    /// Makes the invoices those of a claim, in place of what it held before a return. The caller holds the lock of the invoices and has
    /// made sure that no other claim holds them.
    /// </summary>
    public async Task TakeAsync(Guid caseId, IReadOnlyList<InvoiceLine> lines, CancellationToken cancellationToken)
    {
        var keys = lines.Select(line => line.Key).ToList();
        var now = time.GetUtcNow();

        // What the claim itself held, and what claims that have ended without approval still hold.
        await db.CompensationInvoices
            .Where(row => row.ReleasedAt == null && (row.CaseId == caseId || (keys.Contains(row.Key)
                && db.Cases.Any(one => one.Id == row.CaseId && !Holding.Contains(one.Status)))))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReleasedAt, now), cancellationToken);
        db.CompensationInvoices.AddRange(lines.Select(line => new CompensationInvoice
        {
            CaseId = caseId, Key = line.Key, Amount = line.Amount ?? 0, TakenAt = now,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
