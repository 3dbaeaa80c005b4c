using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Insurance;

/// <summary>Registers the area.</summary>
public static class InsuranceServices
{
    /// <summary>Adds cover of accident insurance.</summary>
    public static IServiceCollection AddInsurance(this IServiceCollection services) => services
        .AddScoped<InsuranceCover>();
}
