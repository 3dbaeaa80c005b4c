using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Files;
using Approvals.Core.Hosting;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Retention;
using Approvals.Core.Telemetry;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Data;

/// <summary>Registers what every area stands on.</summary>
public static class DataServices
{
    /// <summary>Unit of work, audit, outbox, timers, numbering and files. The database itself is chosen by the host.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services)
    {
        // The web host may have added the machine's clock before; a test's clock stays.
        foreach (var machine in services.Where(one => ReferenceEquals(one.ImplementationInstance, TimeProvider.System)).ToList())
            services.Remove(machine);
        services.TryAddSingleton<TimeProvider, ChinaClock>();
        services.TryAddScoped<CurrentPerson>();
        services.AddScoped<UnitOfWork>();
        services.AddScoped<LateRows>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<AuditVerifier>();
        services.AddScoped<AuditSearch>();
        services.AddScoped<AuditSubjects>();
        services.AddScoped<CheckpointJob>();
        services.AddSingleton<CheckpointKey>();
        services.AddSingleton<CheckpointWriter>();
        services.AddScoped<Outbox>();
        services.AddScoped<Notifier>();
        services.AddScoped<ReadMessages>();
        services.AddSingleton<IValidateOptions<OutboxOptions>, OutboxOptionsCheck>();
        services.AddOptions<OutboxOptions>().ValidateOnStart();
        services.AddSingleton<OutboxWorker>();
        services.AddScoped<RingAgain>();
        services.AddSingleton<InstanceRows>();
        services.AddScoped<InstanceLock>();
        services.AddScoped<TimerService>();
        services.AddSingleton<TimerRows>();
        services.AddScoped<TimerFiring>();
        services.AddSingleton<TimerSweep>();
        services.AddSingleton<Bell>();
        services.AddScoped<Numbering>();
        services.AddScoped<FileStore>();
        services.AddScoped<SweepFiles>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddScoped<IStartupTask, CatchUp>();
        services.AddScoped<IOutboxHandler, MailHandler>();
        services.TryAddSingleton<IMailWording, ChineseMails>();
        services.AddWebhooks();
        services.AddRetention();
        services.AddMetrics();
        services.AddSingleton<Measures>();
        services.AddSingleton<Backlog>();
        return services;
    }
}
