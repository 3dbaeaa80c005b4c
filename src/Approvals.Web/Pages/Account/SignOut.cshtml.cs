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
    SignInManager<ApplicationUser> signIn, UserManager<ApplicationUser> users, SignInAudit audit) : PageModel
{
    /// <summary>Asks; whoever is signed out already goes to sign in.</summary>
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : RedirectToPage("/Account/SignIn");

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is { } user)
        {
            await signIn.SignOutAsync();
            await audit.RecordAsync("account.signed-out", user.Id, new { });
        }

        return RedirectToPage("/Account/SignIn");
    }
}
