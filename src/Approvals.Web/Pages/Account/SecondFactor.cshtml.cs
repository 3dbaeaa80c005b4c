using Approvals.Core.Organisation;
using Approvals.Web.Hosting;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Approvals.Web.Pages.Account;

/// <summary>第二重验证 after a right password: a code of the authenticator or a recovery code.</summary>
[AllowAnonymous]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SecondFactorModel(
    SignInManager<ApplicationUser> signIn, SignInAudit audit, TimeProvider time, IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>As typed.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Shows the form to whoever has given the password.</summary>
    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Account/SignIn", new { ReturnUrl }) : Page();

    /// <summary>Checks the code.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var user = await signIn.GetTwoFactorAuthenticationUserAsync();
        if (user is null)
        {
            return RedirectToPage("/Account/SignIn", new { ReturnUrl });
        }

        if (InitialPassword.IsOver(user, time.GetUtcNow()))
        {
            // It was good a moment ago, at the first step.
            await HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
            await audit.FailedAsync(user, "initial-password-expired");
            return RedirectToPage("/Account/SignIn", new { ReturnUrl });
        }

        var compact = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var isCode = compact.Length == 6 && compact.All(char.IsAsciiDigit);
        var result = isCode
            ? await signIn.TwoFactorAuthenticatorSignInAsync(compact, isPersistent: false, rememberClient: false)
            : await RecoverAsync(user, compact);
        if (result.Succeeded)
        {
            await audit.SignedInAsync(user, isCode ? "second-factor" : "recovery-code");
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/inbox");
        }

        await audit.FailedAsync(user, result.IsLockedOut ? "locked-out" : "wrong-code");
        ModelState.AddModelError(nameof(Code), texts["验证码不正确。连续输错 5 次，账号将锁定 15 分钟。"]);
        return Page();
    }

    private async Task<SignInResult> RecoverAsync(ApplicationUser user, string code)
    {
        if (await signIn.UserManager.IsLockedOutAsync(user))
        {
            return SignInResult.LockedOut;
        }

        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
        {
            // Identity does not count wrong recovery codes by itself.
            await signIn.UserManager.AccessFailedAsync(user);
        }

        return result;
    }
}
