using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Hosting;

/// <summary>What every page needs: Razor Pages, languages, forwarded headers.</summary>
internal static class PageServices
{
    private static readonly CultureInfo[] Cultures = [new("zh-CN"), new("en")];

    public static void AddPageServices(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();

        // Chinese stays Chinese in the pages: as numeric references it would be three times as long and unreadable in the source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<ResourceManagerStringLocalizerFactory>();
        services.AddSingleton<IStringLocalizerFactory, Localisation.CountingLocalizerFactory>();
        services.AddLocalization();
        services.AddSingleton<Localisation.Wording>();
        services.AddSingleton<Core.Notifications.IMailWording, Localisation.MailWording>();
        services.AddRazorPages().AddViewLocalization().AddDataAnnotationsLocalization();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";

            // Ours is stricter than the SAMEORIGIN that would be set in its place on every page with a form.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddScoped<Pages.Inbox.SearchTerm>();
        services.AddHealth();
        services.AddHostedService<StartGarbage>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IConfiguration>(SecurityHeaders.ConfigureForwardedHeaders);
        services.AddOptions<RequestLocalizationOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.DefaultRequestCulture = new RequestCulture("zh-CN");
            options.SupportedCultures = Cultures;
            options.SupportedUICultures = Cultures;
            // Chinese unless somebody chose otherwise: a browser's Accept-Language is no choice.
            options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Preferences.LanguageCookie(configuration) }];
        });
    }
}
