using System.Globalization;
using System.Security.Claims;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace Approvals.Web.Pages.Account;

/// <summary>
/// 第二重验证: an authenticator (TOTP, RFC 6238) with recovery codes. Its key is shown after the password, or, for an account without one,
/// after signing in at the identity provider again.
/// </summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class TwoFactorModel(
    UserManager<ApplicationUser> users, SignInManager<ApplicationUser> signIn, PasswordReauthentication reauthentication,
    AuthenticatorEnrolment enrolment, SignInAudit audit, TimeProvider time, IStringLocalizer<AccountTexts> texts) : PageModel
{
    private const int RecoveryCodeCount = 10;

    /// <summary>How long ago somebody may have signed in at the provider; what they do there is meant for here.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>Code as typed when enabling.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Password as typed before enabling, password or code when disabling.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    /// <summary>Says which key was shown, and to whom; see <see cref="AuthenticatorEnrolment"/>.</summary>
    [BindProperty]
    public string? Ticket { get; set; }

    /// <summary>Whether it is on.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Whether the account has a password to ask for; otherwise its owner signs in at the provider again.</summary>
    public bool HasPassword { get; private set; }

    /// <summary>Recovery codes left.</summary>
    public int CodesLeft { get; private set; }

    /// <summary>The key in groups of four, to type in; null until its owner has proven who they are.</summary>
    public string? Key { get; private set; }

    /// <summary>The key as a QR code, a data address.</summary>
    public string Picture { get; private set; } = "";

    /// <summary>New recovery codes, shown once.</summary>
    public IReadOnlyList<string> NewCodes { get; private set; } = [];

    /// <summary>Shows how it stands.</summary>
    public async Task OnGetAsync() => await LoadAsync(await UserAsync());

    /// <summary>Asks who it is: by the password, or by the provider, which sends back to <see cref="OnGetProvenAsync"/>.</summary>
    public async Task<IActionResult> OnPostBeginAsync(CancellationToken cancellationToken)
    {
        var user = await UserAsync();
        if (user.TwoFactorEnabled)
            return RedirectToPage();
        if (!await users.HasPasswordAsync(user) && await IsAtProviderAsync(user))
            return ToProvider(user);
        switch (await reauthentication.VerifyAsync(user.PersonId, Secret, cancellationToken))
        {
            case ReauthenticationOutcome.Verified:
                Show(user, enrolment.Begin(user));
                break;
            case ReauthenticationOutcome.LockedOut:
                ModelState.AddModelError(nameof(Secret), texts["输错次数过多，账号已锁定 15 分钟。"]);
                break;
            default:
                ModelState.AddModelError(nameof(Secret), texts["密码不正确。"]);
                break;
        }

        await LoadAsync(user);
        return Page();
    }

    /// <summary>Back from the provider: shows the key when it was this person who has just signed in there.</summary>
    public async Task<IActionResult> OnGetProvenAsync()
    {
        var user = await UserAsync();
        var login = await signIn.GetExternalLoginInfoAsync(user.Id.ToString());
        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        if (!user.TwoFactorEnabled && login is not null && IsFresh(login.Principal)
            && (await users.FindByLoginAsync(login.LoginProvider, login.ProviderKey))?.Id == user.Id)
        {
            Show(user, enrolment.Begin(user));
        }
        else
        {
            ModelState.AddModelError(nameof(Secret), texts["统一身份认证没有确认您的身份，请重试。"]);
        }

        await LoadAsync(user);
        return Page();
    }

    /// <summary>Turns it on once a code proves that the authenticator has the key.</summary>
    public async Task<IActionResult> OnPostEnableAsync()
    {
        var user = await UserAsync();
        var code = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (user.TwoFactorEnabled || enrolment.KeyOf(user, Ticket) is not { } key)
        {
            ModelState.AddModelError(nameof(Secret), texts["页面已过期，请重新开始。"]);
        }
        else if (await enrolment.FinishAsync(user, key, code))
        {
            NewCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount) ?? []];
            await audit.RecordAsync("account.second-factor-enabled", user.Id, new { });
            await signIn.RefreshSignInAsync(user);
        }
        else
        {
            ModelState.AddModelError(nameof(Code), texts["验证码不正确，请核对手机时间后重试。"]);
            Show(user, (key, Ticket!));
        }

        await LoadAsync(user);
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
            await LoadAsync(user);
            return Page();
        }

        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await audit.RecordAsync("account.second-factor-disabled", user.Id, new { by = "self" });
        await signIn.RefreshSignInAsync(user);
        TempData["Notice"] = texts["第二重验证已停用。"].Value;
        return RedirectToPage();
    }

    /// <summary>To the provider, which is asked for a sign-in of now: one of this morning may be the one that was stolen.</summary>
    private ChallengeResult ToProvider(ApplicationUser user)
    {
        var properties = signIn.ConfigureExternalAuthenticationProperties(
            OidcSetup.SchemeName, Url.Page("/Account/TwoFactor", "Proven"), user.Id.ToString());
        properties.SetParameter<TimeSpan?>(OpenIdConnectChallengeProperties.MaxAgeKey, TimeSpan.Zero);
        properties.SetParameter(OpenIdConnectChallengeProperties.PromptKey, "login");
        return new ChallengeResult(OidcSetup.SchemeName, properties);
    }

    /// <summary>A provider that was asked for a fresh sign-in says when it was; one that does not has not been asked, or did not listen.</summary>
    private bool IsFresh(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= (time.GetUtcNow() - FreshFor).ToUnixTimeSeconds();

    private async Task<bool> IsAtProviderAsync(ApplicationUser user) =>
        (await users.GetLoginsAsync(user)).Any(login => login.LoginProvider == OidcSetup.SchemeName)
        && (await signIn.GetExternalAuthenticationSchemesAsync()).Any(scheme => scheme.Name == OidcSetup.SchemeName);

    private async Task LoadAsync(ApplicationUser user)
    {
        IsEnabled = user.TwoFactorEnabled;
        HasPassword = await users.HasPasswordAsync(user);
        if (IsEnabled)
            CodesLeft = await users.CountRecoveryCodesAsync(user);
    }

    private void Show(ApplicationUser user, (string Key, string Ticket) begun)
    {
        (Key, Ticket) = (string.Join(' ', begun.Key.Chunk(4).Select(part => new string(part))).ToLowerInvariant(), begun.Ticket);
        Picture = QrOf(user, begun.Key);
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
