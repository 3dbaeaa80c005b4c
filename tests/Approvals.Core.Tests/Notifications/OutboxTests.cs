using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Tests.Notifications;

public sealed class OutboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Effects effects = new();

    [Theory, OnEachDatabase]
    public async Task TenWorkersAtOnceCarryAMessageOutOnce(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await EnqueueAsync(kernel, "m1");
        var worker = kernel.Services.GetRequiredService<OutboxWorker>();
        var done = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => worker.RunDueAsync(Cancel))));
        Assert.Equal((1, 1), (done.Sum(), effects.Keys.Count));
    }

    [Theory, OnEachDatabase]
    public async Task AMessageWithAKnownKeyIsNotStoredAgain(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await EnqueueAsync(kernel, "m1");
        await EnqueueAsync(kernel, "m1");
        Assert.Equal(1, await kernel.ReadAsync(db => db.Outbox.CountAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task AMessageOfADeadWorkerIsCarriedOutAgainWithTheSameKey(string provider)
    {
        await using var kernel = await StartAsync(provider);
        await EnqueueAsync(kernel, "m1");

        // The worker claims the row and dies: nothing but the lease is left of it.
        await DieAsync(kernel);
        Assert.Equal(0, await RunDueAsync(kernel));
        kernel.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, await RunDueAsync(kernel));
        kernel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RunDueAsync(kernel));
        Assert.Equal(["m1"], effects.Keys);
    }

    [Fact]
    public async Task TheLeaseIsAsLongAsConfigured()
    {
        await using var kernel = await StartAsync("Sqlite", leaseSeconds: 7);
        await EnqueueAsync(kernel, "m1");
        await DieAsync(kernel);
        kernel.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(0, await RunDueAsync(kernel));
        kernel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RunDueAsync(kernel));
    }

    [Theory, InlineData(0), InlineData(-1)]
    public async Task ALeaseThatHasRunOutAsItBeginsIsRefused(int seconds)
    {
        await using var kernel = await StartAsync("Sqlite", seconds);
        var refused = Assert.Throws<OptionsValidationException>(() => kernel.Services.GetRequiredService<OutboxWorker>());
        Assert.Contains("Outbox:LeaseSeconds", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task AFailingMessageIsTriedEverMoreSeldomGivenUpAndRungAgain(string provider)
    {
        await using var kernel = await StartAsync(provider);
        effects.IsBroken = true;
        await EnqueueAsync(kernel, "m1");
        for (var attempt = 1; attempt <= OutboxWorker.MaxAttempts; attempt++)
        {
            Assert.Equal(0, await RunDueAsync(kernel));
            Assert.Equal(attempt, effects.Tries);
            kernel.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        }

        await RunDueAsync(kernel);
        Assert.Equal(OutboxWorker.MaxAttempts, effects.Tries);
        var row = await kernel.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Cancel));
        Assert.NotNull(row.FailedAt);
        Assert.Equal("HTTP 502", row.LastError);

        effects.IsBroken = false;
        Assert.True(await kernel.InScopeAsync(scope => scope.GetRequiredService<RingAgain>().MessageAsync(row.Id, Cancel)));
        Assert.Equal(1, await RunDueAsync(kernel));
    }

    [Theory, OnEachDatabase]
    public async Task AMailGoesToThePickUpFolderUnderAnIdDerivedFromItsKey(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var person = new Person { Name = "王强", Email = "wang@example.com" };
        await kernel.CommitAsync((scope, db) =>
        {
            db.People.Add(person);
            scope.GetRequiredService<Notifier>().Tell(person.Id, "有一件待办", "/tasks/1", "待办提醒");
        });
        Assert.Equal(1, await RunDueAsync(kernel));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(kernel.Folder, "mail"), "*.eml"));
        using var mail = await MimeKit.MimeMessage.LoadAsync(file, Cancel);
        var notification = await kernel.ReadAsync(db => db.Notifications.SingleAsync(Cancel));
        Assert.Equal($"mail.{notification.Id:N}@localhost", mail.MessageId);
        Assert.Equal("待办提醒", mail.Subject);
        Assert.Equal("有一件待办\n\nhttp://localhost:5080/tasks/1", mail.TextBody!.Trim().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task WhatAKilledWorkerHadBegunOfAMailIsGoneWhenItHasBeenSent()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var person = new Person { Name = "王强", Email = "wang@example.com" };
        await kernel.CommitAsync((scope, db) =>
        {
            db.People.Add(person);
            scope.GetRequiredService<Notifier>().Tell(person.Id, "有一件待办", "/tasks/1", "待办提醒");
        });
        var id = await kernel.ReadAsync(db => db.Outbox.Select(row => row.Id).SingleAsync(Cancel));
        var folder = Directory.CreateDirectory(Path.Combine(kernel.Folder, "mail")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, $".{id:N}.019ab.tmp"), "begun", Cancel);
        var others = Path.Combine(folder, $".{Guid.CreateVersion7():N}.019ab.tmp");
        await File.WriteAllTextAsync(others, "being written", Cancel);

        Assert.Equal(1, await RunDueAsync(kernel));
        Assert.Equal(
            new[] { others, Path.Combine(folder, $"{id:N}.eml") }.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ALineBreakInASubjectOrANameMakesNoHeader()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var person = new Person { Name = "王强\r\nBcc: a@evil.example", Email = "wang@example.com" };
        await kernel.CommitAsync((scope, db) =>
        {
            db.People.Add(person);
            scope.GetRequiredService<Notifier>().Tell(
                person.Id, "有一件待办\r\n.\r\nDATA", "/tasks/1", "待办\r\nBcc: b@evil.example\r\n\r\n提醒");
        });
        Assert.Equal(1, await RunDueAsync(kernel));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(kernel.Folder, "mail"), "*.eml"));
        using var mail = await MimeKit.MimeMessage.LoadAsync(file, Cancel);
        Assert.Empty(mail.Bcc);
        Assert.Equal("wang@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain(mail.Headers, header => header.Field.Contains("cc", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("有一件待办", mail.TextBody);
        Assert.DoesNotContain("DATA", mail.Headers.Select(header => header.Value));
    }

    /// <summary>As when the mail server swallows connections: the product must answer people all the same.</summary>
    [Theory, OnEachDatabase]
    public async Task AStartLooksAtItsTimeBeforeEachMessageAndLeavesTheRestToTheSweep(string provider)
    {
        await using var kernel = await StartAsync(provider);
        effects.Takes = () => kernel.Time.Advance(TimeSpan.FromMinutes(2));
        foreach (var key in Enumerable.Range(0, 20))
        {
            await EnqueueAsync(kernel, $"m{key}");
        }

        await kernel.InScopeAsync(async scope =>
        {
            await ActivatorUtilities.CreateInstance<CatchUp>(scope).RunAsync(Cancel);
            return true;
        });
        Assert.Equal(1, effects.Tries);

        effects.Takes = () => { };
        Assert.Equal(19, await RunDueAsync(kernel));
    }

    /// <summary>A server that takes the connection and says nothing; nobody waits longer for it than the handler's patience.</summary>
    [Fact]
    public async Task AMailServerThatSaysNothingIsGivenUpAfterAWhileAndTriedLater()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var kernel = await TestKernel.StartAsync("Sqlite", services => services.Configure<MailOptions>(options =>
            (options.Host, options.Port, options.Security) = ("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, "None")));
        var person = new Person { Name = "王强", Email = "wang@example.com" };
        await kernel.CommitAsync((scope, db) =>
        {
            db.People.Add(person);
            scope.GetRequiredService<Notifier>().Tell(person.Id, "有一件待办", "/tasks/1", "待办提醒");
        });

        var sending = Task.Run(() => RunDueAsync(kernel), Cancel);
        using var connection = await silent.AcceptSocketAsync(Cancel);
        kernel.Time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(0, await sending.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        var row = await kernel.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Cancel));
        Assert.StartsWith("TimeoutException", row.LastError, StringComparison.Ordinal);
        Assert.Equal((1, null, null), (row.Attempts, row.LockedUntil, row.FailedAt));
    }

    private Task<TestKernel> StartAsync(string provider, int? leaseSeconds = null) => TestKernel.StartAsync(provider, services =>
    {
        if (leaseSeconds is { } seconds)
        {
            services.Configure<OutboxOptions>(options => options.LeaseSeconds = seconds);
        }

        services.AddSingleton(effects);
        services.AddScoped<IOutboxHandler, Handler>();
    });

    private static Task EnqueueAsync(TestKernel kernel, string key) =>
        kernel.CommitAsync((scope, _) => scope.GetRequiredService<Outbox>().Enqueue(key, "test", new { }));

    /// <summary>A worker takes what is due and leaves it half-way as if it were killed: it writes nothing more.</summary>
    private async Task DieAsync(TestKernel kernel)
    {
        using var end = new CancellationTokenSource();
        effects.Takes = () =>
        {
            end.Cancel();
            end.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => kernel.Services.GetRequiredService<OutboxWorker>().RunDueAsync(end.Token));
        Assert.Equal(1, effects.Tries);
        effects.Takes = () => { };
    }

    private static Task<int> RunDueAsync(TestKernel kernel) =>
        kernel.Services.GetRequiredService<OutboxWorker>().RunDueAsync(Cancel);

    private sealed class Effects
    {
        public ConcurrentQueue<string> Keys { get; } = [];

        public bool IsBroken { get; set; }

        public int Tries { get; set; }

        public Action Takes { get; set; } = () => { };
    }

    private sealed class Handler(Effects effects) : IOutboxHandler
    {
        public string Kind => "test";

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            effects.Tries++;
            effects.Takes();
            if (effects.IsBroken)
            {
                throw new HttpRequestException("wang@example.com", null, System.Net.HttpStatusCode.BadGateway);
            }

            effects.Keys.Enqueue(message.Key);
            return Task.CompletedTask;
        }
    }
}
