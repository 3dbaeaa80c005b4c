using Approvals.Core.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Webhooks;

/// <summary>Registers the calls to other systems.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>();
        services.AddOptions<WebhookOptions>().ValidateOnStart();
        services.AddScoped<Announcer>();
        services.AddScoped<WebhookTargets>();
        services.AddHttpClient<WebhookHandler>(client => client.Timeout = WebhookHandler.Patience)

            // A redirect would carry what was meant for the configured address to another one.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddScoped<IOutboxHandler>(provider => provider.GetRequiredService<WebhookHandler>());
    }
}
