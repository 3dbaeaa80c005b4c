using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>
/// 生成更正批次 — pays again what failed or was stopped in earlier packets, to the account that counts today. The old lines stay as they
/// are and name their successors. Scoped.
/// </summary>
public sealed class CorrectPacket(
    ApprovalsDbContext db, UnitOfWork unitOfWork, Numbering numbering, Outbox outbox, AuditTrail audit, TimeProvider time)
{
    /// <summary>A line that waits for a corrective packet.</summary>
    /// <param name="Line">The failed or stopped line.</param>
    /// <param name="PacketNumber">Number of its packet.</param>
    /// <param name="Account">The account that counts today; null for none.</param>
    /// <param name="Obstacle">What must be done first, in Chinese; null when it can be paid again.</param>
    public sealed record Candidate(PacketLine Line, string PacketNumber, PayeeAccount? Account, string? Obstacle);

    /// <summary>Lines of a programme that failed or were stopped and that no later line pays again; recoveries are not among them.</summary>
    public async Task<IReadOnlyList<Candidate>> CandidatesAsync(string programme, CancellationToken cancellationToken)
    {
        var rows = await (
                from line in db.PacketLines.AsNoTracking()
                join packet in db.Packets on line.PacketId equals packet.Id
                where packet.Programme == programme && line.ReplacedByLineId == null && line.Amount > 0
                    && (line.State == LineState.Failed || line.State == LineState.Stopped)
                orderby packet.Number, line.Sequence
                select new
                {
                    line,
                    packet.Number,
                    account = db.PayeeAccounts.FirstOrDefault(one => one.PayeeId == line.PayeeId && one.ReplacedAt == null),
                    approved = db.Entitlements.Where(one => one.LineId == line.RootLineId).Min(one => (DateTimeOffset?)one.ApprovedAt),
                })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new Candidate(
                row.line, row.Number, row.account,
                LineTransitions.IsWithBank(row.line) ? LineTransitions.WithBank
                    : ObstacleOf(PacketPlan.StateOf(row.line.Amount, row.account, row.approved ?? row.line.StateAt).Reason))),
        ];
    }

    /// <summary>Builds a corrective packet of the lines named; all of them or none.</summary>
    /// <param name="programme">Programme code.</param>
    /// <param name="lineIds">Lines to pay again.</param>
    /// <param name="byId">Who builds it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<BuildOutcome> BuildAsync(
        string programme, IReadOnlyCollection<Guid> lineIds, Guid byId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            // Race closed: two corrective packets of one line. The ledger's lock lets one finish first; the other finds a successor.
            await numbering.NextAsync(GrantEntitlements.LedgerLock, cancellationToken);
            var candidates = (await CandidatesAsync(programme, cancellationToken)).Where(one => lineIds.Contains(one.Line.Id)).ToList();
            if (Refuse(candidates, lineIds) is { } refusal)
            {
                scope.Abort();
                return new BuildOutcome.Refused(refusal);
            }

            var packet = await FreezeAsync(programme, candidates, byId, cancellationToken);
            outbox.Enqueue($"packet:{packet.Id:N}", RenderPacket.MessageKind, new RenderPacket.Payload(packet.Id));
            audit.Record("packet.corrective-built", "packet", packet.Id.ToString(), new
            {
                packet.Number,
                packet.LineCount,
                total = packet.Total.ToString("0.00", CultureInfo.InvariantCulture),
                content = packet.ContentHash,
            });
            return (BuildOutcome)new BuildOutcome.Built(packet);
        },
        cancellationToken);

    private static string? ObstacleOf(StopReason? reason) => reason switch
    {
        StopReason.AccountMissing => "没有经确认的收款账户",
        StopReason.AccountChanged => "收款账户在审批后有变更，须先核实",
        _ => null,
    };

    private static string? Refuse(List<Candidate> candidates, IReadOnlyCollection<Guid> lineIds) =>
        lineIds.Count == 0 ? "请至少选择一笔"
        : candidates.Count < lineIds.Distinct().Count() ? "所选明细中有的已付、已更正或不属于该项目，请刷新后重新选择"
        : candidates.Find(one => one.Obstacle is not null) is { } first ? $"{first.Line.PayeeName}：{first.Obstacle}"
        : null;

    private async Task<PayoutPacket> FreezeAsync(
        string programme, List<Candidate> candidates, Guid byId, CancellationToken cancellationToken)
    {
        var sources = await db.Packets.AsNoTracking()
            .Where(row => candidates.Select(one => one.Line.PacketId).Contains(row.Id)).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var id = SortableId.New();
        var lines = candidates.Select((one, index) => Successor(id, index + 1, one, now)).ToList();
        var packet = new PayoutPacket
        {
            Id = id,
            Number = await PacketNumber.NextAsync(numbering, time.Today().Year, cancellationToken),
            Kind = PacketKind.Corrective,
            Programme = programme,
            ProgrammeName = sources[^1].ProgrammeName,
            PeriodFrom = sources.Min(one => one.PeriodFrom)!,
            PeriodUntil = sources.Max(one => one.PeriodUntil)!,
            LineCount = lines.Count,
            Total = lines.Sum(one => one.Amount),
            PayableCount = lines.Count,
            PayableTotal = lines.Sum(one => one.Amount),
            ContentHash = PacketContent.HashOf(lines),
            CreatedAt = now,
            CreatedById = byId,
        };
        db.Packets.Add(packet);
        db.PacketLines.AddRange(lines);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var line in lines)
        {
            // Guarded: a line that was paid or corrected meanwhile has no successor set, and everything is given up. So with one that is
            // stopped and whose packet was handed to the bank meanwhile: the bank may pay it.
            var replaced = await db.PacketLines
                .Where(row => row.Id == line.CorrectsLineId && row.ReplacedByLineId == null
                    && (row.State == LineState.Failed || (row.State == LineState.Stopped && row.ExportedAt == null)))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.ReplacedByLineId, line.Id)
                        .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                    cancellationToken);
            if (replaced == 0)
                throw new DbUpdateConcurrencyException("The line was paid, corrected or exported meanwhile.");
        }

        return packet;
    }

    private static PacketLine Successor(Guid packetId, int sequence, Candidate one, DateTimeOffset now) => new()
    {
        PacketId = packetId,
        Sequence = sequence,
        RootLineId = one.Line.RootLineId,
        CorrectsLineId = one.Line.Id,
        PayeeId = one.Line.PayeeId,
        PayeeKind = one.Line.PayeeKind,
        PayeeName = one.Line.PayeeName,
        IdentityNumber = one.Line.IdentityNumber,
        AccountId = one.Account!.Id,
        AccountHolder = one.Account.Holder,
        AccountLastFour = one.Account.LastFour,
        BankName = one.Account.BankName,
        BankCode = one.Account.BankCode,
        Amount = one.Line.Amount,
        Purpose = one.Line.Purpose,
        State = LineState.Pending,
        StateAt = now,
    };
}
