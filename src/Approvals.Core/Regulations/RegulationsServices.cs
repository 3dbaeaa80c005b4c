using Approvals.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Regulations;

/// <summary>Registers parameters and rules.</summary>
public static class RegulationsServices
{
    /// <summary>Parameters and the runner of rules; each area registers its own rules.</summary>
    public static IServiceCollection AddRegulations(this IServiceCollection services) => services
        .AddScoped<RegulationParameters>()
        .AddScoped<RuleRunner>()
        .AddScoped<FindingWaiver>()
        .AddScoped<ChangeParameter>()
        .AddScoped<IStartupTask, SeedParameters>();
}
