using System.Diagnostics;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages;

/// <summary>
/// A refusal or fault in plain words, whatever the method of the request that met it. Nothing is bound here: binding would read the
/// form of the refused request, which may be cut off or bear a bad anti-forgery token.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    /// <summary>Status code of the answer; 404 for an address that asks for something else than an error.</summary>
    public int Code => int.TryParse(RouteData.Values["code"]?.ToString(), out var code) && code is >= 400 and <= 599
        ? code
        : StatusCodes.Status404NotFound;

    /// <summary>Number to find the fault in the logs with.</summary>
    public string TraceId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>What was sent after the sign-in had run out; null for every other fault.</summary>
    public SentTooLate? Late { get; private set; }

    /// <summary>For pages that were read, and for forms that nobody signed in has sent, which are read as such a page.</summary>
    public async Task OnGetAsync()
    {
        Response.StatusCode = Code;
        Late = Code == StatusCodes.Status401Unauthorized ? await SentTooLate.ReadAsync(HttpContext) : null;
    }

    /// <summary>For forms that were sent.</summary>
    public void OnPost() => Response.StatusCode = Code;
}
