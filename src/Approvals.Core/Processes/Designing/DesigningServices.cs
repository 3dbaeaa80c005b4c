using Approvals.Core.Processes.Designing.Differences;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Processes.Designing;

/// <summary>Registers what process owners do to definitions.</summary>
public static class DesigningServices
{
    /// <summary>Adds the use cases of designing.</summary>
    public static IServiceCollection AddDesigning(this IServiceCollection services)
    {
        services.AddSingleton<KnownActivities>();
        services.AddScoped<DefinitionQuery>();
        services.AddScoped<DefinitionVersions>();
        services.AddScoped<DefinitionFileStore>();
        services.AddScoped<DefinitionChecks>();
        services.AddScoped<DefinitionConsumers>();
        services.AddScoped<SaveDefinition>();
        services.AddScoped<PublishDefinition>();
        services.AddScoped<RetractDefinition>();
        services.AddScoped<RevertDefinition>();
        services.AddScoped<DeleteDefinition>();
        services.AddScoped<ImportDefinition>();
        services.AddScoped<UpdateReferences>();
        services.AddScoped<RemoveUnknownActivities>();
        services.AddScoped<CompareDefinitions>();
        return services;
    }
}
