using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Api;
using Approvals.Web.Hosting;
using Approvals.Web.Studio.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Web.Security;

/// <summary>Accounts, cookies, second factor, identity provider, API tokens.</summary>
public static class IdentitySetup
{
    private const string DefaultScheme = "Approvals";

    /// <summary>Registers them; the policies too.</summary>
    public static void AddApprovalsIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddKeyProtection();
        services.AddIdentityCore<ApplicationUser>(ConfigureAccounts)
            .AddEntityFrameworkStores<ApprovalsDbContext>()
            .AddUserStore<RecoveryCodeStore>()
            .AddUserManager<AccountManager>()
            .AddSignInManager<PersonSignInManager>()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<PasswordIsHardToGuess>()
            .AddErrorDescriber<ChineseIdentityErrors>();

        // A deactivated account, a changed role and a session ended on another server take effect within a minute, for every
        // validation reads the account and the session again.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = SessionLimits.Recheck);
        services.AddSingleton<EndedSessions>();
        services.AddScoped<Sessions>();
        services.AddScoped<ISecurityStampValidator, SessionValidator>();

        var authentication = services.AddAuthentication(DefaultScheme);
        authentication.AddPolicyScheme(DefaultScheme, null, options => options.ForwardDefaultSelector = SchemeFor);
        authentication.AddScheme<AuthenticationSchemeOptions, ApiTokenAuthentication>(ApiTokenAuthentication.SchemeName, null);
        authentication.AddIdentityCookies();
        var cookies = CookieRules.For(builder.Configuration);
        services.AddSingleton(cookies);
        services.ConfigureApplicationCookie(options => ConfigureCookie(options, cookies));
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.TwoFactorUserIdScheme, options => cookies.Harden(options.Cookie, "approvals-2fa"));
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.ExternalScheme, options => cookies.Harden(options.Cookie, "approvals-external"));
        authentication.AddOidc(builder.Configuration, cookies);

        services.Configure<AntiforgeryOptions>(options => cookies.Harden(options.Cookie, "approvals-form"));
        services.Configure<CookieTempDataProviderOptions>(options => cookies.Harden(options.Cookie, "approvals-notice"));

        // Twice the default: what is advised for PBKDF2 with SHA-512 in 2026.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddApprovalsAuthorization();
        services.TryAddScoped<PasswordReauthentication>();
        services.AddScoped<SignInAudit>();
        services.AddScoped<OidcMatching>();
        services.AddScoped<AuthenticatorEnrolment>();
        services.AddScoped<Accounts>();
        services.AddScoped<Pages.Admin.People.PersonAdministration>();
        services.AddScoped<Pages.Admin.RoleGrants.RoleGranting>();
    }

    private static void ConfigureAccounts(IdentityOptions options)
    {
        // Nothing but length and being hard to guess is asked for, see PasswordIsHardToGuess.
        options.Password.RequiredLength = 10;
        options.Password.RequireUppercase = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireDigit = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.Tokens.AuthenticatorIssuer = "应急管理审批";
    }

    /// <summary>An API call that brings a token is judged by it alone; everything else by the cookie.</summary>
    private static string SchemeFor(HttpContext context) =>
        context.IsApi() && context.Request.Headers.ContainsKey("Authorization")
            ? ApiTokenAuthentication.SchemeName
            : IdentityConstants.ApplicationScheme;

    private static void ConfigureCookie(CookieAuthenticationOptions options, CookieRules cookies)
    {
        cookies.Harden(options.Cookie, "approvals");
        options.ExpireTimeSpan = SessionLimits.Idle;
        options.SlidingExpiration = true;
        options.Events.OnSigningIn = SessionCookie.OnSigningIn;
        options.Events.OnValidatePrincipal = SessionCookie.OnValidatePrincipal;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        var toSignIn = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = context =>
        {
            if (!context.HttpContext.IsApi() && !context.HttpContext.IsStudioApi())
            {
                // Whoever brings a cookie was signed in: the page says that it ran out. What they have sent is stored nowhere; a redirect
                // would lose it, so a page shows it again.
                var wasSignedIn = context.Request.Cookies.ContainsKey(context.Options.Cookie.Name!);
                if (wasSignedIn && HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
                {
                    context.HttpContext.Items[SentTooLate.Key] = true;
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                }

                context.RedirectUri = wasSignedIn ? QueryHelpers.AddQueryString(context.RedirectUri, "expired", "page") : context.RedirectUri;
                return toSignIn(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }
}
