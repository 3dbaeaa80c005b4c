using Approvals.Core.Compensation.Rules;
using Approvals.Core.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Compensation;

/// <summary>Registers the area.</summary>
public static class CompensationServices
{
    /// <summary>Adds claims for rescue compensation.</summary>
    public static IServiceCollection AddCompensation(this IServiceCollection services) => services
        .AddCompensationRules()
        .AddScoped<HeldInvoices>()
        .AddScoped<IFormCheck, CheckCompensation>()
        .AddScoped<GrantCompensation>()
        .AddScoped<UnitAccount>();
}
