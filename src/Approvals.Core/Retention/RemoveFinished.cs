using System.Linq.Expressions;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Retention;

/// <summary>What was removed.</summary>
/// <param name="Timers">Timers that had fired or were cancelled.</param>
/// <param name="Messages">Outbox messages that had been sent.</param>
public sealed record RemovedRows(int Timers, int Messages);

/// <summary>
/// 清理办结定时和已发消息 — removes timers that fired or were cancelled and messages that were sent, once they are older than
/// <see cref="RetentionOptions.FinishedDays"/>. Scoped; run every night.
/// </summary>
/// <remarks>
/// A row that is over does one thing still: its key keeps the same timer or message from being stored again. Keys hold the id of one
/// fact — a decision, a task, a term, a policy — and are used again only by a repeated transaction of that time, or by a step of a process
/// that still runs: timers of an instance stay until it has ended. What was given up, or waits, is not over. Decisions, history and audit
/// are other rows and stay for ever.
/// </remarks>
public sealed class RemoveFinished(
    ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <summary>Rows in one transaction: a decision that arrives meanwhile waits for some milliseconds at most.</summary>
    public const int BatchSize = 200;

    /// <summary>Removes what is old enough, in small transactions; one that is stopped goes on the next night.</summary>
    public async Task<RemovedRows> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.FinishedDays == 0)
        {
            return new RemovedRows(0, 0);
        }

        var before = time.GetUtcNow().AddDays(-options.Value.FinishedDays);
        var removed = new RemovedRows(
            await RemoveAsync(db.Timers.Where(IsOver(before)), cancellationToken),
            await RemoveAsync(db.Outbox.Where(row => row.DoneAt < before), cancellationToken));
        if (removed is not { Timers: 0, Messages: 0 })
        {
            await unitOfWork.RunAsync(
                _ =>
                {
                    audit.Record("rows.removed", "retention", "finished", new
                    {
                        timers = removed.Timers, messages = removed.Messages, days = options.Value.FinishedDays,
                    });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return removed;
    }

    private Expression<Func<TimerRow, bool>> IsOver(DateTimeOffset before) => row =>
        (row.FiredAt < before || row.CancelledAt < before)
        && !db.Instances.Any(instance => instance.Id == row.InstanceId && instance.Status == "Running");

    /// <summary>They are looked for outside the transaction, which only deletes: nothing that is over is ever begun again.</summary>
    private async Task<int> RemoveAsync<TRow>(IQueryable<TRow> over, CancellationToken cancellationToken)
        where TRow : class
    {
        var removed = 0;
        List<Guid> ids;
        do
        {
            ids = await over.Select(row => EF.Property<Guid>(row, "Id")).OrderBy(id => id).Take(BatchSize).ToListAsync(cancellationToken);
            removed += ids.Count == 0 ? 0 : await unitOfWork.RunAsync(
                _ => db.Set<TRow>().Where(row => ids.Contains(EF.Property<Guid>(row, "Id"))).ExecuteDeleteAsync(cancellationToken),
                cancellationToken);
        }
        while (ids.Count == BatchSize);

        return removed;
    }
}
