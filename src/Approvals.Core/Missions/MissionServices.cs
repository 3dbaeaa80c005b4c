using Approvals.Core.Certificates;
using Approvals.Core.Missions.Rules;
using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Missions;

/// <summary>Registers the area.</summary>
public static class MissionServices
{
    /// <summary>Adds events, rosters, missions and their log.</summary>
    public static IServiceCollection AddMissions(this IServiceCollection services) => services
        .AddMissionRules()
        .AddScoped<EventAccess>()
        .AddScoped<EventChoices>()
        .AddScoped<EventJournal>()
        .AddScoped<EventQuery>()
        .AddScoped<RosterQuery>()
        .AddScoped<OfferRoster>()
        .AddScoped<OpenEvent>()
        .AddScoped<AppointCommander>()
        .AddScoped<RevokeMission>()
        .AddScoped<WriteEventLog>()
        .AddScoped<HandOverCommand>()
        .AddScoped<CloseEvent>()
        .AddScoped<StateAbsence>()
        .AddScoped<SetCommanderBase>()
        .AddScoped<MissionRecords>()
        .AddScoped<ICertificateVoided, TellOfVoidCertificate>()
        .AddScoped<ITimerHandler, RemindOfAnswer>()
        .AddScoped<ITimerHandler, EscalateReport>();
}
