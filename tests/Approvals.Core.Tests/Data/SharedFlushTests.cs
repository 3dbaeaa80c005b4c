using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Data;

public sealed class SharedFlushTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoComesWhileOneRunsWaitsForTheNextAndAllOfThemForTheSame()
    {
        using var may = new SemaphoreSlim(0);
        var begun = 0;
        var shared = new SharedFlush(() =>
        {
            Interlocked.Increment(ref begun);
            may.Wait(Cancel);
        });
        var first = shared.FlushAsync();
        await ReachedAsync(() => Volatile.Read(ref begun) == 1);
        var second = shared.FlushAsync();
        var third = shared.FlushAsync();
        Assert.NotSame(first, second);
        Assert.Same(second, third);

        may.Release();
        await first;
        Assert.False(second.IsCompleted);
        await ReachedAsync(() => Volatile.Read(ref begun) == 2);

        // One that comes now may have committed behind what the second flush has seen.
        var fourth = shared.FlushAsync();
        may.Release();
        await second;
        Assert.False(fourth.IsCompleted);
        may.Release();
        await fourth;
        Assert.Equal(3, begun);
    }

    [Fact]
    public async Task AFaultReachesThoseWhoWaitedForItAndNobodyAfterThem()
    {
        var isBroken = true;
        var shared = new SharedFlush(() =>
        {
            if (isBroken)
                throw new IOException("no");
        });
        await Assert.ThrowsAsync<IOException>(shared.FlushAsync);
        isBroken = false;
        await shared.FlushAsync();
    }

    [Fact]
    public async Task AThreadWithNothingToDoEndsAndTheNextFlushStartsAnother()
    {
        var threads = new List<Thread>();
        var shared = new SharedFlush(() => threads.Add(Thread.CurrentThread), TimeSpan.FromMilliseconds(1));

        await shared.FlushAsync();
        Assert.True(threads[0].Join(TimeSpan.FromSeconds(60)), "The thread lingers.");
        await shared.FlushAsync();

        Assert.Equal(2, threads.Distinct().Count());
    }

    [Fact]
    public async Task AThreadThatIsKeptBusyIsTheSame()
    {
        var threads = new List<Thread>();
        var shared = new SharedFlush(() => threads.Add(Thread.CurrentThread), TimeSpan.FromMinutes(1));
        for (var i = 0; i < 20; i++)
            await shared.FlushAsync();

        Assert.Equal((20, 1), (threads.Count, threads.Distinct().Count()));
    }

    [Theory, OnEachDatabase]
    public async Task NobodyIsToldOfACommitBeforeItIsOnTheDisk(string provider)
    {
        var disk = new Disk();
        await using var kernel = await TestKernel.StartAsync(provider, services => services.AddSingleton<ICommitFlush>(disk));
        var told = kernel.CommitAsync((_, db) => db.People.Add(new Person { Name = "甲" }));
        await disk.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.False(told.IsCompleted);

        // The turn has been passed on: another commits meanwhile.
        disk.IsQuick = true;
        await kernel.CommitAsync((_, db) => db.People.Add(new Person { Name = "乙" }));
        Assert.Equal(2, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
        Assert.False(told.IsCompleted);
        disk.Done.SetResult();
        await told;
    }

    [Fact]
    public async Task EveryTurnRunsOnOneConnectionThatDoesNotWaitForTheDiskAndWhatIsWrittenOutsideOneOnAnotherThatDoes()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var (first, second) = (await TurnAsync(kernel), await TurnAsync(kernel));
        Assert.Same(first.Within, second.Within);
        Assert.Equal((1, 2), (second.ModeWithin, second.ModeAfter));
        Assert.NotSame(second.Within, second.After);
    }

    [Fact]
    public async Task ATurnThatFailsLeavesTheNextAConnectionWithoutATransaction()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await Assert.ThrowsAsync<InvalidOperationException>(() => kernel.CommitAsync<bool>(async (_, unit) =>
        {
            unit.Db.People.Add(new Person { Name = "甲" });
            await unit.Db.SaveChangesAsync(Cancel);
            throw new InvalidOperationException("no");
        }));
        await kernel.CommitAsync((_, db) => db.People.Add(new Person { Name = "乙" }));
        Assert.Equal(["乙"], await kernel.ReadAsync(db => db.People.Select(one => one.Name).ToListAsync(Cancel)));
    }

    private static async Task<(object Within, object After, int ModeWithin, int ModeAfter)> TurnAsync(TestKernel kernel)
    {
        static async Task<int> ModeAsync(ApprovalsDbContext db) => (await db.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync(Cancel))[0];
        return await kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<ApprovalsDbContext>();
            var (within, mode) = await scope.GetRequiredService<UnitOfWork>().RunAsync(
                async _ =>
                {
                    db.People.Add(new Person { Name = "甲" });
                    return (db.Database.GetDbConnection(), await ModeAsync(db));
                },
                Cancel);
            return (within, db.Database.GetDbConnection(), mode, await ModeAsync(db));
        });
    }

    private static async Task ReachedAsync(Func<bool> isReached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isReached())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Disk : ICommitFlush
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsQuick { get; set; }

        public IDisposable? Lend(DbContext context) => null;

        public Task FlushAsync()
        {
            if (IsQuick)
                return Task.CompletedTask;
            Asked.TrySetResult();
            return Done.Task;
        }
    }
}
