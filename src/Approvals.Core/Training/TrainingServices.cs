using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Training;

/// <summary>Registers the area.</summary>
public static class TrainingServices
{
    /// <summary>Adds training and examination.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services) => services
        .AddScoped<TrainingQuery>()
        .AddScoped<TellCandidates>()
        .AddScoped<PlanSession>()
        .AddScoped<EnrolCandidates>()
        .AddScoped<RecordResults>()
        .AddScoped<PublishResults>()
        .AddScoped<ITimerHandler, ContinueAfterTraining>();
}
