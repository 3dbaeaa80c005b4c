using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// No timer is lost or doubled, and whatever is still to be made outside the database has its message. That keys are unique is the
/// database's own matter; that a bookmark's timer waits is <see cref="CasesWaitVisibly"/>'s.
/// </summary>
internal sealed class TimersAndOutboxHold(ApprovalsDbContext db) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var twice = await db.Timers
            .Where(row => row.BookmarkId != null && row.Kind == WorkflowHost.BookmarkTimer && row.CancelledAt == null)
            .GroupBy(row => row.BookmarkId).Where(group => group.Count() > 1)
            .Select(group => group.Key).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var idle = await db.Timers
            .Where(row => row.Kind == WorkflowHost.BookmarkTimer && row.FiredAt == null && row.CancelledAt == null)
            .Where(row => !db.Bookmarks.Any(one => one.Id == row.BookmarkId))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var both = await db.Timers.Where(row => row.FiredAt != null && row.CancelledAt != null)
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var documents = await db.Documents.Where(row => row.FileId == null).Select(row => row.Id).ToListAsync(cancellationToken);
        var packets = await db.Packets.Where(row => row.Stage != PacketStage.Ready).Select(row => row.Id).ToListAsync(cancellationToken);
        return
        [
            .. twice.Select(id => new Violation("timer", $"bookmark {id}", "一个等待点有两个定时。")),
            .. idle.Select(id => new Violation("timer", $"timer {id}", "定时等待的流程节点已不存在。")),
            .. both.Select(id => new Violation("timer", $"timer {id}", "定时既已触发又已取消。")),
            .. await UnsentAsync(RenderDocument.MessageKind, documents, id => $"render-document:{id}", "文书没有生成，也没有待生成的消息。", cancellationToken),
            .. await UnsentAsync(RenderPacket.MessageKind, packets, id => $"packet:{id:N}", "拨付批次没有生成完，也没有待生成的消息。", cancellationToken),
        ];
    }

    private async Task<List<Violation>> UnsentAsync(
        string kind, List<Guid> unmade, Func<Guid, string> keyOf, string text, CancellationToken cancellationToken)
    {
        if (unmade.Count == 0)
            return [];
        var waiting = (await db.Outbox.Where(row => row.Kind == kind && row.DoneAt == null).Select(row => row.Key)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return [.. unmade.Where(id => !waiting.Contains(keyOf(id))).Take(IntegrityCheck.Limit)
            .Select(id => new Violation("outbox", $"{kind} {id}", text))];
    }
}
