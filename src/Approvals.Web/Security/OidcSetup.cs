using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Tokens;

namespace Approvals.Web.Security;

/// <summary>Adds the office's identity provider when one is configured.</summary>
public static class OidcSetup
{
    /// <summary>Name of the scheme, also the provider's name in stored logins.</summary>
    public const string SchemeName = "oidc";

    /// <summary>
    /// How tokens may be signed: asymmetrically, so that nobody who knows what is public, or our own secret, can make one.
    /// </summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Adds it; nothing without <c>Oidc:Authority</c>.</summary>
    internal static void AddOidc(this AuthenticationBuilder authentication, IConfiguration configuration, CookieRules cookies)
    {
        var section = configuration.GetSection("Oidc");
        authentication.Services.Configure<OidcOptions>(section);
        var settings = section.Get<OidcOptions>();
        if (string.IsNullOrWhiteSpace(settings?.Authority))
        {
            return;
        }

        authentication.AddOpenIdConnect(SchemeName, settings.DisplayName, options =>
        {
            options.Authority = settings.Authority;
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ClientSecret;
            options.RequireHttpsMetadata = !settings.AllowInsecureAuthority;
            options.ResponseType = "code";
            options.UsePkce = true;

            // Back by a plain redirect: a cross-site form post would not carry Lax cookies, and SameSite=None ones need TLS.
            options.ResponseMode = "query";
            cookies.Harden(options.CorrelationCookie, "approvals-correlation.");
            cookies.Harden(options.NonceCookie, "approvals-nonce.");
            options.MapInboundClaims = false;
            options.TokenValidationParameters.ValidAlgorithms = Algorithms;

            // The framework would believe whatever issuer the provider's description names.
            var issuer = (settings.Issuer ?? settings.Authority).TrimEnd('/');
            options.TokenValidationParameters.IssuerValidator = (found, _, _) => found.TrimEnd('/') == issuer
                ? found
                : throw new SecurityTokenInvalidIssuerException("Not the configured issuer.") { InvalidIssuer = found };
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Scope.Add("email");
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.CallbackPath = "/signin-oidc";

            // Identity finds the login by this claim.
            options.ClaimActions.MapUniqueJsonKey(System.Security.Claims.ClaimTypes.NameIdentifier, "sub");
            options.Events.OnTokenValidated = context =>
            {
                // In the code flow the framework takes a token without a signature, for it came over TLS. We do not.
                if (!Algorithms.Contains(context.SecurityToken.SignatureAlgorithm))
                {
                    context.Fail("The token is not signed.");
                    return Task.CompletedTask;
                }

                var identity = (System.Security.Claims.ClaimsIdentity)context.Principal!.Identity!;
                if (!identity.HasClaim(claim => claim.Type == System.Security.Claims.ClaimTypes.NameIdentifier))
                {
                    identity.AddClaim(new(System.Security.Claims.ClaimTypes.NameIdentifier, identity.FindFirst("sub")!.Value));
                }

                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = context =>
            {
                // Cancelled at the provider, or a stale page: back to our own page with a word, not a fault.
                context.Response.Redirect("/account/sign-in?external=failed");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }
}
