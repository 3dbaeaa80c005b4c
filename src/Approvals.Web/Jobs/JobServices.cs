using Approvals.Core.Audit;
using Approvals.Core.Files;
using Approvals.Core.Retention;
using Approvals.Core.Timers;
using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;
using Approvals.Web.Data;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.SqlServer;

namespace Approvals.Web.Jobs;

/// <summary>
/// Hangfire, the bell: it runs what our rows say is due. Its storage is beside our database (in memory beside SQLite), and losing it loses
/// nothing, because the sweep reads the rows every minute and at start-up.
/// </summary>
public static class JobServices
{
    /// <summary>Path of Hangfire's dashboard, for system administrators.</summary>
    public const string DashboardPath = "/jobs";

    /// <summary>Queue of everything that fires timers; the other jobs stand in Hangfire's own.</summary>
    public const string TimerQueue = "timers";

    /// <summary>Workers on that queue: one for the sweep, one for what the bell rings meanwhile.</summary>
    private const int TimerWorkers = 2;

    /// <summary>
    /// Adds Hangfire with the storage that goes with the database, the ringer and, unless <c>Jobs:Run</c> is false, the servers that work
    /// on what is due: <c>Jobs:Workers</c> jobs at a time, and timers beside them. A process that only answers people rings for those that work.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>Jobs:Run</c> is false beside SQLite, where no other process could work.</exception>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        var database = DatabaseChoice.From(configuration);
        if (!Runs(configuration) && database.Provider == SqliteDatabase.Name)
            throw new InvalidOperationException("Jobs:Run is false, but beside SQLite no other process can do the jobs.");

        // Ours before Hangfire's, which would take the one that was made last in this process, whichever host made it, and never dispose of it.
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<IGlobalConfiguration>();
            return StorageBeside(database);
        });
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            // Our rows count the tries and wait ever longer; a second count in Hangfire would run them at odd times.
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0 }));
        if (Runs(configuration))
        {
            services.AddHangfireServer(server => server.WorkerCount = configuration.GetValue("Jobs:Workers", 4));

            // Workers of their own: a mail server that hangs holds all the others, and a term must end on its day all the same. Lightweight:
            // the first server schedules and tidies up for both.
            services.AddHangfireServer(server =>
            {
                server.Queues = [TimerQueue];
                server.WorkerCount = TimerWorkers;
                server.IsLightweightServer = true;
            });
        }
        else
            services.Remove(services.Single(service => service.ImplementationType == typeof(CatchUp)));
        services.AddSingleton<IBellRinger, HangfireRinger>();
        services.AddScoped<OutboxJob>();
        services.AddScoped<TimerJob>();
        services.AddScoped<TimerSweepJob>();
        services.AddScoped<SweepJob>();
        return services;
    }

    /// <summary>Maps the dashboard and starts the recurring jobs.</summary>
    public static void MapJobs(this WebApplication app)
    {
        app.MapHangfireDashboard(DashboardPath, new DashboardOptions
        {
            Authorization = [new AdministratorsOnly()],
            AppPath = "/admin/jobs",
            DashboardTitle = "后台任务",
            DisplayStorageConnectionString = false,
        });
        if (!Runs(app.Configuration))
            return;
        var jobs = app.Services.GetRequiredService<IRecurringJobManager>();
        jobs.AddOrUpdate<TimerSweepJob>("sweep-timers", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SweepJob>("sweep", job => job.RunAsync(CancellationToken.None), Cron.Minutely());

        // What the start-up has left of a backlog need not wait for the full minute.
        jobs.Trigger("sweep-timers");
        jobs.Trigger("sweep");
        jobs.AddOrUpdate<CheckpointJob>("audit-checkpoint", job => job.RunAsync(CancellationToken.None), Cron.Hourly());

        // 03:00 and 03:30 in China.
        jobs.AddOrUpdate<SweepFiles>("files", job => job.RunAsync(CancellationToken.None), Cron.Daily(19));
        jobs.AddOrUpdate<RemoveFinished>("retention", job => job.RunAsync(CancellationToken.None), Cron.Daily(19, 30));
    }

    /// <summary>How Hangfire keeps its rows on SQL Server: in its own schema, which it makes and brings up to date at the start.</summary>
    public static SqlServerStorageOptions OnSqlServer() => new()
    {
        // Renewed while a job runs, as on PostgreSQL.
        SlidingInvisibilityTimeout = TimeSpan.FromMinutes(1),
        PrepareSchemaIfNecessary = true,
    };

    private static bool Runs(IConfiguration configuration) => configuration.GetValue("Jobs:Run", true);

    private static JobStorage StorageBeside(DatabaseChoice database)
    {
        switch (database.Provider)
        {
            case PostgreSqlDatabase.Name:
                // Sliding: the fetch time is renewed while a job runs, so a long one is not taken for a dead one and run twice.
                var options = new PostgreSqlStorageOptions
                {
                    UseSlidingInvisibilityTimeout = true, InvisibilityTimeout = TimeSpan.FromSeconds(60),

                    // Locks are rows here, and a killed process leaves its own behind: of the sweep for ten minutes by default, in
                    // which nobody would sweep. Taking over from one that still lives is harmless, see SweepJob.
                    DistributedLockTimeout = TimeSpan.FromMinutes(2),
                };
                return new PostgreSqlStorage(new NpgsqlConnectionFactory(database.ConnectionString, options), options);
            case SqlServerDatabase.Name:
                return new SqlServerStorage(database.ConnectionString, OnSqlServer());
            default:
                return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) });
        }
    }
}
