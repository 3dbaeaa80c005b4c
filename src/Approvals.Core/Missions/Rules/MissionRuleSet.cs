using Approvals.Core.Regulations;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Missions.Rules;

/// <summary>Rules about missions.</summary>
public static class MissionRuleSet
{
    /// <summary>Rule set of an appointment on the scene.</summary>
    public const string Name = "commander-mission";

    /// <summary>Rule set of whoever is appointed: what nobody can waive.</summary>
    public const string Standing = "commander-standing";

    /// <summary>Registers them.</summary>
    internal static IServiceCollection AddMissionRules(this IServiceCollection services) => services
        .AddSingleton<IRule, MissionCover>()
        .AddSingleton<IRule, MissionSpecialty>()
        .AddSingleton<IRule, MissionTerm>();
}
