using System.Collections.Concurrent;
using System.Data.Common;
using Approvals.Core.Data;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.Extensions.DependencyInjection;

// IQueryCompiler is EF's own: nothing public sees a query together with the values it runs with.
#pragma warning disable EF1001

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>
/// Whatever a context on SQLite reads or saves is made into commands for SQL Server as well, which a double takes down. The suites run
/// with it when <c>APPROVALS_SQLSERVER_COMMANDS</c> names a folder; what was taken down is written there when the process ends, and
/// SQL Server's compiler judges it afterwards (<c>AfterTheSuiteTests</c>).
/// </summary>
public static class SqlServerTwin
{
    /// <summary>The folder to write to.</summary>
    public const string Variable = "APPROVALS_SQLSERVER_COMMANDS";

    private static readonly string? Folder = Environment.GetEnvironmentVariable(Variable);
    private static readonly DbContextOptions<ApprovalsDbContext> Options = MakeOptions();

    private static readonly Lazy<IModel> TheModel = new(() =>
    {
        using var db = Open(out _);
        return db.Model;
    });

    /// <summary>The product's model on SQL Server.</summary>
    public static IModel Model => TheModel.Value;

    /// <summary>What this process has taken down.</summary>
    public static TakenDown Taken { get; } = Begin();

    /// <summary>Watches the contexts of a product on SQLite, when the suites are to be taken down.</summary>
    public static void Watch(IServiceCollection services)
    {
        if (Folder is not null)
            services.ConfigureDbContext<ApprovalsDbContext>(Watch);
    }

    /// <summary>Watches the contexts made with these options.</summary>
    public static void Watch(DbContextOptionsBuilder options) => options
        .ReplaceService<IQueryCompiler, TwinQueryCompiler>()
        .AddInterceptors(new TwinSaves(), new RawStatements());

    /// <summary>The product's context on SQL Server's provider, talking to a double.</summary>
    public static ApprovalsDbContext Open(out ServerDouble server, Func<DbDataReader>? answer = null)
    {
        server = new ServerDouble(answer);
        var db = new ApprovalsDbContext(Options);
        db.Database.SetDbConnection(server);
        return db;
    }

    private static DbContextOptions<ApprovalsDbContext> MakeOptions()
    {
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlServer("Server=double;Database=approvals");
        return options.Options;
    }

    private static TakenDown Begin()
    {
        var taken = new TakenDown();
        if (Folder is not null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => taken.Write(Folder);
        return taken;
    }
}

/// <summary>What one run of tests has sent, from where, and what could not be made into a command for SQL Server.</summary>
public sealed class TakenDown
{
    private readonly ConcurrentDictionary<string, TakenCommand> commands = new();
    private readonly ConcurrentDictionary<string, bool> sites = new();
    private readonly ConcurrentDictionary<string, bool> failures = new();

    /// <summary>Every text once.</summary>
    public ICollection<TakenCommand> Commands => commands.Values;

    /// <summary>Methods of the product that something was taken down from.</summary>
    public ICollection<string> Sites => sites.Keys;

    /// <summary>In words, with the place.</summary>
    public ICollection<string> Failures => failures.Keys;

    /// <summary>Takes a command down.</summary>
    public void Add(SentCommand command, string kind, string? site) =>
        commands.TryAdd(kind + command.Sql, new TakenCommand(command.Sql, command.Parameters, kind, site ?? ""));

    /// <summary>Takes the place down.</summary>
    public void AddSite(string site) => sites.TryAdd(site, true);

    /// <summary>Takes a failure down.</summary>
    public void AddFailure(string failure) => failures.TryAdd(failure, true);

    /// <summary>Writes all of it to a file named after the running tests.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name;
        File.WriteAllText(
            Path.Combine(folder, $"{name}-{Environment.ProcessId}.json"),
            System.Text.Json.JsonSerializer.Serialize(new TakenFile([.. Commands], [.. Sites], [.. Failures])));
    }
}

/// <summary>A command taken down.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Parameters">Its parameters as a procedure declares them.</param>
/// <param name="Kind"><c>query</c>, <c>compiled</c> (query), <c>save</c>, or <c>raw</c>: written by hand, with the text sent to SQLite.</param>
/// <param name="Site">The method of the product it came from first.</param>
public sealed record TakenCommand(string Sql, string Parameters, string Kind, string Site);

/// <summary>What a process writes at its end.</summary>
public sealed record TakenFile(IReadOnlyList<TakenCommand> Commands, IReadOnlyList<string> Sites, IReadOnlyList<string> Failures);
