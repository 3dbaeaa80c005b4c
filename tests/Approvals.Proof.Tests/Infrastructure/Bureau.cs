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
/// approval, a wait of a second, a numbered letter, done. This test looks into the same database beside them.
/// </summary>
internal sealed class Bureau : IAsyncDisposable
{
    private readonly List<Node> started = [];
    private ServiceProvider? services;

    private Bureau(string provider, string connection, string folder) =>
        (Provider, Connection, Folder) = (provider, connection, folder);

    public const string Process = "proof";

    public string Provider { get; }

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
        ["Demo:Register"] = "false",
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
    public static async Task<Bureau> OpenAsync(string provider, string? server = null, string? place = null)
    {
        var folder = place is null
            ? Directory.CreateTempSubdirectory("approvals-proof-").FullName
            : Directory.CreateDirectory(Path.Combine(place, "bureau")).FullName;
        var connection = provider == "Sqlite"
            ? $"Data Source={Path.Combine(folder, "approvals.db")}"
            : await Server.NewDatabaseAsync(server ?? Server.Shared);
        var bureau = new Bureau(provider, connection, folder);
        WriteProcess(Path.Combine(folder, "workflows"));
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

    /// <summary>Gives these people tokens; the first process must have seeded them.</summary>
    public Task InviteAsync(params string[] userNames) => DatabaseAsync(async db =>
    {
        foreach (var name in userNames)
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
        if (Provider != "Sqlite")
            await Server.DropAsync(Connection);
        Directory.Delete(Folder, recursive: true);
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

    private static void WriteProcess(string workflows)
    {
        new TestProcess(Process)
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 5, requiresSignature = "false" })
            .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:00:01" })
            .Add("letter", "Approvals.IssueDocument", "制发通知书", new { text = "letter" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
            .Connect("start", "apply").Connect("apply", "head").Connect("head", "wait", "同意").Connect("head", "refuse", "不同意")
            .Connect("wait", "letter").Connect("letter", "close")
            .Write(workflows);
        var documents = Directory.CreateDirectory(Path.Combine(workflows, Process, "documents")).FullName;
        File.WriteAllText(Path.Combine(documents, "letter.json"), """
            { "title": "申请结果通知书", "addressee": "{{ name }}同志", "paragraphs": [ "你的申请（业务编号：{{ case_number }}）已经同意。" ] }
            """);
    }
}
