using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>Why a dry run stopped.</summary>
public enum DryRunEnd
{
    /// <summary>Every workflow of it has ended.</summary>
    Finished,

    /// <summary>A workflow waits for something that will not come by itself.</summary>
    Waiting,

    /// <summary>An activity failed.</summary>
    Faulted,

    /// <summary>The number of acts or the time was used up.</summary>
    Limit,

    /// <summary>It could not begin.</summary>
    NotStarted,
}

/// <summary>How far a dry run is, for who waits for it.</summary>
/// <param name="Acts">Acts so far.</param>
/// <param name="MostActs">Acts at most.</param>
/// <param name="Now">Its virtual time.</param>
public sealed record DryRunProgress(int Acts, int MostActs, DateTimeOffset Now);

/// <summary>
/// Plays a dry run to its end: people act, due timers fire, and when nothing is left to do at an instant the clock jumps to the next
/// thing that is due. The use cases, handlers and activities are the product's own.
/// </summary>
internal sealed class DryRunDriver(
    DryRunStage stage, VirtualClock clock, IReadOnlyList<IDryRunActor> actors, Func<DryRunProgress, Task>? progress)
{
    private readonly HashSet<Guid> _failedTimers = [];
    private int _acts;

    /// <summary>Plays.</summary>
    /// <exception cref="OperationCanceledException">The time was used up.</exception>
    public async Task<DryRunEnd> PlayAsync(CancellationToken cancellationToken)
    {
        while (_acts < stage.Answers.MaxActs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (progress is not null)
                await progress(new DryRunProgress(_acts, stage.Answers.MaxActs, stage.Now));
            var (acted, next) = await LetActAsync(cancellationToken);
            if (acted || await FireAsync(cancellationToken))
            {
                _acts++;
                continue;
            }

            var due = Earlier(next, await NextTimerAsync(cancellationToken));
            if (due is null || due <= stage.Now)
                return await EndAsync(cancellationToken);
            clock.JumpTo(due.Value);
        }

        stage.Note($"已办理 {_acts} 步仍未结束，试运行停止。流程中可能有走不完的循环。");
        return DryRunEnd.Limit;
    }

    /// <summary>Renders the documents that were issued; nothing else leaves the outbox.</summary>
    public async Task RenderAsync(CancellationToken cancellationToken)
    {
        var messages = await stage.ReadAsync(
            db => db.Outbox.AsNoTracking().Where(row => row.Kind == RenderDocument.MessageKind && row.DoneAt == null)
                .OrderBy(row => row.Id).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var message in messages)
        {
            try
            {
                await stage.AsAsync(
                    null,
                    async services =>
                    {
                        var handler = services.GetServices<IOutboxHandler>().Single(one => one.Kind == message.Kind);
                        await handler.HandleAsync(message, cancellationToken);
                        return true;
                    },
                    cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                stage.Note($"有一份文书不能生成 PDF：{fault.Message}");
            }
        }
    }

    private async Task<(bool Acted, DateTimeOffset? Next)> LetActAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        foreach (var actor in actors)
        {
            var turn = await actor.TakeTurnAsync(stage, cancellationToken);
            if (turn.Acted)
                return (true, null);
            next = Earlier(next, turn.Next);
        }

        return (false, next);
    }

    private async Task<bool> FireAsync(CancellationToken cancellationToken)
    {
        var now = stage.Now;
        var due = await stage.ReadAsync(
            db => Pending(db).Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.Id)
                .Select(row => row.Id).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var id in due.Where(id => !_failedTimers.Contains(id)))
        {
            try
            {
                await stage.AsAsync(
                    null, services => services.GetRequiredService<TimerFiring>().FireAsync(id, cancellationToken), cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _failedTimers.Add(id);
                stage.Note($"一个到期事项执行失败：{fault.Message}");
            }

            return true;
        }

        return false;
    }

    /// <summary>The next timer that a running workflow waits for; the years until a term ends are not waited out.</summary>
    private Task<DateTimeOffset?> NextTimerAsync(CancellationToken cancellationToken)
    {
        var failed = _failedTimers.ToList();
        return stage.ReadAsync(
            db => Pending(db)
                .Where(row => !failed.Contains(row.Id)
                    && db.Instances.Any(one => one.Id == row.InstanceId && one.Status == nameof(WorkflowStatus.Running)))
                .OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
    }

    private static IQueryable<TimerRow> Pending(ApprovalsDbContext db) =>
        db.Timers.AsNoTracking().Where(row => row.FiredAt == null && row.CancelledAt == null);

    private Task<DryRunEnd> EndAsync(CancellationToken cancellationToken) => stage.ReadAsync(
        async db => await db.Instances.AnyAsync(one => one.IncidentCount > 0, cancellationToken) ? DryRunEnd.Faulted
            : await db.Instances.AnyAsync(one => one.Status == nameof(WorkflowStatus.Running), cancellationToken) ? DryRunEnd.Waiting
            : DryRunEnd.Finished,
        cancellationToken);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
