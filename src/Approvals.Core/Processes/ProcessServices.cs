using Approvals.Core.Hosting;
using Approvals.Core.Timers;
using Approvals.Workflows;
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
        services.AddSingleton(provider => new WorkflowEngine(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWorkflowCatalogue, PublishedWorkflows>();
        services.AddSingleton(provider => new WorkflowCompiler(null, provider.GetRequiredService<IWorkflowCatalogue>()));
        services.AddSingleton<CompiledDefinitions>();
        services.AddScoped<DefinitionCatalogue>();
        services.AddScoped<WorkflowHost>();
        services.AddScoped<ITimerHandler, BookmarkTimerHandler>();
        services.AddScoped<IStartupTask, ImportProcesses>();
        return services;
    }
}
