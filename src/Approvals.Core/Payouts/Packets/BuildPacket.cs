using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>What came of building a packet.</summary>
public abstract record BuildOutcome
{
    /// <summary>Built; its files follow by the outbox.</summary>
    public sealed record Built(PayoutPacket Packet) : BuildOutcome;

    /// <summary>Refused, in plain Chinese; nothing was changed.</summary>
    public sealed record Refused(string Message) : BuildOutcome;
}

/// <summary>
/// 生成拨付批次 — freezes every approved entitlement of a programme and period that is in no packet yet. Nothing is left out: a line
/// that cannot be paid as it stands is in the packet, stopped, with the reason. Scoped.
/// </summary>
public sealed class BuildPacket(
    ApprovalsDbContext db, UnitOfWork unitOfWork, PacketSource source, Numbering numbering, Outbox outbox, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>Builds it.</summary>
    /// <param name="range">What goes in.</param>
    /// <param name="byId">Who builds it; null for a workflow step.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<BuildOutcome> BuildAsync(PacketRange range, Guid? byId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            await db.SaveChangesAsync(cancellationToken);

            // Race closed: two packets built at once, or one while entitlements are granted. The ledger's lock lets one finish first;
            // the other finds its entitlements taken.
            await numbering.NextAsync(GrantEntitlements.LedgerLock, cancellationToken);
            var drafts = await source.DraftAsync(range, cancellationToken);
            if (drafts.Count == 0)
                return new BuildOutcome.Refused("所选项目和期间没有待拨付的应付，可能已由他人生成批次");
            var packet = await FreezeAsync(range, drafts, byId, cancellationToken);
            await TakeAsync(range, packet, drafts, cancellationToken);
            Announce(packet);
            return (BuildOutcome)new BuildOutcome.Built(packet);
        },
        cancellationToken);

    private async Task<PayoutPacket> FreezeAsync(
        PacketRange range, IReadOnlyList<LineDraft> drafts, Guid? byId, CancellationToken cancellationToken)
    {
        var (id, now) = (SortableId.New(), time.GetUtcNow());
        var entitlements = drafts.SelectMany(one => one.Entitlements).ToList();
        var (first, last) = (entitlements.Min(one => one.Period)!, entitlements.Max(one => one.Period)!);
        var purpose = PacketContent.PurposeOf(first, last, entitlements[^1].ProgrammeName);
        var lines = drafts.Select((draft, index) => PacketContent.LineOf(id, now, index + 1, draft, purpose)).ToList();
        var payable = drafts.Where(one => one.State == LineState.Pending).ToList();
        var packet = new PayoutPacket
        {
            Id = id,
            Number = await PacketNumber.NextAsync(numbering, time.Today().Year, cancellationToken),
            Kind = PacketKind.Regular,
            Programme = range.Programme,
            ProgrammeName = entitlements[^1].ProgrammeName,
            PeriodFrom = first,
            PeriodUntil = last,
            LineCount = drafts.Count,
            Total = drafts.Sum(one => one.Amount),
            PayableCount = payable.Count,
            PayableTotal = payable.Sum(one => one.Amount),
            ContentHash = PacketContent.HashOf([.. lines.Zip(drafts, (line, draft) => (line, (IEnumerable<Entitlement>)draft.Entitlements))]),
            CreatedAt = now,
            CreatedById = byId,
        };
        db.Packets.Add(packet);
        await db.SaveChangesAsync(cancellationToken);
        await RowInsert.AllAsync(db, lines, cancellationToken);
        return packet;
    }

    private async Task TakeAsync(
        PacketRange range, PayoutPacket packet, IReadOnlyList<LineDraft> drafts, CancellationToken cancellationToken)
    {
        var lines = db.PacketLines.Where(line => line.PacketId == packet.Id);

        // Guarded: only rows that are in no packet are taken, and as many as were summed up, or nothing is.
        var taken = await source.Waiting(range).ExecuteUpdateAsync(
            set => set.SetProperty(
                row => row.LineId, row => lines.Where(line => line.PayeeId == row.PayeeId).Select(line => (Guid?)line.Id).First()),
            cancellationToken);
        if (taken != drafts.Sum(one => one.Entitlements.Count))
            throw new DbUpdateConcurrencyException("Entitlements were taken by another packet.");
    }

    private void Announce(PayoutPacket packet)
    {
        outbox.Enqueue($"packet:{packet.Id:N}", RenderPacket.MessageKind, new RenderPacket.Payload(packet.Id));
        audit.Record("packet.built", "packet", packet.Id.ToString(), new
        {
            packet.Number,
            packet.LineCount,
            total = packet.Total.ToString("0.00", CultureInfo.InvariantCulture),
            content = packet.ContentHash,
        });
    }
}
