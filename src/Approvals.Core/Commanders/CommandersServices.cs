using Approvals.Core.Insurance;
using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Commanders;

/// <summary>Registers the area.</summary>
public static class CommandersServices
{
    /// <summary>Adds the information base of commanders and their insurance.</summary>
    public static IServiceCollection AddCommanders(this IServiceCollection services) => services
        .AddScoped<EnterCommander>()
        .AddScoped<InsuredPeople>()
        .AddScoped<InsuranceRoster>()
        .AddScoped<PoliciesCheck>()
        .AddScoped<RecordInsurance>()
        .AddScoped<RemindOfExpiry>()
        .AddScoped<ITimerHandler>(provider => provider.GetRequiredService<RemindOfExpiry>())
        .AddScoped<CommanderQuery>()
        .AddScoped<ITimerHandler, RemindOfTerm>()
        .AddScoped<ITimerHandler, EndTerm>();
}
