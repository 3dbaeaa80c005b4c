using Approvals.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Insurance;

/// <summary>Registers the area.</summary>
public static class InsuranceServices
{
    /// <summary>Adds cover of accident insurance and, at start-up, the watch over its end.</summary>
    public static IServiceCollection AddInsurance(this IServiceCollection services) => services
        .AddScoped<InsuranceCover>()
        .AddScoped<IStartupTask, WatchPolicies>();
}
