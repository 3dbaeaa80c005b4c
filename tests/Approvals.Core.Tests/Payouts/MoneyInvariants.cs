using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Approvals.Documents.Text;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Payouts;

/// <summary>What holds of the money after every step of any sequence, where a whole day is paid with 200 yuan.</summary>
internal static class MoneyInvariants
{
    public static async Task CheckAsync(TestKernel kernel, string where)
    {
        var entitlements = await kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        var (lines, packets, days) = await kernel.ReadAsync(async db => (
            await db.PacketLines.AsNoTracking().ToListAsync(), await db.Packets.AsNoTracking().ToListAsync(),
            await db.PersonDays.AsNoTracking().ToListAsync()));
        var packed = entitlements.Where(one => one.LineId is not null).ToList();
        var regular = packets.Where(one => one.Kind == PacketKind.Regular).ToList();

        // The sum of packets is the sum of approved entitlements in them is the sum of the lines that count.
        Assert.True(regular.Sum(one => one.Total) == packed.Sum(one => one.Amount), where);
        Assert.True(lines.Where(one => one.ReplacedByLineId is null).Sum(one => one.Amount) == packed.Sum(one => one.Amount), where);
        foreach (var packet in packets)
        {
            var own = lines.Where(one => one.PacketId == packet.Id).ToList();
            Assert.True(own.Sum(one => one.Amount) == packet.Total && own.Count == packet.LineCount, where);
            if (packet.Total >= 0)
                Assert.True(CapitalReader.Read(RmbCapital.Format(packet.Total)) == packet.Total, where);
        }

        // Every entitlement counts in exactly one line that counts, and line by line the sums agree.
        foreach (var root in packed.GroupBy(one => one.LineId))
        {
            var counting = Assert.Single(lines, one => one.RootLineId == root.Key && one.ReplacedByLineId is null);
            Assert.True(counting.Amount == root.Sum(one => one.Amount), where);
        }

        // Nothing is negative without a reversal, and a reversal is exactly its original.
        Assert.All(entitlements.Where(one => one.Amount < 0), one => Assert.True(
            entitlements.Single(other => other.Id == one.ReversesId).Amount == -one.Amount, where));
        Assert.All(lines.Where(one => one.Amount < 0), one => Assert.True(
            packed.Any(each => each.LineId == one.RootLineId && each.ReversesId is not null), where));

        // The working of every ordinary entitlement adds up to it.
        Assert.All(entitlements.Where(one => one.ReversesId is null), one => Assert.True(
            PayoutJson.WorkingOf(one).Sum(line => line.Amount) == one.Amount, where));

        // No person-day is paid twice; what is paid in days is what is taken in the ledger.
        Assert.All(days.Where(one => one.ReleasedById is null).GroupBy(one => (one.PayeeId, one.Date)), group => Assert.True(group.Count() <= 2, where));
        var reversed = entitlements.Select(one => one.ReversesId).OfType<Guid>().ToHashSet();
        Assert.True(days.Count(one => one.ReleasedById is null) / 2m * 200m
            == entitlements.Where(one => one.Kind == EntitlementKind.Allowance && one.ReversesId is null && !reversed.Contains(one.Id)).Sum(one => one.Amount), where);
        Assert.Equal(Enumerable.Range(1, entitlements.Count).Select(one => $"YF-2026-{one:000000}"), entitlements.Select(one => one.Number));
    }
}
