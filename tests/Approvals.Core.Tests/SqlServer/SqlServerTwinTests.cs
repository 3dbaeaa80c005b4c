using Approvals.Core.Data;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Core.Timers;
using Approvals.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>The check itself: what is sent on SQLite is taken down for SQL Server, and what nobody sends is missed.</summary>
public sealed class SqlServerTwinTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("approvals-twin-").FullName;
    private string connection = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => connection = await DatabaseTemplate.CopyAsync(SqliteDatabase.Name, folder);

    public async ValueTask DisposeAsync()
    {
        await DatabaseTemplate.DropAsync(SqliteDatabase.Name, connection);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AQueryOnSqliteIsTakenDownForSqlServerWithThePlaceItCameFrom()
    {
        await using var db = Watched();
        Assert.Empty(await TimerRows.FindAllAsync(db, [Guid.CreateVersion7()], Cancel));
        const string Place = "Approvals.Core.Timers.TimerRows.FindAllAsync";
        var taken = SqlServerTwin.Taken.Commands.Where(one => one.Site == Place).ToList();
        Assert.Contains(taken, one => one.Sql.Contains("FROM [Timers]", StringComparison.Ordinal)
            && one.Parameters.Contains("Binary(16)", StringComparison.Ordinal));
        SqlServerSchema.None(SqlServerSchema.ErrorsOf([.. taken.Select(one => new SentCommand(one.Sql, one.Parameters))]));
        Assert.Contains(Place, SqlServerTwin.Taken.Sites);
        Assert.Contains(Place, CallSites.Of(typeof(ApprovalsDbContext).Assembly).Methods);
    }

    [Fact]
    public async Task ASaveAnUpdateAndACompiledQueryAreTakenDown()
    {
        await using var db = Watched();
        var timer = new TimerRow { Key = "twin", Kind = "kind", Payload = "{}" };
        db.Timers.Add(timer);
        await db.SaveChangesAsync(Cancel);
        await db.Timers.Where(row => row.Key == "twin").ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, 2), Cancel);
        Assert.Equal(2, (await new TimerRows().FindAsync(db, timer.Id, Cancel))!.Attempts);
        bool Has(string kind, string text) =>
            SqlServerTwin.Taken.Commands.Any(one => one.Kind == kind && one.Sql.Contains(text, StringComparison.Ordinal));
        Assert.True(Has("save", "INSERT INTO [Timers]"));
        Assert.True(Has("query", "UPDATE [t]") || Has("query", "UPDATE [Timers]"));
        Assert.True(Has("compiled", "FROM [Timers]"));
        Assert.Empty(SqlServerTwin.Taken.Failures);
    }

    /// <summary>
    /// What the suites send is judged by the same check (<see cref="AfterTheSuiteTests"/>): each command as it was taken down
    /// passes, and the same command with one column renamed does not. Of each kind one, in one compilation, which takes seconds.
    /// </summary>
    [Fact]
    public async Task AWrongColumnInACommandThatWasTakenDownFailsTheCheck()
    {
        await using var db = Watched();
        var timer = new TimerRow { Key = "wrong-column", Kind = "kind", Payload = "{}" };
        db.Timers.Add(timer);
        await db.SaveChangesAsync(Cancel);
        await db.Timers.Where(row => row.Key == "wrong-column")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, 2), Cancel);
        Assert.NotNull(await new TimerRows().FindAsync(db, timer.Id, Cancel));

        (string Kind, string Text, string Column)[] samples =
        [
            ("save", "INSERT INTO [Timers]", "[Attempts]"), ("query", "UPDATE", "[Attempts]"), ("query", "WHERE", "[Key]"),
            ("compiled", "FROM [Timers]", "[Payload]"),
        ];
        var commands = new List<SentCommand>();
        foreach (var (kind, text, column) in samples)
        {
            var taken = SqlServerTwin.Taken.Commands.First(one => one.Kind == kind && new[] { "[Timers]", text, column }
                .All(part => one.Sql.Contains(part, StringComparison.Ordinal)));
            commands.Add(new SentCommand(taken.Sql, taken.Parameters));
            var wrong = taken.Sql.Replace(column, $"[Wrong{commands.Count}]", StringComparison.Ordinal);
            commands.Add(new SentCommand(wrong, taken.Parameters));
        }

        var errors = SqlServerSchema.ErrorsOf(commands);
        Assert.All(errors, error => Assert.Contains("[Wrong", error, StringComparison.Ordinal));
        for (var at = 0; at < commands.Count; at += 2)
            Assert.Contains(errors, error => error.Contains($"[Wrong{at + 1}]", StringComparison.Ordinal));
    }

    /// <summary>The comparison of <see cref="AfterTheSuiteTests"/> would name it.</summary>
    [Fact]
    public void AQueryThatNobodySendsIsFoundInTheCode()
    {
        var place = $"{typeof(SqlServerTwinTests).FullName}.{nameof(NeverSentAsync)}";
        Assert.Contains(place, CallSites.Of(typeof(SqlServerTwinTests).Assembly).Methods);
        Assert.DoesNotContain(place, SqlServerTwin.Taken.Sites);
    }

    private static async Task<int> NeverSentAsync(ApprovalsDbContext db)
    {
        await Task.Yield();
        return await db.Cases.Where(row => row.Number!.StartsWith("never")).CountAsync();
    }

    private ApprovalsDbContext Watched()
    {
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlite(connection);
        SqlServerTwin.Watch(options);
        return new ApprovalsDbContext(options.Options);
    }
}
