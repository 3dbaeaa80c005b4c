using System.Data.Common;
using Approvals.Core.Hosting;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.RoundTrip;
using Approvals.Core.Processes.Moving;
using Approvals.Core.Processes.Watching;
using Approvals.Core.Timers;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Processes;

/// <summary>Registers the runtime and the processes it runs.</summary>
public static class ProcessServices
{
    /// <summary>Adds the runtime with every activity of the product, the catalogue, the durable host and the import.</summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ProcessOptions>(configuration.GetSection("Processes"));
        services.AddSingleton(_ => new ActivityRegistry(typeof(ProcessServices).Assembly));
        services.AddSingleton(provider => new WorkflowEngine(
            provider.GetRequiredService<TimeProvider>(),
            new WorkflowEngineOptions { PassThrough = ConcernsTransaction }));
        services.AddSingleton<IWorkflowCatalogue, PublishedWorkflows>();
        services.AddSingleton(provider => new WorkflowCompiler(null, provider.GetRequiredService<IWorkflowCatalogue>()));
        services.AddSingleton<CompiledDefinitions>();
        services.AddScoped<DefinitionCatalogue>();
        services.AddDesigning();
        services.AddScoped<ProcessFileStates>();
        services.AddScoped<ExportProcesses>();
        services.AddScoped<WorkflowHost>();
        services.AddScoped<Overview.ProcessOverview>();
        services.AddScoped<ITimerHandler, BookmarkTimerHandler>();
        services.AddScoped<IStartupTask, ImportProcesses>();
        services.AddScoped<InstanceList>().AddScoped<InstanceViews>().AddScoped<InstanceHistory>().AddScoped<EndInstance>().AddScoped<EndEffects>();
        services.AddScoped<Cases.CloseAfterEnd>();
        services.AddScoped<MovePreview>().AddScoped<MoveInstance>();
        return services;
    }

    /// <summary>
    /// A lost race or connection, or a caller that gave up, is no fault of the activity: the transaction is spoilt, so the exception
    /// rolls it back and the burst can be repeated as if it had never run. Looked for inside, too: what PostgreSQL and SQL Server call
    /// transient reaches us as an InvalidOperationException around it. Not inside of an expression's limit: what it wraps is the sandbox's
    /// own, be it the cancellation by which a template over its time was stopped.
    /// </summary>
    private static bool ConcernsTransaction(Exception? exception) => exception is not (null or ExpressionLimitException)
        && (exception is DbException or DbUpdateException or OperationCanceledException || ConcernsTransaction(exception.InnerException));
}
