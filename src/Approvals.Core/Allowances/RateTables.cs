using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>Reads versions of the rate table.</summary>
public sealed class RateTables(ApprovalsDbContext db)
{
    /// <summary>The newest version with its rows; version 0 without rows while none was set.</summary>
    public async Task<RateTable> NewestAsync(CancellationToken cancellationToken)
    {
        var table = await db.AllowanceRateTables.AsNoTracking().OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        return table is null ? new RateTable(0, []) : await RowsAsync(table, cancellationToken);
    }

    /// <summary>Every version, newest first.</summary>
    public Task<List<AllowanceRateTable>> HistoryAsync(CancellationToken cancellationToken) =>
        db.AllowanceRateTables.AsNoTracking().OrderByDescending(row => row.Version).ToListAsync(cancellationToken);

    private async Task<RateTable> RowsAsync(AllowanceRateTable table, CancellationToken cancellationToken)
    {
        var rows = await db.AllowanceRates.AsNoTracking().Where(row => row.TableId == table.Id).ToListAsync(cancellationToken);
        return new RateTable(table.Version,
        [
            .. rows.OrderBy(row => row.Level).ThenBy(row => row.Region, StringComparer.Ordinal).ThenBy(row => row.From)
                .Select(row => new RateRow(row.Level, row.Region, row.From, row.Until, row.Daily)),
        ]);
    }
}
