using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Payouts;

/// <summary>Registers the area.</summary>
public static class PayoutServices
{
    /// <summary>Adds payees, accounts, entitlements and packets.</summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services) => services
        .AddSingleton<AccountVault>()
        .AddScoped<Payees>()
        .AddScoped<FourEyes>()
        .AddScoped<PersonDayLedger>()
        .AddScoped<CaseApprovals>()
        .AddScoped<GrantChecks>()
        .AddScoped<GrantEntitlements>();
}
