using System.Globalization;
using System.Security.Cryptography;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>A check finance sees on a packet: green, or lines to look at.</summary>
/// <param name="Title">What is checked.</param>
/// <param name="Detail">What was found, in one sentence.</param>
/// <param name="Lines">Lines to look at, 序号; empty when it is green.</param>
/// <param name="IsWrong">Whether money may not go out on it: sums that differ.</param>
public sealed record PacketCheck(string Title, string Detail, IReadOnlyList<int> Lines, bool IsWrong = false)
{
    /// <summary>Nothing to look at.</summary>
    public bool IsGreen => Lines.Count == 0 && !IsWrong;
}

/// <summary>Checks a packet against everything it came from. Reads only. Scoped.</summary>
public sealed class PacketChecks(ApprovalsDbContext db, AccountVault vault)
{
    /// <summary>The checks in the order they are shown.</summary>
    public async Task<IReadOnlyList<PacketCheck>> RunAsync(Guid packetId, CancellationToken cancellationToken)
    {
        var packet = await db.Packets.AsNoTracking().SingleAsync(row => row.Id == packetId, cancellationToken);
        var lines = await db.PacketLines.AsNoTracking().Where(row => row.PacketId == packetId).OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken);
        var entitlements = (await (
                from line in db.PacketLines
                join entitlement in db.Entitlements.AsNoTracking() on line.RootLineId equals entitlement.LineId
                where line.PacketId == packetId
                orderby entitlement.Number
                select entitlement)
            .ToListAsync(cancellationToken)).ToLookup(one => one.LineId!.Value);
        return
        [
            Sum(packet, lines, entitlements),
            Content(packet, lines, entitlements),
            await SharedAccountsAsync(packetId, cancellationToken),
            Stopped("账户变更", "审批后收款账户没有变更", "审批后收款账户有变更，已暂停支付，须核实后列入更正批次", lines, StopReason.AccountChanged),
            Stopped("收款账户", "收款账户齐全", "没有经确认的收款账户，已暂停支付", lines, StopReason.AccountMissing),
            await CoversAsync(packetId, lines, cancellationToken),
            Stopped("冲销", "没有应收回的款项", "冲销多于应付，须向收款人收回", lines, StopReason.Recovery),
        ];
    }

    private static PacketCheck Sum(PayoutPacket packet, List<PacketLine> lines, ILookup<Guid, Entitlement> entitlements)
    {
        var wrong = lines.Where(line => entitlements[line.RootLineId].Sum(one => one.Amount) != line.Amount)
            .Select(line => line.Sequence).ToList();
        var sum = lines.Sum(line => line.Amount);
        var isWrong = wrong.Count > 0 || sum != packet.Total || lines.Count != packet.LineCount;
        var approved = lines.Sum(line => entitlements[line.RootLineId].Sum(one => one.Amount));
        return new PacketCheck(
            "合计", $"批次合计 {Yuan(packet.Total)} 元，{lines.Count} 笔明细合计 {Yuan(sum)} 元，审批的应付合计 {Yuan(approved)} 元",
            wrong, isWrong);
    }

    private static PacketCheck Content(PayoutPacket packet, List<PacketLine> lines, ILookup<Guid, Entitlement> entitlements)
    {
        var hash = packet.Kind == PacketKind.Corrective
            ? PacketContent.HashOf(lines)
            : PacketContent.HashOf([.. lines.Select(line => (line, (IEnumerable<Entitlement>)entitlements[line.RootLineId]))]);
        return hash == packet.ContentHash
            ? new PacketCheck("内容", "明细与生成批次时的校验码一致", [])
            : new PacketCheck("内容", "明细与生成批次时的校验码不一致，请勿付款并联系系统管理员", [], IsWrong: true);
    }

    private async Task<PacketCheck> SharedAccountsAsync(Guid packetId, CancellationToken cancellationToken)
    {
        var rows = await (
                from line in db.PacketLines
                join account in db.PayeeAccounts on line.AccountId equals account.Id
                where line.PacketId == packetId
                select new { line.Sequence, line.PayeeId, account.Id, account.SealedNumber, account.Fingerprint })
            .ToListAsync(cancellationToken);
        // While accounts are sealed anew, one number stands under two keys, and so under two fingerprints.
        var (key, closed) = (vault.Keys.Newest(), new List<int>());
        string Comparable(int sequence, Guid accountId, string sealedNumber, string fingerprint)
        {
            try
            {
                return vault.Comparable(key, accountId, sealedNumber, fingerprint);
            }
            catch (CryptographicException)
            {
                // Its key is not there, or it is spoilt: the packet is shown all the same, and says so.
                closed.Add(sequence);
                return fingerprint;
            }
        }

        var shared = rows.GroupBy(row => Comparable(row.Sequence, row.Id, row.SealedNumber, row.Fingerprint))
            .Where(group => group.Select(row => row.PayeeId).Distinct().Count() > 1)
            .SelectMany(group => group.Select(row => row.Sequence)).Order().ToList();
        return closed.Count > 0
            ? new PacketCheck("重复", "有收款账户不能解密，无法核对是否重复，请联系系统管理员", [.. closed.Order()])
            : new PacketCheck(
                "重复", shared.Count == 0 ? "没有两个收款人共用一个账户，也没有重复的收款人" : "有收款人与他人共用一个账户，请核对", shared);
    }

    private static PacketCheck Stopped(string title, string green, string found, List<PacketLine> lines, StopReason reason)
    {
        var stopped = lines.Where(line => line.State == LineState.Stopped && line.StopReason == reason && line.ReplacedByLineId is null)
            .Select(line => line.Sequence).ToList();
        return new PacketCheck(title, stopped.Count == 0 ? green : found, stopped);
    }

    /// <summary>T§20: who worked by the day had to be covered on every one of the days.</summary>
    private async Task<PacketCheck> CoversAsync(Guid packetId, List<PacketLine> lines, CancellationToken cancellationToken)
    {
        var days = await (
                from line in db.PacketLines
                join entitlement in db.Entitlements on line.RootLineId equals entitlement.LineId
                join day in db.PersonDays on entitlement.Id equals day.EntitlementId
                where line.PacketId == packetId && day.ReleasedById == null
                group day.Date by new { line.Sequence, line.IdentityNumber } into perLine
                select new { perLine.Key.Sequence, perLine.Key.IdentityNumber, First = perLine.Min(), Last = perLine.Max() })
            .ToListAsync(cancellationToken);
        if (days.Count == 0)
            return new PacketCheck("保险", "本批次没有按天计发的款项，不涉及保险核对", []);
        var covers = new List<(string IdentityNumber, DateOnly From, DateOnly Until)>();
        foreach (var numbers in days.Select(one => one.IdentityNumber).Distinct().Chunk(500))
        {
            var found = await (
                    from commander in db.Commanders
                    join policy in db.InsurancePolicies on commander.Id equals policy.CommanderId
                    where numbers.Contains(commander.IdentityNumber)
                    select new { commander.IdentityNumber, policy.ValidFrom, policy.ValidUntil })
                .ToListAsync(cancellationToken);
            covers.AddRange(found.Select(one => (one.IdentityNumber, one.ValidFrom, one.ValidUntil)));
        }

        var byPerson = covers.ToLookup(one => one.IdentityNumber);
        var doubtful = days.Where(one => !IsCovered(byPerson[one.IdentityNumber], one.First, one.Last))
            .ToDictionary(one => one.Sequence, one => one.IdentityNumber);

        // Between two missions nobody has to be covered: where a gap is, the days themselves decide.
        var missing = new List<int>();
        foreach (var sequences in doubtful.Keys.Order().Chunk(500))
        {
            var single = await (
                    from line in db.PacketLines
                    join entitlement in db.Entitlements on line.RootLineId equals entitlement.LineId
                    join day in db.PersonDays on entitlement.Id equals day.EntitlementId
                    where line.PacketId == packetId && day.ReleasedById == null && sequences.Contains(line.Sequence)
                    select new { line.Sequence, day.Date })
                .ToListAsync(cancellationToken);
            missing.AddRange(single.Where(one => !IsCovered(byPerson[doubtful[one.Sequence]], one.Date, one.Date))
                .Select(one => one.Sequence).Distinct().Order());
        }

        return new PacketCheck(
            "保险", missing.Count == 0 ? "按天计发的人员在执行任务期间都有有效保险" : "执行任务期间没有查到有效保险（办法第二十条），请核对", missing);
    }

    /// <summary>Whether policies, end to end or overlapping, cover every day from the first to the last.</summary>
    private static bool IsCovered(IEnumerable<(string IdentityNumber, DateOnly From, DateOnly Until)> policies, DateOnly first, DateOnly last)
    {
        var next = first;
        foreach (var policy in policies.OrderBy(one => one.From))
        {
            if (policy.From <= next && policy.Until >= next)
                next = policy.Until.AddDays(1);
            if (next > last)
                return true;
        }

        return next > last;
    }

    private static string Yuan(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
