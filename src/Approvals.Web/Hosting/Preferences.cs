using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Hosting;

/// <summary>Language and letter size of this browser, kept in cookies so that they work before signing in; the language with the person, too, for their mails.</summary>
internal static class Preferences
{
    private const string LargeTextCookie = "large-text";

    /// <summary>Whether this browser asked for large letters (大字版).</summary>
    public static bool WantsLargeText(this HttpRequest request) => request.Cookies[RulesOf(request.HttpContext).Prefix + LargeTextCookie] == "1";

    /// <summary>Name of the cookie that the language is read from.</summary>
    public static string LanguageCookie(IConfiguration configuration) =>
        CookieRules.For(configuration).Prefix + CookieRequestCultureProvider.DefaultCookieName;

    public static void MapPreferences(this WebApplication app)
    {
        app.MapPost("/preferences/language", async (
            HttpContext context, CurrentPerson person, ApprovalsDbContext db, [FromForm] string language, [FromForm] string? back) =>
        {
            var culture = new RequestCulture(language == "en" ? "en" : "zh-CN");
            if (person.Id is { } me)
            {
                // Their mails follow what they read in.
                var chosen = language == "en" ? "en" : null;
                await db.People.Where(row => row.Id == me).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Language, chosen), context.RequestAborted);
            }

            Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(culture));
            return BackTo(back);
        }).AllowAnonymous();
        app.MapPost("/preferences/large-text", (HttpContext context, [FromForm] string on, [FromForm] string? back) =>
        {
            Keep(context, LargeTextCookie, on == "1" ? "1" : "0");
            return BackTo(back);
        }).AllowAnonymous();
    }

    private static void Keep(HttpContext context, string name, string value)
    {
        var rules = RulesOf(context);
        context.Response.Cookies.Append(rules.Prefix + name, value, rules.Hardened(context, TimeSpan.FromDays(365)));
    }

    private static CookieRules RulesOf(HttpContext context) => context.RequestServices.GetRequiredService<CookieRules>();

    private static IResult BackTo(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\')
            ? Results.LocalRedirect(path)
            : Results.LocalRedirect("/");
}
