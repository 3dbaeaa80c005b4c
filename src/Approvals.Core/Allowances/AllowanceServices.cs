using Approvals.Core.Missions;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Allowances;

/// <summary>Registers the area.</summary>
public static class AllowanceServices
{
    /// <summary>Adds rates, sheets and claims of the daily allowance.</summary>
    public static IServiceCollection AddAllowances(this IServiceCollection services) => services
        .AddScoped<RateTables>()
        .AddScoped<ChangeRates>()
        .AddScoped<AllowanceQuery>()
        .AddScoped<SubmitAllowance>()
        .AddScoped<GrantAllowance>()
        .AddScoped<IMissionEnded, TellOfDaysBehindTheEnd>();
}
