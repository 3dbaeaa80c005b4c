using System.Data.Common;
using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Approvals.Core.Inbox;
using Approvals.Data.Sqlite;
using Approvals.Documents;
using Approvals.Documents.Fonts;
using Approvals.Documents.Rendering;
using Approvals.Web.Data;
using Approvals.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Web.DryRuns;

/// <summary>
/// Sandboxes over SQLite files in the machine's folder for temporary files, whatever database the product itself uses. The first one
/// migrates an empty database, the later ones copy it. Nothing in them rings, mails or calls: there is no job server.
/// </summary>
internal sealed class Sandboxes(IConfiguration configuration, IServiceProvider host) : IDryRunSandboxes, IDisposable
{
    private readonly Lock _making = new();
    private Task<string>? _template;

    /// <inheritdoc />
    public async Task<DryRunSandbox> OpenAsync(VirtualClock clock, CancellationToken cancellationToken)
    {
        var template = await TemplateAsync();
        var folder = Directory.CreateTempSubdirectory("approvals-dry-run-").FullName;
        var database = Path.Combine(folder, "approvals.db");
        File.Copy(template, database);
        return new Sandbox(Build(folder, $"Data Source={database}", clock), folder, database);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_template is { IsCompletedSuccessfully: true, Result: var file })
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private Task<string> TemplateAsync()
    {
        lock (_making)
        {
            return _template = _template is { IsFaulted: false } ? _template : MigrateAsync();
        }
    }

    private static async Task<string> MigrateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("approvals-dry-run-template-").FullName, "empty.db");

        // Not pooled and back in one file, so that a copy of it is complete.
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlite($"Data Source={file};Pooling=False");
        await using var db = new ApprovalsDbContext(options.Options);
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return file;
    }

    private ServiceProvider Build(string folder, string connection, VirtualClock clock)
    {
        // Office hours, the bureau's name and the fonts are those of the site; every place that data could go to is the sandbox's.
        var settings = new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = SqliteDatabase.Name,
                ["ConnectionStrings:Approvals"] = connection,
                ["Data:Folder"] = folder,
                ["Data:KeyFolder"] = Path.Combine(folder, "keys"),
                ["Data:CheckpointFolder"] = Path.Combine(folder, "checkpoints"),
                ["Smtp:Host"] = null,
            })
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(settings);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddApprovalsData(settings);
        services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(new Unsafe()));
        services.AddSingleton<ICommitFlush, FlushedByCommit>();
        AddSpecimens(services);
        services.AddProductAreas(settings);
        services.AddScoped<ISignerCheck, NobodyTypes>();
        services.AddDryRunActors();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>A document of a dry run has a seal and a number like a real one; it must not be taken for one.</summary>
    private void AddSpecimens(ServiceCollection services)
    {
        var fonts = host.GetRequiredService<FontLibrary>();
        services.AddSingleton(fonts);
        services.AddSingleton(new DocumentRenderer(fonts, new SpecimenRenderer(new SkiaPdfRenderer(), fonts, "试运行样张")));
    }

    private sealed class Sandbox(ServiceProvider services, string folder, string database) : DryRunSandbox
    {
        public override IServiceProvider Services => services;

        public override async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            using (var pool = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, ForeignKeys = true }.ToString()))
            {
                SqliteConnection.ClearPool(pool);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Nobody needs a sandbox after a power failure, so its writes need not wait for the disk.</summary>
    private sealed class Unsafe : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The people of a dry run are a script: there is nobody to ask for a password.</summary>
    private sealed class NobodyTypes : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(SignerCheckOutcome.Confirmed);
    }
}
