using Approvals.Documents;
using Approvals.Documents.Fonts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Core.Files;

/// <summary>
/// The fonts of this site, section <c>Fonts</c> of the configuration: <c>Fonts:Folder</c> holds the licensed fonts of the site (仿宋,
/// 小标宋 …), <c>Fonts:Families:Body</c> and the like say which of them a role is set in. Without them the shipped free fonts serve.
/// </summary>
public static class SiteFonts
{
    /// <summary>
    /// Adds the <see cref="FontLibrary"/>, loaded at its first use, and the renderer that sets documents in it; a second call changes
    /// nothing.
    /// </summary>
    public static IServiceCollection AddSiteFonts(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => FontLibrary.Load(OptionsFrom(provider.GetRequiredService<IConfiguration>())));
        services.TryAddSingleton(provider => new DocumentRenderer(provider.GetRequiredService<FontLibrary>()));
        return services;
    }

    /// <summary>
    /// Reads the section. The site's folder comes first and the shipped one stays behind it: a licensed font seldom has every rare
    /// character that names need.
    /// </summary>
    /// <exception cref="FontException">The folder does not exist, or a role has an unknown name.</exception>
    public static FontOptions OptionsFrom(IConfiguration configuration)
    {
        var shipped = FontOptions.Default.Folders;
        var folder = configuration["Fonts:Folder"];
        if (!string.IsNullOrWhiteSpace(folder) && !Directory.Exists(folder))
        {
            // A mistyped folder would otherwise go unseen until somebody looks at a printed notice.
            throw new FontException($"配置的字体目录“{folder}”（Fonts:Folder）不存在");
        }

        var families = configuration.GetSection("Fonts:Families").GetChildren()
            .Where(role => !string.IsNullOrWhiteSpace(role.Value))
            .ToDictionary(role => RoleOf(role.Key), role => role.Value!.Trim());
        return new FontOptions(string.IsNullOrWhiteSpace(folder) ? shipped : [folder, .. shipped], families);
    }

    private static FontRole RoleOf(string name) =>
        Array.Find(Enum.GetNames<FontRole>(), known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } role
            ? Enum.Parse<FontRole>(role)
            : throw new FontException(
                $"Fonts:Families 中的“{name}”不是字体用途，可用：{string.Join("、", Enum.GetNames<FontRole>())}");
}
