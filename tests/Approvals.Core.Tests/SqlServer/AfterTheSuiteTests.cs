using System.Reflection;
using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Tests.SqlServer.Twin;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>
/// Judges what the suites have sent (<see cref="SqlServerTwin"/>). <c>tests/run.sh</c> runs these last; by hand: run the test projects
/// with <c>APPROVALS_SQLSERVER_COMMANDS=folder</c>, then these with the same.
/// </summary>
[Trait("When", "AfterTheSuite")]
public sealed class AfterTheSuiteTests
{
    /// <summary>What SQLite alone is sent; its counterparts are tried in <see cref="SqlServerStatementTests"/>.</summary>
    private static readonly string[] OnSqliteOnly =
        ["BEGIN DEFERRED", "ROLLBACK", "PRAGMA", "INSERT INTO \"NumberSeries\" (\"Key\", \"Last\") VALUES", "DROP TABLE IF EXISTS \"__EFMigrationsLock\""];

    [Fact]
    public void EveryQueryIsOneThatSqlServersProviderCanTranslate() =>
        SqlServerSchema.None([.. Taken().SelectMany(one => one.Failures)]);

    [Fact]
    public void EveryCommandCompilesOnSqlServer()
    {
        var commands = Taken().SelectMany(one => one.Commands).Where(IsForSqlServer).DistinctBy(one => one.Sql).ToList();
        Assert.True(commands.Count > 1000, $"Only {commands.Count} commands were taken down.");
        SqlServerSchema.None(SqlServerSchema.ErrorsOf([.. commands.Select(one => new SentCommand(one.Sql, one.Parameters))]));
    }

    /// <summary>An id that escapes its conversion is compared in SQL Server's own order, and finds no row.</summary>
    [Fact]
    public void NoCommandHoldsAnIdOfSqlServersOwnKind()
    {
        var commands = Taken().SelectMany(one => one.Commands).Where(IsForSqlServer);
        SqlServerSchema.None([.. commands.Where(one => (one.Sql + one.Parameters).Contains("uniqueidentifier", StringComparison.OrdinalIgnoreCase)
            || one.Sql.Contains("varchar(36)", StringComparison.OrdinalIgnoreCase)).Select(one => $"{one.Site}: {one.Sql}")]);
    }

    /// <summary>
    /// A query of the product that no test sends would be taken for right. The list names those that cannot be sent here, with the reason;
    /// what is sent after all has to leave it.
    /// </summary>
    [Fact]
    public void EveryPlaceThatSendsSomethingWasTakenDown()
    {
        var seen = Taken().SelectMany(one => one.Sites).ToHashSet();
        var missed = NotTakenDown.Read();
        SqlServerSchema.None(
        [
            .. Product().SelectMany(one => CallSites.Of(one).Methods).Except(seen).Except(missed.Keys)
                .Select(one => $"{one} sends something that was not taken down."),
            .. missed.Keys.Where(seen.Contains).Select(one => $"{one} was taken down and stands in not-taken-down.txt."),
        ]);
    }

    [Fact]
    public void EveryQueryCompiledForTheLifeOfTheProcessWasTakenDown()
    {
        var compiled = Taken().SelectMany(one => one.Commands).Where(one => one.Kind == "compiled").DistinctBy(one => one.Sql).Count();
        var written = Product().Sum(one => CallSites.Of(one).CompiledQueries);
        Assert.True(compiled >= written, $"{written} are written, {compiled} were taken down.");
    }

    private static bool IsForSqlServer(TakenCommand command) =>
        command.Kind != "raw" || !OnSqliteOnly.Any(start => command.Sql.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static Assembly[] Product() => [typeof(ApprovalsDbContext).Assembly, typeof(Program).Assembly];

    private static List<TakenFile> Taken()
    {
        var folder = Environment.GetEnvironmentVariable(SqlServerTwin.Variable);
        Assert.False(string.IsNullOrEmpty(folder), $"{SqlServerTwin.Variable} names no folder; tests/run.sh sets it.");
        var files = Directory.GetFiles(folder, "*.json").Select(file => JsonSerializer.Deserialize<TakenFile>(File.ReadAllText(file))!).ToList();
        Assert.True(files.Count >= 2, "The suites of Core and Web must have run before.");
        return files;
    }
}
