using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Web.Jobs;
using Approvals.Web.Tests.Infrastructure;
using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Jobs;

/// <summary>
/// What is slow among the messages holds no timer up: the jobs of the two have workers and sweeps of their own. Beside no other test: Hangfire keeps
/// one storage for the whole process, and another product that starts meanwhile would be handed the jobs.
/// </summary>
[CollectionDefinition(nameof(JobQueuesTests), DisableParallelization = true)]
[Collection(nameof(JobQueuesTests))]
public sealed class JobQueuesTests
{
    private const int Workers = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly Hanging hanging = new();

    [Fact]
    public async Task A_timer_fires_while_every_other_worker_hangs_in_a_message()
    {
        await using var app = Open();
        await CommitAsync(app, scope =>
        {
            for (var message = 0; message < Workers; message++)
                scope.GetRequiredService<Outbox>().Enqueue($"hanging:{message}", Silent.MessageKind, new { });
        });
        var messages = await app.DatabaseAsync(db => db.Outbox.Where(row => row.Kind == Silent.MessageKind).Select(row => row.Id).ToListAsync(Stop));
        var jobs = app.Services.GetRequiredService<IBackgroundJobClient>();
        try
        {
            // One each, for the bell puts what a moment brings into one job.
            foreach (var id in messages)
            {
                Guid[] one = [id];
                jobs.Enqueue<OutboxJob>(job => job.RunAsync(one, CancellationToken.None));
            }

            for (var worker = 0; worker < Workers; worker++)
                Assert.True(await hanging.Entered.WaitAsync(TimeSpan.FromSeconds(60), Stop));

            await CommitAsync(app, scope => scope.GetRequiredService<TimerService>()
                .Schedule("ringing", Ringing.TimerKind, new { }, app.Clock.GetUtcNow()));
            var timer = await app.DatabaseAsync(db => db.Timers.Where(row => row.Key == "ringing").Select(row => row.Id).SingleAsync(Stop));
            jobs.Enqueue<TimerJob>(job => job.RunAsync(timer, CancellationToken.None));
            await hanging.Rung.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        }
        finally
        {
            hanging.Over.SetResult();
        }
    }

    [Fact]
    public async Task Timers_and_messages_are_swept_by_a_job_each()
    {
        await using var app = Open();
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        var swept = connection.GetRecurringJobs().Where(job => job.Id.StartsWith("sweep", StringComparison.Ordinal));
        Assert.Equal(
            [("sweep", nameof(SweepJob)), ("sweep-timers", "TimerSweepJob")], swept.Select(job => (job.Id, job.Job.Type.Name)).Order());
    }

    private TestApp Open() => new()
    {
        Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = $"{Workers}" },
        Replace = services => services.AddSingleton(hanging).AddScoped<IOutboxHandler, Silent>().AddScoped<ITimerHandler, Ringing>(),
    };

    private static Task<bool> CommitAsync(TestApp app, Action<IServiceProvider> work) => app.ServiceAsync<IServiceProvider, bool>(
        scope => scope.GetRequiredService<UnitOfWork>().RunAsync(
            _ =>
            {
                work(scope);
                return Task.FromResult(true);
            },
            Stop));

    private sealed class Hanging
    {
        public SemaphoreSlim Entered { get; } = new(0);

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Rung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>As a receiver that takes the connection and says nothing.</summary>
    private sealed class Silent(Hanging hanging) : IOutboxHandler
    {
        public const string MessageKind = "test-silent";

        public string Kind => MessageKind;

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            hanging.Entered.Release();
            return hanging.Over.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Ringing(Hanging hanging) : ITimerHandler
    {
        public const string TimerKind = "test-ringing";

        public string Kind => TimerKind;

        public Task FireAsync(TimerRow row, CancellationToken cancellationToken)
        {
            hanging.Rung.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
