using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Certificates;
using Approvals.Core.Files;
using Approvals.Core.Integrity;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Retention;
using Approvals.Core.Webhooks;
using Approvals.Web.Jobs;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;
using Approvals.Web.Tests.Webhooks;
using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Jobs;

/// <summary>
/// Every job three times at once and then once more does its work once: no timer fires and no message is sent twice, no document, packet,
/// checkpoint or removal is made twice, and every invariant holds. Which jobs there are is read from the code: one that is not tried here fails.
/// </summary>
[Collection(nameof(JobQueuesTests))]
public sealed class EveryJobTests : IAsyncLifetime
{
    private readonly Things things = new();
    private Receiver office = null!;
    private TestApp app = null!;
    private Desk desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        office = await Receiver.StartAsync();
        app = new TestApp
        {
            RunsJobs = false,
            Settings = new Dictionary<string, string?>
            {
                ["Demo:Register"] = "true",
                ["Webhooks:Targets:office:Url"] = office.Url,
                ["Webhooks:Targets:office:Secret"] = "shared between the two",
                ["Webhooks:Targets:office:AllowHttp"] = "true",
            },
        };
        desk = new Desk(app);
    }

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await app.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task Every_job_run_three_times_at_once_and_again_does_its_work_once()
    {
        // An event with its missions, orders and reminders, and an allowance that is owed.
        await RescueThings.MakeMissionsAsync(desk, things);
        await BuildPacketAsync();
        await app.DatabaseAsync(db => db.People.ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, "office@example.invalid"), Stop));
        var tried = new Dictionary<Type, Func<Task>>
        {
            [typeof(TimerJob)] = TimersAsync,
            [typeof(OutboxJob)] = MessagesAsync,
            [typeof(TimerSweepJob)] = TimersAreSweptAsync,
            [typeof(SweepJob)] = MessagesAreSweptAsync,
            [typeof(CheckpointJob)] = CheckpointAsync,
            [typeof(SweepFiles)] = FilesAsync,
            [typeof(RemoveFinished)] = RetentionAsync,
        };
        Assert.Equal(JobsOfTheCode(), tried.Keys.Select(job => job.Name).Order(StringComparer.Ordinal));

        foreach (var (job, run) in tried)
        {
            await run();
            var report = await app.ServiceAsync<IntegrityCheck, IntegrityReport>(check => check.RunAsync(Stop));
            Assert.True(report.IsWhole, $"After {job.Name}:\n{string.Join('\n', report.Violations)}");
        }
    }

    /// <summary>As after a kill between the effect and its mark: the same message is carried out again, by several at once and then once more.</summary>
    [Fact]
    public async Task Every_handler_of_messages_called_again_and_at_once_has_its_effect_once()
    {
        await RescueThings.MakeMissionsAsync(desk, things);
        await BuildPacketAsync();
        await app.DatabaseAsync(db => db.People.ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, "office@example.invalid"), Stop));
        var tried = new Dictionary<Type, Func<OutboxMessage, Task>>
        {
            [typeof(MailHandler)] = message =>
            {
                Assert.Single(Directory.GetFiles(Path.Combine(app.Folder, "mail")), file => file.Contains($"{message.Id:N}", StringComparison.Ordinal));
                return Task.CompletedTask;
            },
            [typeof(WebhookHandler)] = message =>
            {
                // Told several times, of one thing: the receiver knows it by its id.
                var calls = office.Calls.Where(call => call.Id == message.Id.ToString()).ToList();
                Assert.Equal(4, calls.Count);
                Assert.Single(calls.Select(call => call.Body).Distinct());
                return Task.CompletedTask;
            },
            [typeof(RenderDocument)] = async message =>
            {
                var id = Guid.Parse(message.Key.Split(':')[1]);
                Assert.NotNull(await app.DatabaseAsync(db => db.Documents.Where(row => row.Id == id).Select(row => row.FileId).SingleAsync(Stop)));
            },
            [typeof(RenderPacket)] = async _ =>
            {
                var kinds = await app.DatabaseAsync(db => db.PacketFiles.Select(row => row.Kind).ToListAsync(Stop));
                Assert.Equal(Enum.GetValues<PacketFileKind>().Order(), kinds.Order());
                var told = await app.DatabaseAsync(db => db.Notifications.Where(row => row.Text.Contains("已生成，请签收"))
                    .Select(row => row.PersonId).ToListAsync(Stop));
                Assert.NotEmpty(told);
                Assert.Equal(told.Count, told.Distinct().Count());
            },
        };
        Assert.Equal(Implementations(typeof(IOutboxHandler)), tried.Keys.Select(handler => handler.Name).Order(StringComparer.Ordinal));

        foreach (var (type, once) in tried)
        {
            // A packet waits for the documents on which its entitlements rest.
            if (type == typeof(RenderPacket))
            {
                foreach (var id in await app.DatabaseAsync(db => db.Outbox.Where(row => row.Kind == RenderDocument.MessageKind).Select(row => row.Id).ToListAsync(Stop)))
                    await app.Services.GetRequiredService<OutboxWorker>().RunAsync(id, Stop);
            }

            var kind = await app.ServiceAsync<IEnumerable<IOutboxHandler>, string>(
                handlers => Task.FromResult(handlers.Single(one => one.GetType() == type).Kind));
            var message = await app.DatabaseAsync(db => db.Outbox.AsNoTracking().Where(row => row.Kind == kind && row.DoneAt == null)
                .OrderBy(row => row.Id).FirstAsync(Stop));
            Task HandleAsync(IEnumerable<IOutboxHandler> handlers) => handlers.Single(one => one.GetType() == type).HandleAsync(message, Stop);

            // Who comes second to a file or a unique row is told to try later, as the worker does; one has come first.
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(
                async () => await Record.ExceptionAsync(() => OnceAsync<IEnumerable<IOutboxHandler>>(HandleAsync)), Stop)));
            Assert.Contains(null, answers);
            Assert.All(answers, late => Assert.True(late is null or IOException or DbUpdateException, late?.ToString()));
            await OnceAsync<IEnumerable<IOutboxHandler>>(HandleAsync);
            await once(message);
            var report = await app.ServiceAsync<IntegrityCheck, IntegrityReport>(check => check.RunAsync(Stop));
            Assert.True(report.IsWhole, $"After {type.Name}:\n{string.Join('\n', report.Violations)}");
        }
    }

    /// <summary>
    /// What Hangfire is told to run again and again, wherever its class is, and what the bell enqueues: the classes beside the jobs' services
    /// that are named as jobs.
    /// </summary>
    private IEnumerable<string> JobsOfTheCode()
    {
        // The recurring ones are in the storage of the process; the manager has written them when the product had started.
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        var recurring = connection.GetRecurringJobs().Select(job => job.Job.Type.Name).ToList();
        Assert.NotEmpty(recurring);
        var rung = ProductTypes().Where(type => type.Namespace == typeof(OutboxJob).Namespace && type.GetMethod("RunAsync") is not null)
            .Select(type => type.Name);
        return recurring.Concat(rung).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Implementations(Type contract) =>
        ProductTypes().Where(contract.IsAssignableFrom).Select(type => type.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<Type> ProductTypes() => new[] { typeof(IOutboxHandler).Assembly, typeof(OutboxJob).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false });

    private async Task BuildPacketAsync()
    {
        var cashier = await desk.AsAsync("mengqiu");
        var form = (await cashier.GetAsync("/finance/new?programme=commander-allowance")).Form("action=\"/finance/new?programme");
        Assert.Contains("/finance/packets/", (await cashier.PostAsync(form)).Location);
    }

    /// <summary>The timers of the first reminders, each by its bell.</summary>
    private async Task TimersAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(9));
        var since = app.Clock.GetUtcNow();
        var due = await DueTimersAsync();
        Assert.NotEmpty(due);
        await ThriceAndAgainAsync<TimerJob>(async job =>
        {
            foreach (var id in due)
                await job.RunAsync(id, Stop);
        });
        await FiredAsync(due, since);
    }

    /// <summary>Those that come later, by the sweep.</summary>
    private async Task TimersAreSweptAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(30));
        var since = app.Clock.GetUtcNow();
        var due = await DueTimersAsync();
        Assert.NotEmpty(due);
        await ThriceAndAgainAsync<TimerSweepJob>(job => job.RunAsync(Stop));
        await FiredAsync(due, since);
    }

    /// <summary>The first messages by their bell.</summary>
    private async Task MessagesAsync()
    {
        var first = await app.DatabaseAsync(db => db.Outbox.Where(row => row.DoneAt == null).OrderBy(row => row.Id).Select(row => row.Id)
            .Take(10).ToArrayAsync(Stop));
        Assert.Equal(10, first.Length);
        await ThriceAndAgainAsync<OutboxJob>(job => job.RunAsync(first, Stop));
        Assert.Equal(10, await app.DatabaseAsync(db => db.Outbox.CountAsync(
            row => first.Contains(row.Id) && row.DoneAt != null && row.Attempts == 1, Stop)));
    }

    /// <summary>The rest by the sweep: each was taken once, mailed once, told once.</summary>
    private async Task MessagesAreSweptAsync()
    {
        Assert.True(await app.DatabaseAsync(db => db.Outbox.AnyAsync(row => row.DoneAt == null, Stop)));
        await ThriceAndAgainAsync<SweepJob>(job => job.RunAsync(Stop));
        var sent = await app.DatabaseAsync(db => db.Outbox.AsNoTracking().ToListAsync(Stop));
        Assert.All(sent, message => Assert.True(message is { DoneAt: not null, Attempts: 1 }, $"{message.Kind}: {message.Attempts}, {message.LastError}"));
        Assert.Equal(sent.Count(one => one.Kind == "mail"), Directory.GetFiles(Path.Combine(app.Folder, "mail")).Length);
        Assert.Equal(
            sent.Where(one => one.Kind == WebhookHandler.MessageKind).Select(one => one.Id.ToString()).Order(StringComparer.Ordinal),
            office.Calls.Select(call => call.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>The newest entry is signed, and once: a run that finds nothing new writes nothing.</summary>
    private async Task CheckpointAsync()
    {
        await ThriceAndAgainAsync<CheckpointJob>(job => job.RunAsync(Stop));
        var signed = await app.ServiceAsync<CheckpointWriter, IReadOnlyList<AuditCheckpoint?>>(writer => writer.ReadAsync(Stop));
        var last = await app.DatabaseAsync(db => db.AuditEntries.MaxAsync(row => row.Sequence, Stop));
        Assert.DoesNotContain(null, signed);
        Assert.Single(signed, one => one!.Sequence == last);
    }

    /// <summary>The content that no row names is gone, every other is there (an invariant), and the audit's counts add up to it.</summary>
    private async Task FilesAsync()
    {
        var stored = await app.ServiceAsync<FileStore, StoredFile>(files =>
            files.SaveAsync(new MemoryStream("%PDF-1.7 named by no row"u8.ToArray()), "application/pdf", null, Stop));
        var content = Path.Combine(app.Folder, "files", stored.Sha256[..2], stored.Sha256[2..]);
        Assert.True(File.Exists(content));
        File.SetLastWriteTimeUtc(content, File.GetLastWriteTimeUtc(content) - SweepFiles.Age - SweepFiles.Age);
        await ThriceAndAgainAsync<SweepFiles>(job => job.RunAsync(Stop));
        Assert.False(File.Exists(content));
        Assert.Equal(1, (await CountsAsync("files.swept")).Sum(one => (int)one["files"]!));
    }

    /// <summary>What is over for long is gone, and the audit's counts add up to it.</summary>
    private async Task RetentionAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(91));
        var (timers, messages) = await app.DatabaseAsync(async db => (
            await db.Timers.CountAsync(Stop), await db.Outbox.CountAsync(row => row.DoneAt != null, Stop)));
        await ThriceAndAgainAsync<RemoveFinished>(job => job.RunAsync(Stop));
        var (timersLeft, messagesLeft) = await app.DatabaseAsync(async db => (await db.Timers.CountAsync(Stop), await db.Outbox.CountAsync(Stop)));
        Assert.Equal(0, messagesLeft);
        var counts = await CountsAsync("rows.removed");
        Assert.Equal((timers - timersLeft, messages), (counts.Sum(one => (int)one["timers"]!), counts.Sum(one => (int)one["messages"]!)));
    }

    private async Task<List<JsonNode>> CountsAsync(string action) => (await app.DatabaseAsync(db => db.AuditEntries
        .Where(row => row.Action == action).Select(row => row.Details).ToListAsync(Stop))).ConvertAll(text => JsonNode.Parse(text)!);

    private Task<List<Guid>> DueTimersAsync()
    {
        var now = app.Clock.GetUtcNow();
        return app.DatabaseAsync(db => db.Timers
            .Where(row => row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now).Select(row => row.Id).ToListAsync(Stop));
    }

    /// <summary>They fired, without an error, and told nobody the same thing twice.</summary>
    private async Task FiredAsync(List<Guid> due, DateTimeOffset since)
    {
        Assert.Equal(due.Count, await app.DatabaseAsync(db => db.Timers.CountAsync(
            row => due.Contains(row.Id) && (row.FiredAt != null || row.CancelledAt != null) && row.Attempts == 0, Stop)));
        var told = await app.DatabaseAsync(db => db.Notifications.Where(row => row.At >= since)
            .Select(row => new { row.PersonId, row.Text, row.Link }).ToListAsync(Stop));
        Assert.Empty(told.GroupBy(one => one).Where(group => group.Count() > 1).Select(group => group.Key.Text));
    }

    /// <summary>At once, as when bells of two servers and the sweep ring together; and again, as when the first has forgotten that it did.</summary>
    private async Task ThriceAndAgainAsync<TJob>(Func<TJob, Task> run) where TJob : notnull
    {
        var together = Enumerable.Range(0, 3).Select(_ => Task.Run(() => OnceAsync(run), Stop));
        await Task.WhenAll(together);
        await OnceAsync(run);
    }

    private Task<bool> OnceAsync<TJob>(Func<TJob, Task> run) where TJob : notnull => app.ServiceAsync<TJob, bool>(async job =>
    {
        await run(job);
        return true;
    });
}
