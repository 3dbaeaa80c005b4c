using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Retention;
using Approvals.Core.Webhooks;
using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Data;

/// <summary>Chooses the database by configuration.</summary>
public static class ApprovalsDataServices
{
    /// <summary>
    /// Adds the kernel and the database named by <c>Database:Provider</c> (<c>Sqlite</c>, <c>PostgreSql</c> or <c>SqlServer</c>; SQLite
    /// when nothing is said) with <c>ConnectionStrings:Approvals</c> (for SQLite <c>approvals.db</c> in <c>Data:Folder</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">Unknown provider, or no connection string for a server.</exception>
    public static IServiceCollection AddApprovalsData(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<DataOptions>(configuration.GetSection("Data"));
        services.Configure<MailOptions>(configuration.GetSection("Smtp"));
        services.Configure<OutboxOptions>(configuration.GetSection("Outbox"));
        services.Configure<WebhookOptions>(configuration.GetSection("Webhooks"));
        services.Configure<RetentionOptions>(configuration.GetSection("Retention"));
        services.AddKernel();
        var database = DatabaseChoice.From(configuration);
        services.AddSingleton(database);
        var isSqlite = database.Provider == SqliteDatabase.Name;
        services.AddSingleton(new WriterGate(singleWriter: isSqlite));
        services.AddSingleton<ICommitFlush>(_ => isSqlite ? new WriteAheadLogFlush() : new FlushedByCommit());
        services.AddPooledDbContextFactory<ApprovalsDbContext>(options => Use(options, database));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ApprovalsDbContext>>().CreateDbContext());
        return services;
    }

    private static void Use(DbContextOptionsBuilder options, DatabaseChoice database) => _ = database.Provider switch
    {
        SqliteDatabase.Name => options.UseApprovalsSqlite(database.ConnectionString),
        PostgreSqlDatabase.Name => options.UseApprovalsPostgreSql(database.ConnectionString),
        SqlServerDatabase.Name => options.UseApprovalsSqlServer(database.ConnectionString),
        _ => throw new InvalidOperationException($"Unknown provider {database.Provider}."),
    };
}
