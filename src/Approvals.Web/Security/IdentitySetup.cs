using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Api;
using Approvals.Web.Studio.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
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
            .AddSignInManager<PersonSignInManager>()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddPasswordValidator<PasswordIsNotUserName>()
            .AddErrorDescriber<ChineseIdentityErrors>();

        // A deactivated account and a changed role take effect within a minute, for every validation reads the account again.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));

        var authentication = services.AddAuthentication(DefaultScheme);
        authentication.AddPolicyScheme(DefaultScheme, null, options => options.ForwardDefaultSelector = SchemeFor);
        authentication.AddScheme<AuthenticationSchemeOptions, ApiTokenAuthentication>(ApiTokenAuthentication.SchemeName, null);
        authentication.AddIdentityCookies();
        services.ConfigureApplicationCookie(ConfigureCookie);
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.TwoFactorUserIdScheme, options => Harden(options.Cookie, "approvals-2fa"));
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.ExternalScheme, options => Harden(options.Cookie, "approvals-external"));
        authentication.AddOidc(builder.Configuration);

        services.AddApprovalsAuthorization();
        services.TryAddScoped<PasswordReauthentication>();
        services.AddScoped<SignInAudit>();
        services.AddScoped<OidcMatching>();
        services.AddScoped<Accounts>();
        services.AddScoped<Pages.Admin.People.PersonAdministration>();
        services.AddScoped<Pages.Admin.RoleGrants.RoleGranting>();
    }

    private static void ConfigureAccounts(IdentityOptions options)
    {
        options.Password.RequiredLength = 10;
        options.Password.RequireUppercase = false;
        options.Password.RequiredUniqueChars = 5;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.Tokens.AuthenticatorIssuer = "应急管理审批";
    }

    /// <summary>An API call that brings a token is judged by it alone; everything else by the cookie.</summary>
    private static string SchemeFor(HttpContext context) =>
        context.IsApi() && context.Request.Headers.ContainsKey("Authorization")
            ? ApiTokenAuthentication.SchemeName
            : IdentityConstants.ApplicationScheme;

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        Harden(options.Cookie, "approvals");
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
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
                return toSignIn(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }

    /// <summary>Lax, not Strict: a link in a mail must not look signed out. Posts need an anti-forgery token anyway.</summary>
    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
