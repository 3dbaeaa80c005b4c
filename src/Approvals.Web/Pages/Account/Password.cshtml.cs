using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Account;

/// <summary>修改密码; ends sign-ins elsewhere.</summary>
[Authorize]
public sealed class PasswordModel(
    UserManager<ApplicationUser> users, SignInManager<ApplicationUser> signIn, PasswordReauthentication reauthentication,
    SignInAudit audit, Sessions sessions, IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Present password.</summary>
    [BindProperty]
    public string? Current { get; set; }

    /// <summary>New password.</summary>
    [BindProperty]
    public string? New { get; set; }

    /// <summary>New password again.</summary>
    [BindProperty]
    public string? Again { get; set; }

    /// <summary>Whether it must be changed before anything else opens.</summary>
    public bool IsDemanded => User.HasClaim(claim => claim.Type == InitialPassword.Claim);

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var user = (await users.GetUserAsync(User))!;
        if (New != Again)
        {
            ModelState.AddModelError(nameof(Again), texts["两次输入的新密码不一致。"]);
            return Page();
        }

        // Through the same door as signing: guessing the present password here locks the account, too.
        var outcome = await reauthentication.VerifyAsync(user.PersonId, Current, cancellationToken);
        if (outcome != ReauthenticationOutcome.Verified)
        {
            ModelState.AddModelError(nameof(Current), outcome == ReauthenticationOutcome.LockedOut
                ? texts["输错次数过多，账号已锁定 15 分钟。"]
                : texts["当前密码不正确。"]);
            return Page();
        }

        // Set before the change and stored with it; a refused change stores nothing.
        var handedOut = user.InitialPasswordUntil;
        user.InitialPasswordUntil = null;
        var result = await users.ChangePasswordAsync(user, Current!, New ?? "");
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
            {
                ModelState.AddModelError(error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? nameof(Current) : nameof(New), error.Description);
            }

            user.InitialPasswordUntil = handedOut;
            return Page();
        }

        await sessions.EndAsync(user.Id, null, Sessions.Of(User), cancellationToken);
        await audit.RecordAsync("account.password-changed", user.Id, new { by = "self" });
        await signIn.RefreshSignInAsync(user);
        TempData["Notice"] = texts["密码已修改。"].Value;
        return RedirectToPage("/Profile/Index");
    }
}
