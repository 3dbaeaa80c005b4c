using Approvals.Core.DryRuns.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>Registers dry runs.</summary>
public static class DryRunServices
{
    /// <summary>Adds the use case to the product. The host adds its <see cref="IDryRunSandboxes"/>.</summary>
    public static IServiceCollection AddDryRuns(this IServiceCollection services) => services
        .AddScoped<SimulateProcess>()
        .AddSingleton<DryRunShelf>();

    /// <summary>Adds to a sandbox who plays in it.</summary>
    public static IServiceCollection AddDryRunActors(this IServiceCollection services) => services
        .AddScoped<ReadDryRun>()
        .AddScoped<DecideByScript>()
        .AddScoped<IDryRunActor, AssignmentActor>()
        .AddScoped<IDryRunActor, TaskActor>()
        .AddScoped<IDryRunActor, PublicActor>()
        .AddScoped<IDryRunActor, TrainingActor>()
        .AddScoped<IDryRunActor, EventActor>();
}
