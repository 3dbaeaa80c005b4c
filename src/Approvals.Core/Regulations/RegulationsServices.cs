using Approvals.Core.Commanders.Rules;
using Approvals.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Regulations;

/// <summary>Registers parameters and rules.</summary>
public static class RegulationsServices
{
    /// <summary>Parameters, rules and their runner; needs the database.</summary>
    public static IServiceCollection AddRegulations(this IServiceCollection services) => services
        .AddScoped<RegulationParameters>()
        .AddScoped<RuleRunner>()
        .AddScoped<FindingWaiver>()
        .AddScoped<ChangeParameter>()
        .AddScoped<IStartupTask, SeedParameters>()
        .AddCommanderRules();
}
