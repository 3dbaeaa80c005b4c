using Approvals.Core.Regulations;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Missions.Rules;

/// <summary>Rules about missions.</summary>
public static class MissionRuleSet
{
    /// <summary>Rule set of an appointment on the scene.</summary>
    public const string Name = "commander-mission";

    /// <summary>Registers them.</summary>
    internal static IServiceCollection AddMissionRules(this IServiceCollection services) => services
        .AddSingleton<IRule, MissionCover>()
        .AddSingleton<IRule, MissionSpecialty>();
}
