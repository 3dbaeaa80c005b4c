using Approvals.Core.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Notices;

/// <summary>Registers the area.</summary>
public static class NoticesServices
{
    /// <summary>Adds notices and objections.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddScoped<PublishNotice>()
        .AddScoped<WithdrawNotice>()
        .AddScoped<FileObjection>()
        .AddScoped<RuleObjection>()
        .AddScoped<NoticeQuery>()
        .AddScoped<ITimerHandler, SettleNotice>()
        .AddScoped<Processes.ISubProcessEnded, HandleObjectionAgain>()
        .AddScoped<Data.IBeforeCommit, HandleObjectionAgain>()
        .AddScoped<ITimerHandler, HandleNextObjection>();
}
