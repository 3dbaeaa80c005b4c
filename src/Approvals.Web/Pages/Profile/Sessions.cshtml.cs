using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SessionStore = Approvals.Web.Security.Sessions;

namespace Approvals.Web.Pages.Profile;

/// <summary>登录设备: where the person is signed in, and the way to end a sign-in that is not theirs. Asks for the password again.</summary>
[Authorize]
public sealed class SessionsModel(
    UserManager<ApplicationUser> users, SessionStore sessions, PasswordReauthentication reauthentication,
    IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Password or code as typed; never sent back.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    /// <summary>Sessions under way, newest use first.</summary>
    public IReadOnlyList<SignInSession> Open { get; private set; } = [];

    /// <summary>The one of this browser.</summary>
    public Guid? Own => SessionStore.Of(User);

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Open = await sessions.OpenAsync((await UserAsync()).Id, cancellationToken);

    /// <summary>Ends one session of the person, or all but this one.</summary>
    public async Task<IActionResult> OnPostAsync(Guid? which, CancellationToken cancellationToken)
    {
        var user = await UserAsync();
        if (which is { } one && (await sessions.OpenAsync(user.Id, cancellationToken)).All(session => session.Id != one))
        {
            return NotFound();
        }

        var outcome = await reauthentication.VerifyAsync(user.PersonId, Secret, cancellationToken);
        if (outcome == ReauthenticationOutcome.Verified)
        {
            var ended = await sessions.EndAsync(user.Id, which, Own, cancellationToken);
            TempData["Notice"] = texts["已结束 {0} 处登录。", ended].Value;
            return RedirectToPage();
        }

        ModelState.AddModelError(nameof(Secret), outcome == ReauthenticationOutcome.LockedOut
            ? texts["输错次数过多，账号已锁定 15 分钟。"]
            : texts["密码或验证码不正确。"]);
        Open = await sessions.OpenAsync(user.Id, cancellationToken);
        return Page();
    }

    private async Task<ApplicationUser> UserAsync() =>
        await users.GetUserAsync(User) ?? throw new InvalidOperationException("A signed-in person without an account.");
}
