using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Reconciliation;

/// <summary>What the figures are grouped by.</summary>
public enum ReconcileBy
{
    /// <summary>项目和期间.</summary>
    Period,

    /// <summary>收款人.</summary>
    Payee,
}

/// <summary>Approved against paid, for one group.</summary>
/// <param name="Key">Period, or the payee's masked identity number.</param>
/// <param name="Name">Programme or payee.</param>
/// <param name="Count">Entitlements.</param>
/// <param name="Approved">已审批: sum of the entitlements.</param>
/// <param name="Waiting">未入批次.</param>
/// <param name="Open">待付.</param>
/// <param name="Paid">已付.</param>
/// <param name="Failed">付款失败.</param>
/// <param name="Stopped">暂停.</param>
/// <param name="Offset">已轧抵.</param>
public sealed record ReconciliationRow(
    string Key, string Name, int Count, decimal Approved, decimal Waiting, decimal Open, decimal Paid, decimal Failed, decimal Stopped,
    decimal Offset)
{
    /// <summary>What approved and the rest differ by; always nought.</summary>
    public decimal Difference => Approved - Waiting - Open - Paid - Failed - Stopped - Offset;

    /// <summary>The sum of rows.</summary>
    public static ReconciliationRow Sum(IReadOnlyList<ReconciliationRow> rows) => new(
        "", "", rows.Sum(row => row.Count), rows.Sum(row => row.Approved), rows.Sum(row => row.Waiting), rows.Sum(row => row.Open),
        rows.Sum(row => row.Paid), rows.Sum(row => row.Failed), rows.Sum(row => row.Stopped), rows.Sum(row => row.Offset));
}

/// <summary>对账 — sums approved entitlements against what became of them. Reads only. Scoped.</summary>
public sealed class ReconciliationQuery(ApprovalsDbContext db)
{
    /// <summary>The rows.</summary>
    /// <param name="by">What is grouped by.</param>
    /// <param name="programme">Only this programme; null for all.</param>
    /// <param name="from">First period; null for no bound.</param>
    /// <param name="until">Last period; null for no bound.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<ReconciliationRow>> RowsAsync(
        ReconcileBy by, string? programme, string? from, string? until, CancellationToken cancellationToken)
    {
        var rows = await SumsAsync(programme, from, until, cancellationToken);
        var groups = by == ReconcileBy.Period
            ? rows.GroupBy(row => (Key: row.Period, Name: row.ProgrammeName))
            : rows.GroupBy(row => (Key: row.IdentityNumber, Name: row.PayeeName));
        return
        [
            .. groups.Select(group => new ReconciliationRow(
                    by == ReconcileBy.Period ? group.Key.Key : Forms.Masking.IdentityNumber(group.Key.Key), group.Key.Name, group.Sum(row => row.Count), group.Sum(row => row.Sum),
                    Of(group, null), Of(group, LineState.Pending), Of(group, LineState.Paid), Of(group, LineState.Failed),
                    Of(group, LineState.Stopped), Of(group, LineState.Offset)))
                .OrderBy(row => row.Key, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Programmes that have entitlements.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> ProgrammesAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Entitlements.AsNoTracking().Select(row => new { row.Programme, row.ProgrammeName }).Distinct()
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Programme).Select(group => (group.Key, group.Last().ProgrammeName)).OrderBy(one => one.Key)];
    }

    private static decimal Of(IEnumerable<Sums> rows, LineState? state) => rows.Where(row => row.State == state).Sum(row => row.Sum);

    private async Task<List<Sums>> SumsAsync(string? programme, string? from, string? until, CancellationToken cancellationToken)
    {
        var entitlements = db.Entitlements.AsNoTracking();
        if (!string.IsNullOrEmpty(programme))
            entitlements = entitlements.Where(row => row.Programme == programme);
        if (!string.IsNullOrEmpty(from))
            entitlements = entitlements.Where(row => row.Period.CompareTo(from) >= 0);
        if (!string.IsNullOrEmpty(until))
            entitlements = entitlements.Where(row => row.Period.CompareTo(until) <= 0);
        var joined =
            from entitlement in entitlements
            join payee in db.Payees on entitlement.PayeeId equals payee.Id
            join line in db.PacketLines.Where(row => row.ReplacedByLineId == null) on entitlement.LineId equals (Guid?)line.RootLineId into lines
            from line in lines.DefaultIfEmpty()
            group entitlement.Amount by new
            {
                entitlement.Programme, entitlement.ProgrammeName, entitlement.Period, payee.Id, payee.Name, payee.IdentityNumber,
                State = (LineState?)line.State,
            };
        return await joined
            .Select(group => new Sums(
                group.Key.Period, group.Key.ProgrammeName, group.Key.Name, group.Key.IdentityNumber, group.Key.State, group.Count(), group.Sum()))
            .ToListAsync(cancellationToken);
    }

    private sealed record Sums(
        string Period, string ProgrammeName, string PayeeName, string IdentityNumber, LineState? State, int Count, decimal Sum);
}
