using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Forms;

/// <summary>Registers the forms.</summary>
public static class FormsServices
{
    /// <summary>Forms and dictionaries; needs the database and the regulations.</summary>
    public static IServiceCollection AddForms(this IServiceCollection services) => services
        .AddSingleton<ParsedFormFiles>()
        .AddSingleton<FormRows>()
        .AddScoped<FormCatalogue>()
        .AddScoped<FormContextLoader>()
        .AddScoped<FormChecking>();
}
