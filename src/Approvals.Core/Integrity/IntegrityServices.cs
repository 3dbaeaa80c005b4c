using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Packets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Core.Integrity;

/// <summary>Registers the check of all invariants.</summary>
public static class IntegrityServices
{
    /// <summary>The check; <see cref="ChainIsWhole"/> comes first, see there.</summary>
    public static IServiceCollection AddIntegrity(this IServiceCollection services)
    {
        services.TryAddScoped<PacketChecks>();
        services.TryAddSingleton<AccountVault>();
        return services
            .AddScoped<IntegrityCheck>()
            .AddScoped<IInvariant, ChainIsWhole>()
            .AddScoped<IInvariant, CasesWaitVisibly>()
            .AddScoped<IInvariant, DecisionsAreOnce>()
            .AddScoped<IInvariant, TimersAndOutboxHold>()
            .AddScoped<IInvariant, NumbersAreGapless>()
            .AddScoped<IInvariant, MoneyAgrees>()
            .AddScoped<IInvariant, GrantsMatchCases>()
            .AddScoped<IInvariant, FilesAreThere>();
    }
}
