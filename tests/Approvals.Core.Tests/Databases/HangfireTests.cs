using System.Collections.Concurrent;
using Approvals.Web.Jobs;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Core.Tests.Databases;

/// <summary>
/// Hangfire as the product sets it up, on the storage that goes with each database: what is enqueued, tried again, scheduled and due again
/// and again is run, and no more often than that. A server of the test's own, for it looks every second at what is due.
/// </summary>
public sealed class HangfireTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task JobsAreEnqueuedTriedAgainScheduledAndRepeated(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-hangfire-").FullName;
        var connection = await DatabaseTemplate.EmptyAsync(provider, folder);
        try
        {
            await RunAsync(Services(provider, connection, folder));
        }
        finally
        {
            await DatabaseTemplate.DropAsync(provider, connection);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Hangfire would give each host in a process the storage of whichever was set up last.</summary>
    [Fact]
    public async Task EachHostHasItsOwnStorage()
    {
        await using var one = Services("Sqlite", "Data Source=:memory:", "");
        await using var other = Services("Sqlite", "Data Source=:memory:", "");
        var (first, second) = (one.GetRequiredService<JobStorage>(), other.GetRequiredService<JobStorage>());
        Assert.NotSame(first, second);
        one.GetRequiredService<IBackgroundJobClient>().Enqueue<Probe>(job => job.Run("mine"));
        Assert.Equal((1, 0), (first.GetMonitoringApi().EnqueuedCount("default"), second.GetMonitoringApi().EnqueuedCount("default")));
    }

    private static async Task RunAsync(ServiceProvider services)
    {
        await using var product = services;
        var log = services.GetRequiredService<ProbeLog>();
        var storage = services.GetRequiredService<JobStorage>();
        var jobs = services.GetRequiredService<IBackgroundJobClient>();
        var recurring = services.GetRequiredService<IRecurringJobManager>();
        var failed = jobs.Enqueue<Probe>(job => job.FailFirst("failed"));
        jobs.Enqueue<Probe>(job => job.TryAgain("again"));
        jobs.Enqueue<Probe>(job => job.Run("enqueued"));
        jobs.Enqueue<Probe>(JobServices.TimerQueue, job => job.Run("timer"));
        jobs.Schedule<Probe>(job => job.Run("scheduled"), TimeSpan.FromSeconds(2));
        recurring.AddOrUpdate<Probe>("yearly", job => job.Run("triggered"), Cron.Yearly());
        recurring.Trigger("yearly");
        recurring.AddOrUpdate<Probe>("by-the-second", job => job.Run("repeated"), "* * * * * *");

        // One worker, which takes one job after the other: when a later one has run, the state of an earlier one is written.
        var options = new BackgroundJobServerOptions
        {
            Activator = services.GetRequiredService<JobActivator>(),
            WorkerCount = 1,
            Queues = ["default", JobServices.TimerQueue],
            SchedulePollingInterval = TimeSpan.FromSeconds(1),
        };
        using (new BackgroundJobServer(options, storage))
        {
            foreach (var (name, times) in new[] { ("enqueued", 1), ("timer", 1), ("scheduled", 1), ("again", 2), ("triggered", 1), ("repeated", 2) })
                await log.SeenAsync(name, times).WaitAsync(Patience, Cancel);
            recurring.RemoveIfExists("by-the-second");

            // The product's own rule: Hangfire tries nothing again by itself; somebody presses 重试 on its page.
            using (var read = storage.GetConnection())
                Assert.Equal("Failed", read.GetStateData(failed).Name);
            Assert.True(jobs.Requeue(failed));
            await log.SeenAsync("failed", 2).WaitAsync(Patience, Cancel);
        }

        Assert.Equal(
            [("again", 2), ("enqueued", 1), ("failed", 2), ("scheduled", 1), ("timer", 1), ("triggered", 1)],
            log.Counts.Where(one => one.Name != "repeated").OrderBy(one => one.Name, StringComparer.Ordinal));
        var statistics = storage.GetMonitoringApi().GetStatistics();
        Assert.Equal((0, 1), (statistics.Failed, statistics.Recurring));
    }

    private static ServiceProvider Services(string provider, string connection, string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider, ["ConnectionStrings:Approvals"] = connection, ["Data:Folder"] = folder,
        }).Build();

        // Not the provider's to dispose of: Hangfire logs by the factory that it was given last, whoever runs in this process.
        return new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging().AddJobs(configuration).AddSingleton<ProbeLog>().AddScoped<Probe>().BuildServiceProvider();
    }

    /// <summary>What has run, and how often.</summary>
    public sealed class ProbeLog
    {
        private readonly ConcurrentDictionary<string, int> runs = new();
        private readonly ConcurrentDictionary<(string Name, int Times), TaskCompletionSource> waits = new();

        internal IEnumerable<(string Name, int Times)> Counts => runs.Select(one => (one.Key, one.Value));

        internal int Add(string name)
        {
            var times = runs.AddOrUpdate(name, 1, (_, before) => before + 1);
            Wait(name, times).TrySetResult();
            return times;
        }

        internal Task SeenAsync(string name, int times) => Wait(name, times).Task;

        private TaskCompletionSource Wait(string name, int times) =>
            waits.GetOrAdd((name, times), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Public, because Hangfire stores its name and looks it up again.</summary>
    public sealed class Probe(ProbeLog log)
    {
        public void Run(string name) => log.Add(name);

        public void FailFirst(string name)
        {
            if (log.Add(name) == 1)
                throw new InvalidOperationException("the first time");
        }

        [AutomaticRetry(Attempts = 1, DelaysInSeconds = [1])]
        public void TryAgain(string name) => FailFirst(name);
    }
}
