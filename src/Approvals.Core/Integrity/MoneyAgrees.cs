using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// Money agrees with what was approved: every packet with its lines and entitlements, no line paid twice through a correction, every
/// person-day on exactly one entitlement that stands.
/// </summary>
internal sealed class MoneyAgrees(ApprovalsDbContext db, PacketChecks checks) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var found = new List<Violation>();
        foreach (var packet in await db.Packets.AsNoTracking().Select(row => new { row.Id, row.Number }).ToListAsync(cancellationToken))
        {
            found.AddRange((await checks.RunAsync(packet.Id, cancellationToken)).Where(check => check.IsWrong)
                .Select(check => new Violation("money", packet.Number, check.Detail)));
        }

        var lost = await db.Entitlements
            .Where(row => row.LineId != null && !db.PacketLines.Any(line => line.Id == row.LineId))
            .Select(row => row.Number).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);

        // A line and its corrections, however many, carry the same entitlements: they are paid once.
        var paidTwice = await db.PacketLines.Where(line => line.State == LineState.Paid)
            .GroupBy(line => line.RootLineId).Where(group => group.Count() > 1)
            .Select(group => group.Key).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var reversed = await db.PersonDays
            .Where(row => row.ReleasedById == null && db.Entitlements.Any(one => one.ReversesId == row.EntitlementId))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var released = await db.PersonDays
            .Where(row => row.ReleasedById != null
                && !db.Entitlements.Any(one => one.Id == row.ReleasedById && one.ReversesId == row.EntitlementId))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var doubled = await db.PersonDays
            .Where(row => row.ReleasedById == null)
            .GroupBy(row => new { row.PayeeId, row.Date, row.Half }).Where(group => group.Count() > 1)
            .Select(group => group.Key.PayeeId).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        return
        [
            .. found,
            .. lost.Select(number => new Violation("money", number, "应付所在的批次明细不存在。")),
            .. paidTwice.Select(id => new Violation("money", $"line {id}", "同一笔应付的明细及其更正明细付款多次。")),
            .. reversed.Select(id => new Violation("person-day", $"day {id}", "应付已冲销，人日仍被占用。")),
            .. released.Select(id => new Violation("person-day", $"day {id}", "人日已释放，但没有对应的冲销。")),
            .. doubled.Select(id => new Violation("person-day", $"payee {id}", "同一人同一天重复计发。")),
        ];
    }
}
