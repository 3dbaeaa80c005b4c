using Approvals.Core.Api;
using Approvals.Core.Data;
using Approvals.Core.Integrity;
using Approvals.Core.Tests.Cases;
using Approvals.Web.Data;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>
/// A database and a data folder that processes of the product share, with the demonstration bureau and one process: apply, the head's
/// approval, a wait of a second, a numbered letter, done. A bureau that pays issues a numbered certificate and owes a fee as well, and has
/// the shipped processes with commanders to send. This test looks into the same database beside them.
/// </summary>
internal sealed class Bureau : IAsyncDisposable
{
    private readonly List<Node> started = [];
    private ServiceProvider? services;

    private Bureau(string provider, string connection, string folder) =>
        (Provider, Connection, Folder) = (provider, connection, folder);

    public const string Process = "proof";

    /// <summary>Payees of the fees, whose identity numbers pass the check; the first is the applicant.</summary>
    private static readonly (string Name, string Number)[] Payees =
        [("刘志强", "500101198503071211"), ("孙丽梅", "500101198503071238"), ("郭建军", "500101198503071254")];

    public string Provider { get; }

    /// <summary>Whether its cases issue certificates and cost money; see <see cref="RescueTraffic"/>.</summary>
    public bool Pays { get; private init; }

    public string Connection { get; private set; }

    public string Folder { get; private set; }

    /// <summary>Settings beyond the usual.</summary>
    public Dictionary<string, string> Extra { get; } = [];

    /// <summary>Configuration of every process on it.</summary>
    public Dictionary<string, string> Settings => new(Extra)
    {
        ["ASPNETCORE_ENVIRONMENT"] = Extra.GetValueOrDefault("ASPNETCORE_ENVIRONMENT", "Development"),
        ["Database:Provider"] = Provider,
        ["ConnectionStrings:Approvals"] = Connection,
        ["Data:Folder"] = Folder,
        ["Processes:Folder"] = Path.Combine(Folder, "workflows"),
        ["Demo:Register"] = Pays ? "true" : "false",
        ["RateLimits:PerPersonPerMinute"] = "1000000",
        ["RateLimits:PerAddressPerMinute"] = "1000000",
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["DOTNET_USE_POLLING_FILE_WATCHER"] = "1",
        ["DOTNET_gcServer"] = "0",

        // Processes that live for seconds: no instrumented code.
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>Tokens by user name.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <param name="provider">Which database.</param>
    /// <param name="server">PostgreSQL of the test's own; null for that of the test run.</param>
    /// <param name="place">Where its folder is to lie; null for the machine's folder of temporary files.</param>
    /// <param name="pays">Whether its cases issue certificates and cost money.</param>
    public static async Task<Bureau> OpenAsync(string provider, string? server = null, string? place = null, bool pays = false)
    {
        var folder = place is null
            ? Directory.CreateTempSubdirectory("approvals-proof-").FullName
            : Directory.CreateDirectory(Path.Combine(place, "bureau")).FullName;
        var connection = provider == "Sqlite"
            ? $"Data Source={Path.Combine(folder, "approvals.db")}"
            : await Server.NewDatabaseAsync(server ?? Server.Shared);
        var bureau = new Bureau(provider, connection, folder) { Pays = pays };
        ProofProcess.Write(Path.Combine(folder, "workflows"), pays);
        return bureau;
    }

    /// <summary>Starts a process of the product on it; it ends with this at the latest, also when the test fails before it is disposed of.</summary>
    public Node Start(string? program = null, params (string Key, string Value)[] more)
    {
        var settings = Settings;
        foreach (var (key, value) in more)
            settings[key] = value;
        var node = Node.Start(program ?? Place.Program, settings);
        started.Add(node);
        return node;
    }

    /// <summary>What an applicant fills in.</summary>
    public object Fields()
    {
        if (!Pays)
            return new { name = "刘志强", reason = "需要" };
        var (name, number) = Random.Shared.GetItems(Payees, 1)[0];
        return new { name, reason = "需要", identityNumber = number, amount = $"{Random.Shared.Next(1, 1000)}.{Random.Shared.Next(100):00}" };
    }

    /// <summary>Gives these people tokens, and those of the rescues where the bureau pays; the first process must have seeded them.</summary>
    public Task InviteAsync(params string[] userNames) => DatabaseAsync(async db =>
    {
        foreach (var name in userNames.Concat(Pays ? RescueTraffic.Deciders : []).Distinct())
        {
            var token = Tokens[name] = ApiTokens.Create();
            db.ApiTokens.Add(new ApiToken
            {
                PersonId = (await db.Users.SingleAsync(one => one.UserName == name)).PersonId,
                Name = "proof",
                TokenHash = ApiTokens.HashOf(token),
                CreatedAt = TimeProvider.System.GetUtcNow(),
                ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
            });
        }

        return await db.SaveChangesAsync();
    });

    public async Task<T> DatabaseAsync<T>(Func<ApprovalsDbContext, Task<T>> work)
    {
        await using var scope = Services().CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>());
    }

    /// <summary>Every invariant of the product holds.</summary>
    public async Task WholeAsync(string after)
    {
        await using var scope = Services().CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<IntegrityCheck>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(report.IsWhole, $"After {after}:\n{string.Join('\n', report.Violations)}");
    }

    /// <summary>Five minutes pass for messages that a killed process had taken: their leases run out.</summary>
    public Task<int> LeasesRunOutAsync() => DatabaseAsync(db => db.Outbox.Where(row => row.LockedUntil != null && row.DoneAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.LockedUntil, DateTimeOffset.UnixEpoch)));

    /// <summary>Moves to a restored database and data folder.</summary>
    public async Task MoveToAsync(string connection, string folder)
    {
        if (services is not null)
            await services.DisposeAsync();
        (services, Connection, Folder) = (null, connection, folder);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in started)
            await node.DisposeAsync();
        if (services is not null)
            await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        if (Provider == "Sqlite")
            return;
        try
        {
            await Server.DropAsync(Connection);
        }
        catch (Npgsql.NpgsqlException unreachable)
        {
            // A server that is down or has no room takes its databases with it; saying so here would hide why the test failed.
            TestContext.Current.SendDiagnosticMessage($"{unreachable.Message} The database stays.");
        }
    }

    private ServiceProvider Services()
    {
        if (services is not null)
            return services;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddDataProtection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddApprovalsData(configuration);
        collection.AddProductAreas(configuration);
        return services = collection.BuildServiceProvider();
    }
}
