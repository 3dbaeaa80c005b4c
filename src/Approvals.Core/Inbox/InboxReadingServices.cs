using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Inbox;

/// <summary>Registers what reads the inbox.</summary>
public static class InboxReadingServices
{
    /// <summary>Adds <see cref="InboxQuery"/> and what tells a signer of the next steps.</summary>
    public static IServiceCollection AddInboxReading(this IServiceCollection services) => services
        .AddSingleton<InboxRows>()
        .AddScoped<InboxQuery>()
        .AddScoped<NextTask>()
        .AddScoped<SentBack>()
        .AddScoped<WhatFollows>();
}
