using Approvals.Web.Security;

namespace Approvals.Web.Studio.Hosting;

/// <summary>Elsa Studio, unmodified, under our own address; the pages around it are in Pages/Studio.</summary>
internal static class StudioHosting
{
    /// <summary>Where Studio's files and pages are, and what the browser takes relative addresses from.</summary>
    public const string Base = "/studio/";

    public static void AddStudioHosting(this IServiceCollection services) => services.AddSingleton<StudioPackage>();

    public static void MapStudioHosting(this WebApplication app)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];

        // Some 150 files make one page, so they do not count as requests of the person.
        var files = app.MapGroup(Base).RequireAuthorization(Policies.ProcessReading).DisableRateLimiting();
        files.MapMethods("{version}/{**file}", reading, StudioFileAnswers.SendVersionedAsync);

        // What Studio's scripts ask for by an address relative to the page.
        foreach (var folder in new[] { "_framework/", "_content/" })
        {
            files.MapMethods(folder + "{**file}", reading, (HttpContext context, StudioPackage package, string file) =>
                StudioFileAnswers.SendAsync(context, package.Find(folder + file)));
        }

        files.MapMethods("appsettings.json", reading, (HttpContext context, StudioPackage package) =>
            StudioFileAnswers.SendAsync(context, package.Find("appsettings.json")));

        // Studio's own links leave out the base.
        app.MapGet("/workflows/{**path}", (string? path) => Results.Redirect($"{Base}workflows/{path}"))
            .RequireAuthorization(Policies.ProcessReading);
    }
}
