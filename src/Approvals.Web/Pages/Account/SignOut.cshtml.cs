using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Account;

/// <summary>退出登录, by POST only: a link must not be able to sign anybody out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(
    SignInManager<ApplicationUser> signIn, UserManager<ApplicationUser> users, Sessions sessions, SignInAudit audit) : PageModel
{
    /// <summary>Asks; whoever is signed out already goes to sign in.</summary>
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : RedirectToPage("/Account/SignIn");

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(User) is { } user)
        {
            // The cookie is taken back and its session ended: a copy of it opens nothing any more.
            if (Sessions.Of(User) is { } session)
            {
                await sessions.EndAsync(user.Id, session, null, cancellationToken);
            }

            await signIn.SignOutAsync();
            Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            await audit.RecordAsync("account.signed-out", user.Id, new { });
        }

        return RedirectToPage("/Account/SignIn");
    }
}
