using Approvals.Core.Organisation;
using Approvals.Web.Demo;
using Approvals.Web.Hosting;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Account;

/// <summary>登录. One message for every failure, so that nobody learns which accounts exist.</summary>
/// <remarks>The anti-forgery token is asked for here and not by the filter, so that who comes with an old one gets the form again.</remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInModel(
    UserManager<ApplicationUser> users, SignInManager<ApplicationUser> signIn, SignInAudit audit, CurrentPerson person, TimeProvider time,
    IHostEnvironment environment, IAuthenticationSchemeProvider schemes, IAntiforgery antiforgery, IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Name as typed.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>Password as typed; never sent back.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Where to go afterwards; only paths of ours are followed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Set when the identity provider sent somebody back without success.</summary>
    [BindProperty(SupportsGet = true)]
    public string? External { get; set; }

    /// <summary>Set when somebody comes from a page whose sign-in had run out.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Expired { get; set; }

    /// <summary>The identity provider's caption; null when none is configured.</summary>
    public string? Provider { get; private set; }

    /// <summary>Demonstration people by group; empty outside Development.</summary>
    internal IReadOnlyList<IGrouping<string, DemoPerson>> DemoGroups { get; private set; } = [];

    /// <summary>Shows the form; whoever is signed in goes on.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (person.Id is not null)
        {
            return Onward();
        }

        if (External == "failed")
        {
            ModelState.AddModelError("", texts["统一身份认证没有完成，请重试。"]);
        }
        else if (External == "unknown")
        {
            ModelState.AddModelError("", texts["您在统一身份认证中的身份尚未在本系统登记，请联系管理员。"]);
        }

        return await FormAsync();
    }

    /// <summary>
    /// Nothing is done with a form whose token is missing or does not belong to the browser's cookie: one that stood open while the browser
    /// was closed, or beside another window. It comes back with what was typed, but for the password, and with a token that counts.
    /// </summary>
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (HttpMethods.IsPost(Request.Method) && !await antiforgery.IsRequestValidAsync(HttpContext))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ModelState.AddModelError("", texts["页面已过期，没有登录。请再次输入密码登录。"]);
            context.Result = await FormAsync();
            return;
        }

        await next();
    }

    /// <summary>Checks name and password.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(UserName))
        {
            ModelState.AddModelError(nameof(UserName), texts["请输入用户名。"]);
        }

        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), texts["请输入密码。"]);
        }

        if (!ModelState.IsValid)
        {
            return await FormAsync();
        }

        var user = await users.FindByNameAsync(UserName!.Trim());
        if (user is null)
        {
            // As slow as a wrong password, so that the time does not tell either.
            users.PasswordHasher.HashPassword(new ApplicationUser(), Password!);
            await audit.FailedAsync(null, "unknown-account");
            return await RefusedAsync();
        }

        var result = await signIn.PasswordSignInAsync(user, Password!, isPersistent: false, lockoutOnFailure: true);
        if ((result.Succeeded || result.RequiresTwoFactor) && InitialPassword.IsOver(user, time.GetUtcNow()))
        {
            await signIn.SignOutAsync();
            await audit.FailedAsync(user, "initial-password-expired");
            return await RefusedAsync();
        }

        if (result.Succeeded)
        {
            await audit.SignedInAsync(user, "password");
            return Onward();
        }

        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/Account/SecondFactor", new { ReturnUrl });
        }

        await audit.FailedAsync(user, result.IsLockedOut ? "locked-out" : result.IsNotAllowed ? "not-allowed" : "wrong-password");
        return await RefusedAsync();
    }

    /// <summary>Sends to the identity provider, where one is configured.</summary>
    public async Task<IActionResult> OnPostExternalAsync() => await schemes.GetSchemeAsync(OidcSetup.SchemeName) is null
        ? NotFound()
        : new ChallengeResult(
            OidcSetup.SchemeName,
            signIn.ConfigureExternalAuthenticationProperties(OidcSetup.SchemeName, Url.Page("/Account/External", new { ReturnUrl })));

    private Task<IActionResult> RefusedAsync()
    {
        ModelState.AddModelError("", texts["用户名或密码不正确。连续输错 5 次，账号将锁定 15 分钟。"]);
        return FormAsync();
    }

    private async Task<IActionResult> FormAsync()
    {
        Provider = (await schemes.GetSchemeAsync(OidcSetup.SchemeName))?.DisplayName;
        DemoGroups = environment.IsDevelopment() ? [.. DemoBureau.People.GroupBy(one => one.Group)] : [];
        return Page();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/inbox");
}
