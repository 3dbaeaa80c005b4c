using System.Text.Json;
using Approvals.Web.Security;
using Approvals.Web.Studio.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Approvals.Web.Pages.Studio;

/// <summary>流程设计器 — the page around one element of Elsa Studio. What the person may do there is decided by the API.</summary>
[Authorize(Policy = Policies.ProcessReading)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel(StudioPackage package, IFileVersionProvider versions, IAntiforgery antiforgery) : PageModel
{
    /// <summary>Our scripts, by the names they import each other by.</summary>
    private static readonly string[] Scripts =
    [
        "bar", "fit", "monaco", "names", "overlay", "pending", "places", "refusals", "requests", "reuse", "saves", "texts",
        "unused", "words", "words-zh",
    ];

    /// <summary>What the page shows.</summary>
    public StudioScreen Screen { get; private set; } = null!;

    /// <summary>Where the browser finds Studio's files for good.</summary>
    public string Files => $"{StudioHosting.Base}{package.Version}/";

    /// <summary>Leads script imports to addresses that change with their content.</summary>
    public string ImportMap => JsonSerializer.Serialize(new
    {
        imports = Scripts.ToDictionary(name => "studio/" + name, name => versions.AddFileVersionToPath("", $"/js/studio/{name}.js"))
            .Append(new($"{StudioHosting.Base}_content/", Files + "_content/")).ToDictionary(),
    });

    /// <summary>What a request that changes something has to show.</summary>
    public string RequestToken => antiforgery.GetAndStoreTokens(HttpContext).RequestToken!;

    /// <summary>The page for one of Studio's addresses.</summary>
    public IActionResult OnGet(string? path)
    {
        if (StudioScreen.Of(path) is not { } screen)
        {
            return NotFound();
        }

        Screen = screen;
        Response.Headers.ContentSecurityPolicy = StudioPolicy.For(ImportMap);
        return Page();
    }
}
