using System.Reflection;
using System.Runtime.CompilerServices;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Telemetry;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>Commands of the hot paths, compiled against the schema by SQL Server's own compiler.</summary>
public sealed class SqlServerCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheInboxReads() => await CompilesAsync(async db =>
    {
        await using var services = new ServiceCollection()
            .AddSingleton(db).AddSingleton(TimeProvider.System).AddOrganisation().AddInboxReading().BuildServiceProvider();
        var query = services.GetRequiredService<InboxQuery>();
        var filter = new InboxFilter { Search = "张", ProcessKey = "commander-appointment", UnitId = Guid.CreateVersion7() };
        var cursor = new InboxCursor(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Guid.CreateVersion7());
        await query.ToDoAsync(Guid.CreateVersion7(), filter, cursor, Cancel);
        await query.DoneAsync(Guid.CreateVersion7(), filter, cursor, Cancel);
        await query.StartedAsync(Guid.CreateVersion7(), filter, cursor, Cancel);
        await query.CopiedAsync(Guid.CreateVersion7(), filter, cursor, Cancel);
        await query.CountAsync(Guid.CreateVersion7(), Cancel);
    });

    [Fact]
    public async Task TimersAreStoredCancelledSweptAndFired() => await CompilesAsync(async db =>
    {
        db.Timers.Add(new TimerRow { Key = "key", Kind = "kind", Payload = "{}" });
        await db.SaveChangesAsync(Cancel);
        var timers = new TimerService(db, new TimerRows(), new LateRows(db), TimeProvider.System);
        await timers.CancelForBookmarkAsync(Guid.CreateVersion7(), Cancel);
        await timers.CancelByKeyAsync("key", Cancel);
        await using var services = Around(db);
        var sweep = new TimerSweep(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<Measures>(), TimeProvider.System,
            NullLogger<TimerSweep>.Instance);
        await sweep.RunDueAsync(Cancel);
    });

    [Fact]
    public async Task OutboxMessagesAreStoredAndSwept() => await CompilesAsync(async db =>
    {
        db.Outbox.Add(new OutboxMessage { Key = "key", Kind = "mail", Payload = "{}" });
        await db.SaveChangesAsync(Cancel);
        await using var services = Around(db);
        var worker = new OutboxWorker(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<Measures>(),
            Options.Create(new OutboxOptions()), TimeProvider.System, NullLogger<OutboxWorker>.Instance);
        await worker.RunDueAsync(Cancel);
    });

    [Fact]
    public async Task AuditEntriesAreInsertedWithoutAnOutputClause()
    {
        var commands = await CompilesAsync(async db =>
        {
            db.AuditEntries.Add(new AuditEntry
            {
                Sequence = 1, Action = "a", SubjectKind = "k", SubjectId = "1", Details = "{}", PreviousHash = AuditHash.Genesis,
                Hash = AuditHash.Genesis,
            });
            await db.SaveChangesAsync(Cancel);
        });

        // SQL Server refuses OUTPUT on a table with a trigger, and the append-only guard is one.
        Assert.DoesNotContain(commands, command => command.Contains("OUTPUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryTableIsRead() => await CompilesAsync(async db =>
    {
        var read = typeof(SqlServerCommandTests).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var entity in db.Model.GetEntityTypes())
        {
            await (Task)read.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
        }
    });

    /// <summary>Inserts, updates and deletes of every column of every table: a save of the product sends parts of these.</summary>
    [Fact]
    public async Task EveryTableIsWritten()
    {
        var commands = await CompilesAsync(async db =>
        {
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.FindPrimaryKey() is not null).ToList())
            {
                foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
                    await WriteAsync(db, entity, state);
            }
        });
        foreach (var verb in new[] { "INSERT INTO [Cases]", "UPDATE [Cases]", "DELETE FROM [Bookmarks]", "INSERT INTO [PersonDays]" })
            Assert.Contains(commands, command => command.Contains(verb, StringComparison.Ordinal));
    }

    /// <summary>The check of all records, which the contract suite runs on the other databases.</summary>
    [Fact]
    public async Task TheCheckOfAllRecordsReads() => await CompilesAsync(async db =>
    {
        await using var services = new ServiceCollection()
            .AddSingleton(db).AddSingleton(TimeProvider.System).AddLogging().AddOptions()
            .AddSingleton<CheckpointKey>().AddSingleton<CheckpointWriter>().AddScoped<AuditVerifier>().AddIntegrity().BuildServiceProvider();
        foreach (var invariant in services.GetServices<IInvariant>())
            await invariant.CheckAsync(Cancel);
    });

    /// <summary>One row with every required value; what the answer says does not matter, there is no server.</summary>
    private static async Task WriteAsync(ApprovalsDbContext db, IEntityType entity, EntityState state)
    {
        var entry = db.Entry(RuntimeHelpers.GetUninitializedObject(entity.ClrType));
        foreach (var property in entity.GetProperties().Where(one => !one.IsNullable && (one.ClrType == typeof(string) || one.ClrType == typeof(Guid))))
            entry.Property(property).CurrentValue = property.ClrType == typeof(string) ? "x" : Guid.CreateVersion7();
        entry.State = state;
        try
        {
            await db.SaveChangesAsync(Cancel);
        }
        catch (DbUpdateException)
        {
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("append-only", StringComparison.Ordinal))
        {
        }

        db.ChangeTracker.Clear();
    }

    private static Task ReadAsync<T>(ApprovalsDbContext db)
        where T : class => db.Set<T>().Take(1).ToListAsync(Cancel);

    private static ServiceProvider Around(ApprovalsDbContext db) =>
        new ServiceCollection().AddSingleton(db).AddMetrics().AddSingleton<Measures>().BuildServiceProvider();

    private static async Task<IReadOnlyList<string>> CompilesAsync(Func<ApprovalsDbContext, Task> work)
    {
        await using var db = SqlServerTwin.Open(out var server);
        await work(db);
        Assert.NotEmpty(server.Sent);
        SqlServerSchema.None(SqlServerSchema.ErrorsOf(server.Sent));
        return [.. server.Sent.Select(one => one.Sql)];
    }
}
