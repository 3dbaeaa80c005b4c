using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Inbox;

/// <summary>Registers the inbox.</summary>
public static class InboxServices
{
    /// <summary>Adds the use cases of tasks and decisions.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<TaskRows>()
        .AddScoped<OpenStep>()
        .AddScoped<RecordSubmission>()
        .AddScoped<TaskViews>()
        .AddScoped<DecideTask>()
        .AddScoped<AdvanceStep>()
        .AddScoped<AssignStep>()
        .AddScoped<HeldTasks>()
        .AddScoped<FurtherSigners>()
        .AddScoped<HandOverTask>()
        .AddScoped<DelegateTask>()
        .AddScoped<TakeBack>()
        .AddScoped<AddSigners>()
        .AddScoped<AddedSignatures>()
        .AddScoped<RemoveSigner>()
        .AddScoped<UrgeCase>()
        .AddScoped<ApproveMany>()
        .AddScoped<ITimerHandler, StepDeadline>()
        .AddScoped<ITimerHandler, StepReminder>();
}
