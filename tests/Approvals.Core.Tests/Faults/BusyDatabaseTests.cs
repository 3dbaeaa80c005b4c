using System.Data.Common;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Faults;

/// <summary>Another program holds the database, or its disk is full: acts fail, nothing is half done, and afterwards they succeed.</summary>
public sealed class BusyDatabaseTests
{
    [Theory, OnEachDatabase]
    public async Task While_another_program_holds_the_database_a_decision_fails_and_afterwards_it_succeeds(string database)
    {
        var impatience = new Impatience();
        await using var world = await CaseWorld.StartAsync(
            database, services => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(impatience)),
            CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        var before = await world.Kernel.RowsAsync();
        impatience.IsOn = true;

        await world.Kernel.ReadAsync(async other =>
        {
            await other.Database.OpenConnectionAsync();
            await other.Database.ExecuteSqlRawAsync(database switch
            {
                "Sqlite" => "BEGIN IMMEDIATE",
                "SqlServer" => "BEGIN TRANSACTION; SELECT COUNT(*) FROM [Cases] WITH (TABLOCKX, HOLDLOCK)",
                _ => "BEGIN; LOCK TABLE \"Cases\" IN EXCLUSIVE MODE",
            });
            var fault = await Record.ExceptionAsync(() => world.DecideAsync(task, world.Head, DecisionKind.Approve));
            Assert.True(fault is DbException or { InnerException: DbException }, fault?.ToString() ?? "It was not refused.");
            return await other.Database.ExecuteSqlRawAsync("ROLLBACK");
        });

        await world.Kernel.WholeAsync("a locked database");
        Assert.Equal(before, await world.Kernel.RowsAsync());
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        await world.Kernel.WholeAsync("the decision after it");
    }

    /// <summary>SQLite's own limit of pages stands in for a disk without room: the database answers the same (SQLITE_FULL).</summary>
    [Fact]
    public async Task When_the_disk_is_full_acts_fail_whole_and_go_on_when_there_is_room()
    {
        var limit = new PageLimit();
        await using var world = await CaseWorld.StartAsync(
            "Sqlite", services => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(limit)),
            CaseProcesses.TwoSigners());
        await world.SubmittedAsync("two-signers");
        limit.Pages = await world.Kernel.ReadAsync(db => db.Database.SqlQueryRaw<long>("PRAGMA page_count").ToListAsync()) is [var now] ? now + 4 : 0;

        Exception? full = null;
        var made = 1;
        while (full is null && made < 500)
        {
            var before = await world.Kernel.RowsAsync();
            full = await Record.ExceptionAsync(() => world.SubmittedAsync("two-signers"));
            made += full is null ? 1 : 0;
            if (full is not null)
                Assert.Equal(before["StepRuns"], (await world.Kernel.RowsAsync())["StepRuns"]);
        }

        Assert.Contains("full", (full!.InnerException ?? full).Message, StringComparison.Ordinal);
        await world.Kernel.WholeAsync("a full disk");
        limit.Pages = 0;
        await world.SubmittedAsync("two-signers");
        await world.Kernel.WholeAsync("the first act with room again");
        Assert.Equal(made + 1, await world.Kernel.ReadAsync(db => db.Cases.CountAsync(row => row.Number != null)));
    }

    /// <summary>Waits a second for a lock instead of half a minute.</summary>
    private sealed class Impatience : DbTransactionInterceptor
    {
        public bool IsOn { get; set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            if (connection is Microsoft.Data.Sqlite.SqliteConnection sqlite)
                sqlite.DefaultTimeout = IsOn ? 1 : 30;
            else if (IsOn)
                await HurryAsync(connection, cancellationToken);
            return result;
        }

        private static async Task HurryAsync(DbConnection connection, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = connection is Npgsql.NpgsqlConnection ? "SET lock_timeout = 1000" : "SET LOCK_TIMEOUT 1000";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class PageLimit : DbTransactionInterceptor
    {
        private const long None = 1073741823;

        public long Pages { get; set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {(Pages == 0 ? None : Pages)}";
            await command.ExecuteScalarAsync(cancellationToken);
            return result;
        }
    }
}
