using System.Globalization;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace Approvals.Web.Pages.Account;

/// <summary>第二重验证: an authenticator (TOTP, RFC 6238) with recovery codes.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class TwoFactorModel(
    UserManager<ApplicationUser> users, SignInManager<ApplicationUser> signIn, PasswordReauthentication reauthentication,
    SignInAudit audit, IStringLocalizer<AccountTexts> texts) : PageModel
{
    private const int RecoveryCodeCount = 10;

    /// <summary>Code as typed when enabling.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Password or code as typed when disabling.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    /// <summary>Whether it is on.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Recovery codes left.</summary>
    public int CodesLeft { get; private set; }

    /// <summary>The key in groups of four, to type in.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The key as a QR code, a data address.</summary>
    public string Picture { get; private set; } = "";

    /// <summary>New recovery codes, shown once.</summary>
    public IReadOnlyList<string> NewCodes { get; private set; } = [];

    /// <summary>Shows how it stands.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Turns it on once a code proves that the authenticator has the key.</summary>
    public async Task<IActionResult> OnPostEnableAsync()
    {
        var user = await UserAsync();
        var code = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!user.TwoFactorEnabled
            && await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            await users.SetTwoFactorEnabledAsync(user, true);
            NewCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount) ?? []];
            await audit.RecordAsync("account.second-factor-enabled", user.Id, new { });
            await signIn.RefreshSignInAsync(user);
        }
        else
        {
            ModelState.AddModelError(nameof(Code), texts["验证码不正确，请核对手机时间后重试。"]);
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Turns it off; the key is forgotten.</summary>
    public async Task<IActionResult> OnPostDisableAsync(CancellationToken cancellationToken)
    {
        var user = await UserAsync();
        var outcome = await reauthentication.VerifyAsync(user.PersonId, Secret, cancellationToken);
        if (outcome != ReauthenticationOutcome.Verified)
        {
            ModelState.AddModelError(nameof(Secret), outcome == ReauthenticationOutcome.LockedOut
                ? texts["输错次数过多，账号已锁定 15 分钟。"]
                : texts["密码或验证码不正确。"]);
            await LoadAsync();
            return Page();
        }

        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await audit.RecordAsync("account.second-factor-disabled", user.Id, new { });
        await signIn.RefreshSignInAsync(user);
        TempData["Notice"] = texts["第二重验证已停用。"].Value;
        return RedirectToPage();
    }

    private async Task LoadAsync()
    {
        var user = await UserAsync();
        IsEnabled = user.TwoFactorEnabled;
        if (IsEnabled)
        {
            CodesLeft = await users.CountRecoveryCodesAsync(user);
            return;
        }

        var key = await users.GetAuthenticatorKeyAsync(user);
        if (key is null)
        {
            await users.ResetAuthenticatorKeyAsync(user);
            await signIn.RefreshSignInAsync(user);
            key = await users.GetAuthenticatorKeyAsync(user);
        }

        Key = string.Join(' ', key!.Chunk(4).Select(part => new string(part))).ToLowerInvariant();
        Picture = QrOf(user, key!);
    }

    private string QrOf(ApplicationUser user, string key)
    {
        var issuer = Uri.EscapeDataString(users.Options.Tokens.AuthenticatorIssuer);
        var address = string.Format(
            CultureInfo.InvariantCulture, "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&digits=6", issuer,
            Uri.EscapeDataString(user.UserName!), key);
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(6));
    }

    private async Task<ApplicationUser> UserAsync() =>
        await users.GetUserAsync(User) ?? throw new InvalidOperationException("A signed-in person without an account.");
}
