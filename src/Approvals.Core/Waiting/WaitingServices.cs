using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Waiting;

/// <summary>Registers the area.</summary>
public static class WaitingServices
{
    /// <summary>Adds what wakes waits.</summary>
    public static IServiceCollection AddWaiting(this IServiceCollection services) => services.AddScoped<ITimerHandler, DeliverMessage>();
}
