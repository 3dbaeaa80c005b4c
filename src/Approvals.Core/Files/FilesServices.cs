using Approvals.Documents.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Core.Files;

/// <summary>Registers what judges given files.</summary>
public static class FilesServices
{
    /// <summary>Adds <see cref="FileIntake"/>, the photo inspector and the fonts.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new PhotoInspector());
        return services.AddSiteFonts().AddSingleton<FileIntake>();
    }
}
