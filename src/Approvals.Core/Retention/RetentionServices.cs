using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Retention;

/// <summary>Registers the removal of rows whose work is over.</summary>
internal static class RetentionServices
{
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsCheck>();
        services.AddOptions<RetentionOptions>().ValidateOnStart();
        services.AddScoped<RemoveFinished>();
    }
}
