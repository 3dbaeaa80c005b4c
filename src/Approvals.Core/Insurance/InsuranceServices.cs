using Approvals.Core.Forms;
using Approvals.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Insurance;

/// <summary>Registers the area.</summary>
public static class InsuranceServices
{
    /// <summary>Needs the commanders. Adds purchases, claims and cover of accident insurance and, at start-up, the watch over its end.</summary>
    public static IServiceCollection AddInsurance(this IServiceCollection services) => services
        .AddScoped<InsuranceCover>()
        .AddScoped<OpenPurchase>()
        .AddScoped<LeaveOut>()
        .AddScoped<InsuranceAccess>()
        .AddScoped<InsuranceQuery>()
        .AddScoped<ExportPolicies>()
        .AddScoped<ClaimQuery>()
        .AddScoped<RecordClaim>()
        .AddScoped<ChangeClaim>()
        .AddScoped<ClaimNews>()
        .AddScoped<GrantPremium>()
        .AddScoped<IFormCheck>(provider => provider.GetRequiredService<PoliciesCheck>())
        .AddScoped<IFormCheck, QuotationCheck>()
        .AddScoped<IStartupTask, WatchPolicies>();
}
