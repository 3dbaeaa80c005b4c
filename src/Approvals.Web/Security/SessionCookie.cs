using System.Security.Claims;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>Ties the cookie to its session: begun when it is written, asked for when it is read.</summary>
internal static class SessionCookie
{
    /// <summary>
    /// Puts the session's id into a cookie about to be written. A sign-in that is only refreshed keeps its session; a new one, of whomever,
    /// ends the one this browser had, whose cookie might have been copied or planted (ASVS 7.2.4).
    /// </summary>
    public static async Task OnSigningIn(CookieSigningInContext context)
    {
        var identity = (ClaimsIdentity)context.Principal!.Identity!;
        if (Sessions.Of(context.Principal) is not null || !Guid.TryParse(identity.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var account))
            return;
        var present = context.HttpContext.User;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var id = Sessions.Of(present);
        if (id is not null && !PersonSignInManager.IsRefreshing(context.HttpContext))
        {
            if (Guid.TryParse(present.FindFirstValue(ClaimTypes.NameIdentifier), out var before))
                await sessions.EndAsync(before, id, null, CancellationToken.None);
            id = null;
        }

        id ??= await sessions.BeginAsync(account, context.Request.Headers.UserAgent);
        identity.AddClaim(new Claim(Sessions.Claim, id.Value.ToString()));
    }

    /// <summary>Refuses a cookie whose session ended here; the database is asked with the security stamp, every minute.</summary>
    public static Task OnValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var ended = context.HttpContext.RequestServices.GetRequiredService<EndedSessions>();
        if (Sessions.Of(context.Principal) is { } id && !ended.Contains(id))
            return SecurityStampValidator.ValidatePrincipalAsync(context);
        context.RejectPrincipal();
        return context.HttpContext.SignOutAsync(context.Scheme.Name);
    }
}

/// <summary>Asks for the session when the security stamp is asked for, and carries it over to the fresh principal.</summary>
internal sealed class SessionValidator(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<ApplicationUser> signIn, ILoggerFactory logger, Sessions sessions)
    : SecurityStampValidator<ApplicationUser>(options, signIn, logger)
{
    /// <inheritdoc />
    protected override async Task SecurityStampVerified(ApplicationUser user, CookieValidatePrincipalContext context)
    {
        var id = Sessions.Of(context.Principal);
        if (id is null || !await sessions.GoesOnAsync(id.Value))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        await base.SecurityStampVerified(user, context);
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(Sessions.Claim, id.Value.ToString()));
    }
}
