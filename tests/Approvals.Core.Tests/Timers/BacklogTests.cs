using System.Collections.Concurrent;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Timers;

/// <summary>A backlog, two hundred timers and more, is fired several at a time.</summary>
public sealed class BacklogTests
{
    private const int Instances = 210;
    private const int OfEach = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Firings firings = new();

    [Theory, OnEachDatabase]
    public async Task Every_timer_of_a_backlog_fires_once_and_those_of_one_instance_in_order(string database)
    {
        await using var kernel = await StartAsync(database);
        var instances = await ScheduleAsync(kernel, "shared");

        Assert.Equal(Instances * OfEach, await RunDueAsync(kernel));

        Assert.Equal(Instances * OfEach, firings.Done.Distinct().Count());
        Assert.Equal(Instances * OfEach, firings.Done.Count);
        foreach (var instance in instances)
            Assert.Equal(["0", "1"], firings.Done.Where(key => key.StartsWith($"{instance}", StringComparison.Ordinal)).Select(key => key[^1..]));
        Assert.Equal(Instances * OfEach, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
        Assert.All(await kernel.ReadAsync(db => db.Timers.AsNoTracking().ToListAsync(Cancel)), row => Assert.NotNull(row.FiredAt));
        Assert.True(firings.Transactions.Count < Instances, $"{firings.Transactions.Count} transactions");
    }

    [Theory, OnEachDatabase]
    public async Task A_timer_that_fails_or_gives_up_stops_none_of_those_fired_together_with_it(string database)
    {
        await using var kernel = await StartAsync(database);
        var instances = await ScheduleAsync(kernel, "shared");
        firings.Failing = $"{instances[7]}:0";
        firings.GivingUp = $"{instances[100]}:0";

        // The second timer of an instance does not wait for the first, which is tried again later.
        Assert.Equal((Instances * OfEach) - 2, await RunDueAsync(kernel));

        var waiting = await kernel.ReadAsync(db => db.Timers.AsNoTracking().Where(row => row.FiredAt == null).OrderBy(row => row.LastError)
            .Select(row => new { row.Key, row.Attempts, row.LastError }).ToListAsync(Cancel));
        Assert.Equal(
            [new { Key = firings.Failing, Attempts = 1, LastError = (string?)"InvalidDataException" },
                new { Key = firings.GivingUp, Attempts = 1, LastError = (string?)"InvalidOperationException" }],
            waiting);

        // What was rolled back left nothing: one person for each timer that is stored as fired.
        Assert.Equal((Instances * OfEach) - 2, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
        Assert.Equal((Instances * OfEach) - 2, await kernel.ReadAsync(db => db.People.Select(row => row.Name).Distinct().CountAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task Timers_whose_work_shares_no_transaction_have_one_each(string database)
    {
        await using var kernel = await StartAsync(database);
        await ScheduleAsync(kernel, "alone");

        Assert.Equal(Instances * OfEach, await RunDueAsync(kernel));

        Assert.Equal(Instances * OfEach, firings.Transactions.Count);
    }

    /// <summary>On PostgreSQL, for SQLite has one writer: without a second transaction the first would wait in vain.</summary>
    [Fact]
    public async Task Transactions_of_a_backlog_run_at_the_same_time_and_never_two_of_one_instance()
    {
        await using var kernel = await StartAsync("PostgreSql");
        await ScheduleAsync(kernel, "shared");
        firings.Meeting = new TaskCompletionSource();

        Assert.Equal(Instances * OfEach, await RunDueAsync(kernel));

        Assert.True(firings.Meeting.Task.IsCompletedSuccessfully);
        Assert.False(firings.Overlapped);
    }

    [Theory, OnEachDatabase]
    public async Task Two_servers_with_the_same_backlog_fire_each_timer_once(string database)
    {
        await using var kernel = await StartAsync(database);
        await ScheduleAsync(kernel, "shared");

        var fired = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => RunDueAsync(kernel))));

        Assert.Equal(Instances * OfEach, fired.Sum());
        Assert.Equal(Instances * OfEach, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
    }

    /// <summary>What the start may not wait for: of a backlog, and of a few timers, only what was begun in time is fired.</summary>
    [Theory, OnEachDatabase]
    public async Task A_sweep_with_a_limit_looks_at_it_before_each_transaction(string database)
    {
        await using var kernel = await StartAsync(database);
        await ScheduleAsync(kernel, "alone");
        firings.Takes = () => kernel.Time.Advance(TimeSpan.FromMinutes(1));
        var sweep = kernel.Services.GetRequiredService<TimerSweep>();

        // At most one of each of those that are fired at the same time.
        var fired = await sweep.RunDueAsync(Cancel, kernel.Time.GetUtcNow().AddSeconds(2));
        Assert.InRange(fired, 1, 4);
        Assert.Equal(fired, firings.Done.Count);

        firings.Takes = () => { };
        Assert.Equal((Instances * OfEach) - fired, await sweep.RunDueAsync(Cancel));
    }

    private Task<TestKernel> StartAsync(string database) => TestKernel.StartAsync(database, services =>
    {
        services.AddSingleton(firings);
        services.AddScoped<ITimerHandler>(provider => new Handler("shared", provider));
        services.AddScoped<ITimerHandler>(provider => new Handler("alone", provider));
    });

    private static async Task<List<Guid>> ScheduleAsync(TestKernel kernel, string kind)
    {
        var instances = Enumerable.Range(0, Instances).Select(_ => Guid.CreateVersion7()).ToList();
        await kernel.CommitAsync((scope, _) =>
        {
            var timers = scope.GetRequiredService<TimerService>();
            var due = kernel.Time.GetUtcNow();
            for (var i = 0; i < OfEach; i++)
            {
                foreach (var instance in instances)
                    timers.Schedule($"{instance}:{i}", kind, new { }, due.AddMinutes(i), instance);
            }
        });
        kernel.Time.Advance(TimeSpan.FromDays(1));
        return instances;
    }

    private static Task<int> RunDueAsync(TestKernel kernel) => kernel.Services.GetRequiredService<TimerSweep>().RunDueAsync(Cancel);

    private sealed class Firings
    {
        /// <summary>Keys whose work was carried out, in the order in which it was; what is rolled back afterwards stands here, too.</summary>
        public ConcurrentQueue<string> Done { get; } = [];

        public ConcurrentDictionary<Guid, bool> Transactions { get; } = [];

        public ConcurrentDictionary<Guid, Guid> Working { get; } = [];

        public bool Overlapped { get; set; }

        public string? Failing { get; set; }

        public string? GivingUp { get; set; }

        public TaskCompletionSource? Meeting { get; set; }

        public Action Takes { get; set; } = () => { };
    }

    private sealed class Handler(string kind, IServiceProvider services) : ITimerHandler
    {
        public string Kind => kind;

        public bool SharesTransaction => kind == "shared";

        public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
        {
            var (firings, db) = (services.GetRequiredService<Firings>(), services.GetRequiredService<ApprovalsDbContext>());
            var transaction = db.Database.CurrentTransaction!.TransactionId;
            firings.Transactions[transaction] = true;
            firings.Overlapped |= !firings.Working.TryAdd(row.InstanceId!.Value, transaction);
            db.People.Add(new Person { Name = row.Key });
            firings.Takes();
            if (row.Key == firings.Failing)
                throw new InvalidDataException("no");
            if (row.Key == firings.GivingUp)
                await services.GetRequiredService<UnitOfWork>().RunAsync(unit => { unit.Abort(); return Task.CompletedTask; }, cancellationToken);
            if (firings.Meeting is { } meeting)
            {
                if (firings.Transactions.Count > 1)
                    meeting.TrySetResult();
                await meeting.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            }

            firings.Done.Enqueue(row.Key);
            firings.Working.TryRemove(row.InstanceId.Value, out _);
        }
    }
}
