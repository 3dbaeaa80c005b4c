using System.Data.Common;
using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Data;

/// <summary>On SQLite a connection stays open with its context, and the statements it has run stay prepared.</summary>
public sealed class PreparedStatementsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSameQueryInsideItselfReadsAllRowsOfBoth()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await kernel.CommitAsync((_, db) => db.People.AddRange(People(3)));
        var pairs = await kernel.ReadAsync(async db =>
        {
            var seen = new List<string>();
            await foreach (var outer in db.People.OrderBy(one => one.Name).Select(one => one.Name).AsAsyncEnumerable())
            {
                await foreach (var inner in db.People.OrderBy(one => one.Name).Select(one => one.Name).AsAsyncEnumerable())
                    seen.Add(outer + inner);
            }

            return seen;
        });
        Assert.Equal(["甲0甲0", "甲0甲1", "甲0甲2", "甲1甲0", "甲1甲1", "甲1甲2", "甲2甲0", "甲2甲1", "甲2甲2"], pairs);
    }

    [Theory, OnEachDatabase]
    public async Task TheSameActSendsTheSameTextsAgain(string provider)
    {
        var sent = new Texts();
        await using var kernel = await TestKernel.StartAsync(
            provider, services => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(sent)));
        Task ActAsync(Person person) => kernel.CommitAsync((scope, db) =>
        {
            db.People.Add(person);
            scope.GetRequiredService<AuditTrail>().Record("person.added", "person", person.Id.ToString(), new { name = "x" });
        });
        await ActAsync(People(1)[0]);
        var first = sent.Take();
        await ActAsync(People(1)[0]);
        Assert.Equal(first, sent.Take());
        Assert.Contains(first, text => text.Contains("AuditHeads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AQueryReadToItsFirstRowOnlyHoldsNothingAndReadsAnewTheNextTime()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await kernel.CommitAsync((_, db) => db.People.AddRange(People(3)));
        await kernel.ReadAsync(async db =>
        {
            for (var i = 0; i < 3; i++)
            {
                await foreach (var name in db.People.OrderBy(one => one.Name).Select(one => one.Name).AsAsyncEnumerable())
                {
                    Assert.Equal("甲0", name);
                    break;
                }
            }

            // A statement left in the middle would keep the log from being moved: (busy, pages in the log, pages moved).
            var busy = await db.Database.SqlQueryRaw<int>("PRAGMA wal_checkpoint(TRUNCATE)").ToListAsync(Cancel);
            Assert.Equal([0], busy);
            return true;
        });
    }

    [Fact]
    public async Task ASaveThatARowFailsIsWholeTheNextTime()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var first = People(1)[0];
        await kernel.CommitAsync((_, db) => db.People.Add(first));
        for (var i = 0; i < 3; i++)
        {
            // The same texts each time: a good row, then one that is there already, in one command.
            await Assert.ThrowsAnyAsync<DbUpdateException>(() => kernel.CommitAsync((_, db) =>
            {
                db.People.Add(new Person { Name = "乙" });
                db.People.Add(new Person { Id = first.Id, Name = "丙" });
            }));
            await kernel.CommitAsync((_, db) => db.People.AddRange(new Person { Name = "丁" }, new Person { Name = "戊" }));
        }

        var names = await kernel.ReadAsync(db => db.People.OrderBy(one => one.Name).Select(one => one.Name).ToListAsync(Cancel));
        Assert.Equal(["丁", "丁", "丁", "戊", "戊", "戊", "甲0"], names);
    }

    [Fact]
    public async Task AChangedTableIsSeenByAStatementPreparedBefore()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await kernel.CommitAsync((_, db) => db.Database.ExecuteSqlRaw("CREATE TABLE Probe(A INTEGER); INSERT INTO Probe VALUES (1)"));
        var before = await SumAsync();
        await kernel.CommitAsync((_, db) => db.Database.ExecuteSqlRaw("DROP TABLE Probe; CREATE TABLE Probe(B TEXT, A INTEGER); INSERT INTO Probe VALUES ('x', 5)"));
        Assert.Equal((1, 5), (before, await SumAsync()));

        Task<int> SumAsync() => kernel.ReadAsync(async db =>
            (await db.Database.SqlQueryRaw<int>("SELECT sum(A) AS Value FROM Probe").ToListAsync(Cancel))[0]);
    }

    [Fact]
    public async Task ATransactionThatSomebodyLeavesOpenDoesNotStayWithThePooledContext()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await kernel.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(Cancel);
            await db.Database.ExecuteSqlRawAsync("BEGIN IMMEDIATE; CREATE TABLE Abandoned(A INTEGER)", Cancel);
            return true;
        });
        await kernel.CommitAsync((_, db) => db.People.AddRange(People(1)));
        var left = await kernel.ReadAsync(db =>
            db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = 'Abandoned'").ToListAsync(Cancel));
        Assert.Equal([0], left);
    }

    [Fact]
    public async Task MoreTextsThanAConnectionKeepsAllAnswer()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await kernel.ReadAsync(async db =>
        {
            for (var turn = 0; turn < 2; turn++)
            {
                foreach (var i in Enumerable.Range(0, 200))
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"SELECT {i} AS Value");
                    Assert.Equal([i], await db.Database.SqlQueryRaw<int>(text).ToListAsync(Cancel));
                }
            }

            return true;
        });
    }

    private static Person[] People(int count) => [.. Enumerable.Range(0, count).Select(i => new Person { Name = $"甲{i}" })];

    /// <summary>The texts of the commands that were sent.</summary>
    private sealed class Texts : DbCommandInterceptor
    {
        private readonly List<string> texts = [];

        public List<string> Take()
        {
            var taken = texts.ToList();
            texts.Clear();
            return taken;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            texts.Add(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            texts.Add(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}
