using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>A problem at a line.</summary>
/// <param name="Sequence">序号 of the line; 0 when it is about the whole.</param>
/// <param name="Message">Plain Chinese.</param>
public sealed record LineProblem(int Sequence, string Message);

/// <summary>What came of an act on lines.</summary>
public abstract record MarkOutcome
{
    /// <summary>Done.</summary>
    /// <param name="Count">Lines changed.</param>
    /// <param name="Sum">Their sum in yuan.</param>
    public sealed record Marked(int Count, decimal Sum) : MarkOutcome;

    /// <summary>Refused; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<LineProblem> Problems) : MarkOutcome
    {
        /// <summary>A refusal of the whole.</summary>
        public Refused(string message)
            : this([new LineProblem(0, message)])
        {
        }
    }
}

/// <summary>What to write on a line.</summary>
/// <param name="LineId">Which.</param>
/// <param name="To">Paid or failed.</param>
/// <param name="Note">The bank's or finance's words.</param>
/// <param name="BankReference">银行流水号.</param>
public sealed record LineMark(Guid LineId, LineState To, string? Note, string? BankReference = null);

/// <summary>标记付款结果 — writes paid or failed on lines, all that were named or none. Scoped.</summary>
public sealed class MarkLines(ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time)
{
    /// <summary>Marks lines of an acknowledged packet.</summary>
    /// <param name="packetId">Whose lines.</param>
    /// <param name="marks">What to write; at most one for a line.</param>
    /// <param name="byId">Who pays; must have neither claimed nor approved nor receive any of it.</param>
    /// <param name="byBank">Whether the bank's result says so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<MarkOutcome> MarkAsync(
        Guid packetId, IReadOnlyList<LineMark> marks, Guid byId, bool byBank, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await WriteAsync(packetId, marks, byId, byBank, cancellationToken);
                if (outcome is MarkOutcome.Refused)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    /// <summary>Lines of a packet that a person may not pay, with why: they claimed, approved or receive part of it.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ConflictsAsync(
        Guid packetId, Guid payerId, CancellationToken cancellationToken)
    {
        var rows = await (
                from line in db.PacketLines.AsNoTracking()
                join payee in db.Payees on line.PayeeId equals payee.Id
                join entitlement in db.Entitlements on line.RootLineId equals entitlement.LineId
                where line.PacketId == packetId
                    && (payee.PersonId == payerId || entitlement.ApprovedById == payerId || entitlement.ClaimedById == payerId)
                select new { line.Id, payee.PersonId, entitlement })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Id).ToDictionary(
            group => group.Key,
            group => FourEyes.ProblemOfPayer(payerId, group.First().PersonId, group.Select(row => row.entitlement))!);
    }

    private async Task<MarkOutcome> WriteAsync(
        Guid packetId, IReadOnlyList<LineMark> marks, Guid byId, bool byBank, CancellationToken cancellationToken)
    {
        // Race closed: two people who mark one packet at once go one after another, and each sees what the other wrote.
        await db.Packets.Where(row => row.Id == packetId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
        var packet = await db.Packets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == packetId, cancellationToken);
        if (packet?.AcknowledgedAt is null)
            return new MarkOutcome.Refused("批次还没有签收，请先签收");
        if (marks.Count == 0)
            return new MarkOutcome.Refused("请至少选择一笔");
        var lines = await db.PacketLines.AsNoTracking().Where(row => row.PacketId == packetId)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var conflicts = await ConflictsAsync(packetId, byId, cancellationToken);
        var problems = marks.Select(mark => ProblemOf(mark, lines, conflicts, byBank)).OfType<LineProblem>().ToList();
        if (problems.Count > 0)
            return new MarkOutcome.Refused(problems);
        foreach (var group in marks.GroupBy(mark => (lines[mark.LineId].State, mark.To, mark.Note, mark.BankReference)))
            await WriteAsync(group.Key, [.. group.Select(mark => mark.LineId)], byId, cancellationToken);
        audit.Record("packet.lines-marked", "packet", packetId.ToString(), new
        {
            packet.Number,
            byBank,
            paid = Sequences(marks, lines, LineState.Paid),
            failed = Sequences(marks, lines, LineState.Failed),
        });
        return new MarkOutcome.Marked(marks.Count, marks.Sum(mark => lines[mark.LineId].Amount));
    }

    private static int[] Sequences(IReadOnlyList<LineMark> marks, Dictionary<Guid, PacketLine> lines, LineState state) =>
        [.. marks.Where(mark => mark.To == state).Select(mark => lines[mark.LineId].Sequence).Order()];

    private static LineProblem? ProblemOf(
        LineMark mark, Dictionary<Guid, PacketLine> lines, IReadOnlyDictionary<Guid, string> conflicts, bool byBank)
    {
        if (!lines.TryGetValue(mark.LineId, out var line))
            return new LineProblem(0, "所选明细不属于本批次");
        var problem = LineTransitions.ProblemOf(line, mark.To, byBank)
            ?? (LineTransitions.NeedsNote(line.State, mark.To) && string.IsNullOrWhiteSpace(mark.Note) ? "请写明原因或凭证号" : null)
            ?? conflicts.GetValueOrDefault(line.Id);
        return problem is null ? null : new LineProblem(line.Sequence, $"{line.PayeeName}：{problem}");
    }

    private async Task WriteAsync(
        (LineState From, LineState To, string? Note, string? BankReference) mark, Guid[] ids, Guid byId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var some in ids.Chunk(500))
        {
            // Guarded: a line that a corrective packet took meanwhile, or that a changed account has stopped, is not written on.
            var changed = await db.PacketLines
                .Where(row => some.Contains(row.Id) && row.ReplacedByLineId == null && row.State == mark.From)
                .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, mark.To)
                    .SetProperty(row => row.StateNote, mark.Note)
                    .SetProperty(row => row.BankReference, row => mark.BankReference ?? row.BankReference)
                    .SetProperty(row => row.StateAt, now)
                    .SetProperty(row => row.StateById, byId)
                    .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                cancellationToken);
            if (changed != some.Length)
                throw new DbUpdateConcurrencyException("A line was corrected or stopped meanwhile.");
        }
    }
}
