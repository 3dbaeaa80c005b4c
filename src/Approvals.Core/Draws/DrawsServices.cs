using Approvals.Core.Designer;
using Approvals.Core.Designer.Sources;
using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Draws;

/// <summary>Registers the area.</summary>
public static class DrawsServices
{
    /// <summary>Adds draws and the registers they draw from.</summary>
    public static IServiceCollection AddDraws(this IServiceCollection services) => services
        .AddSingleton<DrawSecret>()
        .AddScoped<DrawKeyUse>()
        .AddScoped<IDrawSource, CommanderSource>()
        .AddScoped<DrawUrn>()
        .AddScoped<DrawCommitments>()
        .AddScoped<RequestDraw>()
        .AddScoped<RecordRefusal>()
        .AddScoped<DrawQuery>()
        .AddScoped<ITimerHandler, PerformDraw>()
        .AddScoped<IOptionSource, DrawSourceOptions>()
        .AddScoped<IOptionSource, SpecialtyOptions>();
}
