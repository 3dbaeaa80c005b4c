using System.Reflection;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Web.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.SqlServer;
using Hangfire.States;
using Hangfire.Storage;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>Hangfire's own script and commands, compiled like ours; its storage runs on the double, with the product's options.</summary>
public sealed class HangfireOnSqlServerTests
{
    private static readonly string[] Tables =
        ["Job", "State", "JobParameter", "JobQueue", "Server", "Hash", "List", "Set", "Counter", "AggregatedCounter"];

    // The script takes all indexes off this table by statements it puts together only when it runs.
    private static readonly SchemaOfScript Schema = SchemaOfScript.Run(
        SqlServerObjectsInstaller.GetInstallScript(JobServices.OnSqlServer().SchemaName, enableHeavyMigrations: false)
        + "\nGO\nDROP INDEX [CX_HangFire_Counter] ON [HangFire].[Counter];");

    [Fact]
    public void ItsInstallationCompiles()
    {
        using var model = SqlServerSchema.Compile(Schema);
        SqlServerSchema.None(SqlServerSchema.Errors(model));
        Assert.All(Tables, table => Assert.Contains(Schema.Parts, part => part.StartsWith($"[HangFire].[{table}]:", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheProductsStorageInstallsItself()
    {
        var server = new ServerDouble(ServerDouble.OneEach);
        _ = new SqlServerStorage(() => server, JobServices.OnSqlServer());
        Assert.Contains(server.Sent, one => one.Sql.Contains("CREATE TABLE [HangFire].[Job]", StringComparison.Ordinal));
    }

    /// <summary>All that a storage can be asked: what clients, workers, recurring jobs, sweepers and the dashboard call.</summary>
    [Fact]
    public void EveryCommandItSendsCompiles()
    {
        var server = new ServerDouble();
        var options = JobServices.OnSqlServer();
        options.PrepareSchemaIfNecessary = false;
        var storage = new SqlServerStorage(() => server, options);
        CallAll(() => storage.GetConnection());
        CallAll(() => storage.GetMonitoringApi());
        CallAll(() => storage.GetConnection().CreateWriteTransaction(), one => ((IWriteOnlyTransaction)one).Commit());
        foreach (var process in storage.GetServerRequiredProcesses().Concat(storage.GetStorageWideProcesses()))
            RunFor(TimeSpan.FromMilliseconds(500), stop => process.Execute(
                new BackgroundProcessContext("server", storage, new Dictionary<string, object>(), Guid.NewGuid(), stop, stop, stop)));

        var commands = server.Sent.DistinctBy(one => one.Sql).ToList();
        Assert.True(commands.Count > 60, $"{commands.Count} commands");
        Assert.All(Tables, table => Assert.Contains(commands, one => one.Sql.Contains($"[HangFire].[{table}]", StringComparison.OrdinalIgnoreCase)
            || one.Sql.Contains($"[HangFire].{table}", StringComparison.OrdinalIgnoreCase)));
        SqlServerSchema.None(SqlServerSchema.ErrorsOf(Schema, commands));
    }

    /// <summary>Calls each method on an object of its own. What it makes of the empty answer does not matter.</summary>
    private static void CallAll(Func<object> make, Action<object>? after = null)
    {
        var methods = make().GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(one => one.DeclaringType != typeof(object) && !one.IsSpecialName && !one.IsGenericMethod && one.Name is not "Dispose" and not "Commit");
        foreach (var method in methods)
        {
            RunFor(TimeSpan.FromMilliseconds(500), stop =>
            {
                var target = make();
                method.Invoke(target, [.. method.GetParameters().Select(one => Sample(one.ParameterType, stop))]);
                after?.Invoke(target);
            });
        }
    }

    private static void RunFor(TimeSpan time, Action<CancellationToken> work)
    {
        using var stop = new CancellationTokenSource(time);
        try
        {
            work(stop.Token);
        }
        catch (Exception fault) when (fault is TargetInvocationException or OperationCanceledException or InvalidOperationException or ArgumentException)
        {
        }
    }

    private static object? Sample(Type type, CancellationToken stop) => true switch
    {
        _ when type == typeof(string) => "1",
        _ when type == typeof(string[]) => new[] { "default" },
        _ when type == typeof(CancellationToken) => stop,
        _ when type == typeof(TimeSpan) => TimeSpan.FromHours(1),
        _ when type == typeof(DateTime) => DateTime.UnixEpoch,
        _ when type == typeof(DateTime?) => DateTime.UnixEpoch,
        _ when type == typeof(Job) => Job.FromExpression(() => Console.WriteLine()),
        _ when type == typeof(IState) => new EnqueuedState(),
        _ when type == typeof(ServerContext) => new ServerContext { Queues = ["default"], WorkerCount = 1 },
        _ when type.IsAssignableFrom(typeof(Dictionary<string, string>)) => new Dictionary<string, string> { ["key"] = "value" },
        _ when type.IsAssignableFrom(typeof(List<string>)) => new List<string> { "1" },
        _ when type.IsValueType => Convert.ChangeType(1, Nullable.GetUnderlyingType(type) ?? type, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
