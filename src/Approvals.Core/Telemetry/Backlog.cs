using System.Diagnostics.Metrics;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Core.Telemetry;

/// <summary>
/// What waits, as gauges (积压). The database is asked only when a collector asks, and at most once a minute. Singleton.
/// </summary>
public sealed class Backlog
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private readonly ILogger<Backlog> log;
    private readonly Lock turn = new();
    private Counts counts = new();
    private DateTimeOffset countedAt = DateTimeOffset.MinValue;

    /// <summary>Makes the gauges on a meter of this host.</summary>
    public Backlog(IMeterFactory meters, IServiceScopeFactory scopes, TimeProvider time, ILogger<Backlog> log)
    {
        (this.scopes, this.time, this.log) = (scopes, time, log);
        var meter = meters.Create(Measures.MeterName);
        Gauge(meter, "approvals.tasks.open", "{task}", "Tasks that wait for a person", now => now.Open);
        Gauge(meter, "approvals.tasks.overdue", "{task}", "Open tasks whose deadline has passed", now => now.Overdue);
        Gauge(meter, "approvals.steps.unassigned", "{step}", "Steps that found nobody and wait for an administrator", now => now.Unassigned);
        Gauge(meter, "approvals.incidents.open", "{incident}", "Workflow instances that stopped and wait for an administrator", now => now.Incidents);
        Gauge(meter, "approvals.outbox.waiting", "{message}", "Outbox messages that are due and not carried out", now => now.Waiting);
        Gauge(meter, "approvals.outbox.given_up", "{message}", "Outbox messages that were given up", now => now.GivenUp);
        Gauge(meter, "approvals.timers.overdue", "{timer}", "Timers that are due and have not fired", now => now.Timers);
        meter.CreateObservableGauge("approvals.outbox.lag", () => Now().Lag, "s", "Age of the oldest outbox message that is due");
    }

    private void Gauge(Meter meter, string name, string unit, string description, Func<Counts, long> value) =>
        meter.CreateObservableGauge(name, () => value(Now()), unit, description);

    private Counts Now()
    {
        lock (turn)
        {
            var now = time.GetUtcNow();
            if (now - countedAt >= Fresh)
            {
                countedAt = now;
                try
                {
                    counts = Count(now);
                }
                catch (Exception fault)
                {
                    // The last figures stand; a collector must not fail because the database is away, the health check says that.
                    log.LogWarning("The backlog could not be counted: {Fault}", fault.GetType().Name);
                }
            }

            return counts;
        }
    }

    // Synchronous, because the meter's callbacks are.
    private Counts Count(DateTimeOffset now)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
        var open = db.Tasks.Where(task => task.State == TaskState.Open);
        var due = db.Outbox.Where(row => row.DoneAt == null && row.FailedAt == null && row.DueAt <= now);
        var oldest = due.OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefault();
        return new Counts
        {
            Open = open.LongCount(),
            Overdue = open.LongCount(task => task.SortDue < now),
            Unassigned = db.StepRuns.LongCount(step => step.Status == StepStatus.Unassigned),
            Incidents = db.Incidents.LongCount(row => row.ResolvedAt == null),
            Waiting = due.LongCount(),
            GivenUp = db.Outbox.LongCount(row => row.DoneAt == null && row.FailedAt != null),
            Timers = db.Timers.LongCount(row => row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now),
            Lag = oldest is { } first ? (now - first).TotalSeconds : 0,
        };
    }

    private sealed record Counts
    {
        public long Open { get; init; }

        public long Overdue { get; init; }

        public long Unassigned { get; init; }

        public long Incidents { get; init; }

        public long Waiting { get; init; }

        public long GivenUp { get; init; }

        public long Timers { get; init; }

        public double Lag { get; init; }
    }
}
