using System.Collections.Concurrent;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Timers;

public sealed class TimerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Firings firings = new();

    [Theory, OnEachDatabase]
    public async Task ATimerRungTenTimesAtOnceFiresOnce(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await ScheduleAsync(kernel, "t1", TimeSpan.FromMinutes(5));
        kernel.Time.Advance(TimeSpan.FromMinutes(6));
        var id = await kernel.ReadAsync(db => db.Timers.Select(row => row.Id).SingleAsync(Cancel));
        var sweep = kernel.Services.GetRequiredService<TimerSweep>();
        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => sweep.FireAsync(id, Cancel))));
        Assert.Single(won, fired => fired);
        Assert.Equal(["t1"], firings.Keys);
        Assert.Equal(1, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task ARingBeforeItsTimeDoesNothing(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await ScheduleAsync(kernel, "t1", TimeSpan.FromMinutes(5));
        kernel.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(900));
        var id = await kernel.ReadAsync(db => db.Timers.Select(row => row.Id).SingleAsync(Cancel));
        Assert.False(await kernel.Services.GetRequiredService<TimerSweep>().FireAsync(id, Cancel));
        kernel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RunDueAsync(kernel));
    }

    [Theory, OnEachDatabase]
    public async Task AfterARestartAndAnOutageEverythingDueFiresOnceOldestFirst(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await ScheduleAsync(kernel, "later", TimeSpan.FromDays(3));
        await ScheduleAsync(kernel, "sooner", TimeSpan.FromHours(1));
        await ScheduleAsync(kernel, "not yet", TimeSpan.FromDays(30));
        kernel.Time.Advance(TimeSpan.FromDays(10));
        await kernel.RestartAsync();
        await kernel.InScopeAsync(async scope =>
        {
            var start = scope.GetServices<Hosting.IStartupTask>().OfType<CatchUp>().Single();
            await start.RunAsync(Cancel);
            await start.RunAsync(Cancel);
            return true;
        });
        Assert.Equal(["sooner", "later"], firings.Keys);
    }

    [Theory, OnEachDatabase]
    public async Task ACancelledTimerDoesNotFire(string provider)
    {
        await using var kernel = await StartAsync(provider);
        var bookmark = Guid.CreateVersion7();
        await kernel.CommitAsync((scope, _) => scope.GetRequiredService<TimerService>().Schedule(
            "t1", "test", new { }, kernel.Time.GetUtcNow().AddMinutes(1), bookmarkId: bookmark));
        var cancelled = await kernel.CommitAsync((scope, _) =>
        {
            var timers = scope.GetRequiredService<TimerService>();
            timers.Schedule("t2", "test", new { }, kernel.Time.GetUtcNow().AddMinutes(1), bookmarkId: bookmark);
            return timers.CancelForBookmarkAsync(bookmark, Cancel);
        });
        kernel.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((2, 0), (cancelled, await RunDueAsync(kernel)));
    }

    [Theory, OnEachDatabase]
    public async Task AHandlersFaultRollsBackWaitsLongerAndIsNeverLost(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await ScheduleAsync(kernel, "t1", TimeSpan.Zero);
        firings.FailuresLeft = 2;
        Assert.Equal(0, await RunDueAsync(kernel));
        Assert.Equal(0, await RunDueAsync(kernel));
        var row = await kernel.ReadAsync(db => db.Timers.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((1, "InvalidDataException", null), (row.Attempts, row.LastError, row.FiredAt));
        Assert.Equal(0, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
        kernel.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, await RunDueAsync(kernel));
        kernel.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, await RunDueAsync(kernel));
        Assert.Equal(["t1"], firings.Keys);
    }

    [Theory, OnEachDatabase]
    public async Task TheSameKeyIsScheduledOnce(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await ScheduleAsync(kernel, "t1", TimeSpan.FromMinutes(1));
        await ScheduleAsync(kernel, "t1", TimeSpan.FromMinutes(2));
        Assert.Equal(1, await kernel.ReadAsync(db => db.Timers.CountAsync(Cancel)));
    }

    [Fact]
    public async Task ACommitRingsTheBellForWhatIsDueSoon()
    {
        var ringer = new Ringer();
        await using var kernel = await TestKernel.StartAsync("Sqlite", services => services.AddSingleton<IBellRinger>(ringer));
        await kernel.CommitAsync((scope, _) =>
        {
            var timers = scope.GetRequiredService<TimerService>();
            timers.Schedule("soon", "test", new { }, kernel.Time.GetUtcNow().AddMinutes(10));
            timers.Schedule("late", "test", new { }, kernel.Time.GetUtcNow().AddDays(10));
            scope.GetRequiredService<Core.Notifications.Outbox>().Enqueue("m1", "mail", new { });
        });
        Assert.Equal((1, 1), (ringer.Timers, ringer.Messages));
    }

    [Fact]
    public async Task ABrokenBellDoesNotFailTheCommittedWork()
    {
        await using var kernel = await TestKernel.StartAsync(
            "Sqlite", services => services.AddSingleton<IBellRinger>(new Ringer { IsBroken = true }));
        await ScheduleAsync(kernel, "t1", TimeSpan.Zero);
        Assert.Equal(1, await kernel.ReadAsync(db => db.Timers.CountAsync(Cancel)));
    }

    private Task<TestKernel> StartAsync(string provider) => TestKernel.StartAsync(provider, services =>
    {
        services.AddSingleton(firings);
        services.AddScoped<ITimerHandler, Handler>();
    });

    private static Task ScheduleAsync(TestKernel kernel, string key, TimeSpan after) => kernel.CommitAsync((scope, _) =>
        scope.GetRequiredService<TimerService>().Schedule(key, "test", new { }, kernel.Time.GetUtcNow() + after));

    private static Task<int> RunDueAsync(TestKernel kernel) =>
        kernel.Services.GetRequiredService<TimerSweep>().RunDueAsync(Cancel);

    private sealed class Firings
    {
        public ConcurrentQueue<string> Keys { get; } = [];

        public int FailuresLeft { get; set; }
    }

    private sealed class Handler(Firings firings, Core.Data.ApprovalsDbContext db) : ITimerHandler
    {
        public string Kind => "test";

        public Task FireAsync(TimerRow row, CancellationToken cancellationToken)
        {
            db.People.Add(new Person { Name = row.Key });
            if (firings.FailuresLeft-- > 0)
            {
                throw new InvalidDataException("张三 320106199001011234");
            }

            firings.Keys.Enqueue(row.Key);
            return Task.CompletedTask;
        }
    }

    private sealed class Ringer : IBellRinger
    {
        public int Timers { get; private set; }

        public int Messages { get; private set; }

        public bool IsBroken { get; init; }

        public void RingMessage(Guid id) => Messages++;

        public void RingTimer(Guid id, DateTimeOffset dueAt) =>
            Timers += IsBroken ? throw new InvalidOperationException("no storage") : 1;
    }
}
