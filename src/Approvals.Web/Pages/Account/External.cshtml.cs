using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Account;

/// <summary>Back from the identity provider: finds the account and signs in.</summary>
[AllowAnonymous]
public sealed class ExternalModel(
    SignInManager<ApplicationUser> signIn, UserManager<ApplicationUser> users, OidcMatching matching, SignInAudit audit) : PageModel
{
    /// <summary>Signs in whom the provider vouches for; the second factor is the provider's matter.</summary>
    public async Task<IActionResult> OnGetAsync(string? returnUrl, CancellationToken cancellationToken)
    {
        var login = await signIn.GetExternalLoginInfoAsync();
        if (login is null)
        {
            return RedirectToPage("/Account/SignIn", new { external = "failed", returnUrl });
        }

        var (user, isAnothers) = await matching.FindAsync(login, cancellationToken);
        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        if (user is null || isAnothers || !await signIn.CanSignInAsync(user) || await users.IsLockedOutAsync(user))
        {
            await audit.FailedAsync(user, isAnothers ? "external-bound-to-another" : "external-not-matched");
            return RedirectToPage("/Account/SignIn", new { external = "unknown", returnUrl });
        }

        await signIn.SignInAsync(user, isPersistent: false, OidcSetup.SchemeName);
        await audit.SignedInAsync(user, "oidc");
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/inbox");
    }
}
