using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>That the invariants spoke of something: what is checked after a fault is there, and adds up by this test's own count as well.</summary>
internal static class Substance
{
    /// <summary>
    /// Waits until the rescues have led to money: commanders were out, their days are owed, a packet is paid to its last line. In the short
    /// form one bureau for kills and one for backups pays; the long form has money in all.
    /// </summary>
    public static Task MoneyFlowsAsync(this Bureau bureau) => !bureau.Pays ? Task.CompletedTask : bureau.EventuallyAsync(
        async db => await db.Certificates.AnyAsync() && await db.Missions.AnyAsync(row => row.Status == MissionStatus.Ended || row.Status == MissionStatus.Evaluated)
            && await db.PersonDays.AnyAsync(row => db.PacketLines.Any(line => line.State == LineState.Paid
                && db.Entitlements.Any(one => one.Id == row.EntitlementId && one.LineId == line.Id))),
        "No day of a mission was paid");

    /// <summary>The tables of certificates, missions and money hold rows, and their rows agree.</summary>
    /// <returns>How many there were, for the output of the run.</returns>
    public static Task<string> SubstanceAsync(this Bureau bureau) => !bureau.Pays ? Task.FromResult("no money") : bureau.DatabaseAsync(async db =>
    {
        var certificates = await CertificatesAsync(db);
        var missions = await db.Missions.CountAsync(row => row.Status == MissionStatus.Ended || row.Status == MissionStatus.Evaluated);
        Assert.True(missions > 0, "No mission has ended.");
        var days = await db.PersonDays.AsNoTracking().ToListAsync();
        Assert.NotEmpty(days);
        Assert.Equal(days.Count, days.Select(day => (day.PayeeId, day.Date, day.Half)).Distinct().Count());
        var lines = await MoneyAsync(db);
        return $"{certificates} certificates, {missions} missions that ended, {days.Count} halves of days, {lines} lines of packets";
    });

    /// <summary>Each finished case has its one certificate, and their numbers run from 1 without a gap.</summary>
    private static async Task<int> CertificatesAsync(ApprovalsDbContext db)
    {
        var numbers = await db.Certificates.AsNoTracking().Select(row => row.Number).ToListAsync();
        Assert.NotEmpty(numbers);
        Assert.Equal(
            Enumerable.Range(1, numbers.Count),
            numbers.Select(number => int.Parse(number[(number.IndexOf('第') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)).Order());
        var odd = await db.Cases.CountAsync(row => row.ProcessKey == Bureau.Process && row.Status == CaseStatus.Completed
            && db.Certificates.Count(one => one.CaseId == row.Id && one.Kind == CertificateKind.Appointment) != 1);
        Assert.Equal(0, odd);
        return numbers.Count;
    }

    /// <summary>To the fen: what cases owe is what people applied for, and lines and packets are the sums of what they carry.</summary>
    private static async Task<int> MoneyAsync(ApprovalsDbContext db)
    {
        var owed = await db.Entitlements.AsNoTracking().ToListAsync();
        var applied = await db.Cases.AsNoTracking().Where(row => row.ProcessKey == Bureau.Process && row.Status == CaseStatus.Completed)
            .Select(row => new { row.Id, row.Data }).ToListAsync();
        var amounts = applied.ToDictionary(row => row.Id, row => decimal.Parse(
            (string)System.Text.Json.Nodes.JsonNode.Parse(row.Data)!["amount"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(owed.Where(one => amounts.ContainsKey(one.CaseId)), one => Assert.Equal(amounts[one.CaseId], one.Amount));
        Assert.All(amounts.Keys, id => Assert.Single(owed, one => one.CaseId == id));

        var lines = await db.PacketLines.AsNoTracking().ToListAsync();
        Assert.Contains(lines, line => line.State == LineState.Paid);
        Assert.All(lines, line => Assert.Equal(line.Amount, owed.Where(one => one.LineId == line.Id).Sum(one => one.Amount)));
        foreach (var packet in await db.Packets.AsNoTracking().ToListAsync())
            Assert.Equal(packet.Total, lines.Where(line => line.PacketId == packet.Id).Sum(line => line.Amount));
        return lines.Count;
    }
}
