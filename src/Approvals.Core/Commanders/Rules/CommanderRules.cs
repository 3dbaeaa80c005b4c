using Approvals.Core.Regulations;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Commanders.Rules;

/// <summary>Rules about technical commanders.</summary>
public static class CommanderRules
{
    /// <summary>Rule set of the appointment (聘任条件), T§12.</summary>
    public const string Appointment = "commander-appointment";

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddCommanderRules(this IServiceCollection services) => services
        .AddSingleton<IRule, CommanderAgeLimit>()
        .AddSingleton<IRule, CommanderCommandYears>()
        .AddSingleton<IRule, CommanderCleanRecord>()
        .AddSingleton<IRule, CommanderHealth>()
        .AddSingleton<IRule, CommanderQualification>();
}
