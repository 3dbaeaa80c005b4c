using Approvals.Core.Data;
using Approvals.Core.Telemetry;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Notifications;

/// <summary>Carries out outbox messages: when rung, every minute, and at start-up. Singleton.</summary>
public sealed class OutboxWorker(
    IServiceScopeFactory scopes, Measures measures, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxWorker> log)
{
    /// <summary>Tries before a message is given up and shown to the administrator (about five hours).</summary>
    public const int MaxAttempts = 12;

    private const int BatchSize = 100;

    private readonly TimeSpan lease = options.Value.Lease;

    /// <summary>Carries out every due message, the oldest first.</summary>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <param name="until">From this instant on no message is begun; the rest is left to the next sweep. Null for no such limit.</param>
    /// <returns>How many this call finished.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken, DateTimeOffset? until = null)
    {
        var done = 0;
        List<Guid> batch;
        do
        {
            batch = await DueAsync(cancellationToken);
            foreach (var id in batch)
            {
                // Before each: a server that hangs takes as long for every message of the batch.
                if (until <= time.GetUtcNow())
                {
                    return done;
                }

                done += await RunAsync(id, cancellationToken) ? 1 : 0;
            }
        }
        while (batch.Count == BatchSize);

        return done;
    }

    /// <summary>Carries out one message if it is due and no other worker holds it.</summary>
    /// <returns>Whether this call finished it.</returns>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();

        // Each mark is a unit of work: on SQLite it waits for its turn like a decision instead of trying again and again while people
        // decide, and shares their flush of the disk.
        var unitOfWork = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        if (await unitOfWork.RunAsync(_ => ClaimAsync(db, id, cancellationToken), cancellationToken) is not { } message)
        {
            return false;
        }

        using var span = Tracing.Begin("outbox")?.SetTag("approvals.kind", message.Kind).SetTag("approvals.message", id);
        try
        {
            var handler = scope.ServiceProvider.GetServices<IOutboxHandler>().FirstOrDefault(one => one.Kind == message.Kind)
                ?? throw new InvalidOperationException($"No handler for outbox messages of kind '{message.Kind}'.");
            await handler.HandleAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            span.Failed(exception);
            await unitOfWork.RunAsync(_ => RecordFaultAsync(db, message, exception, cancellationToken), cancellationToken);
            return false;
        }

        var now = time.GetUtcNow();
        var finished = await unitOfWork.RunAsync(
            _ => Held(db, message).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DoneAt, now).SetProperty(row => row.LockedUntil, (DateTimeOffset?)null),
                cancellationToken),
            cancellationToken) > 0;
        if (finished)
        {
            measures.Sent(message.Kind, now - message.CreatedAt);
        }

        return finished;
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>().Outbox
            .Where(row => row.DoneAt == null && row.FailedAt == null && row.DueAt <= now)
            .Where(row => row.LockedUntil == null || row.LockedUntil < now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
            .Select(row => row.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
    }

    private async Task<OutboxMessage?> ClaimAsync(ApprovalsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        // Closes the race of two workers: only one update finds the row unlocked.
        var now = time.GetUtcNow();
        var until = now + lease;
        var claimed = await db.Outbox
            .Where(row => row.Id == id && row.DoneAt == null && row.FailedAt == null && row.DueAt <= now)
            .Where(row => row.LockedUntil == null || row.LockedUntil < now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LockedUntil, until).SetProperty(row => row.Attempts, row => row.Attempts + 1),
                cancellationToken);
        return claimed == 0 ? null : await db.Outbox.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
    }

    private async Task RecordFaultAsync(
        ApprovalsDbContext db, OutboxMessage message, Exception exception, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var error = ErrorText.Of(exception);
        DateTimeOffset? failedAt = message.Attempts >= MaxAttempts ? now : null;
        var dueAt = now + BackOff.After(message.Attempts);
        measures.NotSent(message.Kind, failedAt is not null);
        log.LogWarning("Outbox message {MessageId} of kind {Kind} failed, try {Attempt}: {Error}",
            message.Id, message.Kind, message.Attempts, error);
        log.LogDebug(exception, "Outbox message {MessageId} failed", message.Id);
        await Held(db, message).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LockedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.DueAt, dueAt)
                .SetProperty(row => row.FailedAt, failedAt)
                .SetProperty(row => row.LastError, error),
            cancellationToken);
    }

    /// <summary>The row while it is still ours: a worker that overran its lease must not overwrite its successor's result.</summary>
    private static IQueryable<OutboxMessage> Held(ApprovalsDbContext db, OutboxMessage message) => db.Outbox.Where(
        row => row.Id == message.Id && row.DoneAt == null && row.Attempts == message.Attempts && row.LockedUntil != null);
}
