using Approvals.Core.Certificates;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Approvals.Web.Pages.Public;

/// <summary>证书查验 — by QR code or by number; masked data only. For anyone.</summary>
[AllowAnonymous]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
public sealed class CheckModel(CheckCertificate certificates, TimeProvider time) : PageModel
{
    /// <summary>Code out of the QR code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    /// <summary>Number as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    /// <summary>Whether anything was asked.</summary>
    public bool IsAsked => !string.IsNullOrWhiteSpace(Code) || !string.IsNullOrWhiteSpace(Number);

    /// <summary>The certificate; null when there is none.</summary>
    public CertificateCheck? Found { get; private set; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Looks it up.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        AskedAt = time.GetUtcNow();
        Found = !IsAsked ? null
            : !string.IsNullOrWhiteSpace(Code) ? await certificates.ByCodeAsync(Limited(Code), cancellationToken)
            : await certificates.ByNumberAsync(Limited(Number!), cancellationToken);
        Response.Headers.CacheControl = "no-store";
        var page = Page();
        page.StatusCode = IsAsked && Found is null ? StatusCodes.Status404NotFound : null;
        return page;
    }

    private static string Limited(string text) => text.Length > 64 ? text[..64] : text;
}
