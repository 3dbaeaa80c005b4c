using System.Security.Claims;
using System.Security.Cryptography;

namespace Approvals.Web.Security;

/// <summary>
/// 初始密码 — made by the machine, seen once by the administrator who hands it over, good for one thing: to choose a password of one's
/// own (ASVS 6.4.1, 6.4.6).
/// </summary>
internal static class InitialPassword
{
    /// <summary>Claim of somebody who still has to choose one.</summary>
    public const string Claim = "must_change_password";

    // Without what looks alike: it is read from a paper and typed.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>16 characters in groups of four: 80 bits.</summary>
    public static string Make() => string.Join('-', RandomNumberGenerator.GetString(Letters, 16).Chunk(4).Select(part => new string(part)));

    /// <summary>Whether the time to exchange it is over: from then on it opens nothing, with or without a second factor.</summary>
    public static bool IsOver(Approvals.Core.Organisation.ApplicationUser user, DateTimeOffset now) => user.InitialPasswordUntil <= now;

    /// <summary>Leads whoever still has one to the page that changes it; nothing else opens. Stands after authentication.</summary>
    public static void UseInitialPasswords(this WebApplication app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (!context.User.HasClaim(claim => claim.Type == Claim)
            || path.StartsWithSegments("/account/password") || path.StartsWithSegments("/account/sign-out")
            || path.StartsWithSegments("/preferences") || path.StartsWithSegments("/error"))
        {
            return next(context);
        }

        if (HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect("/account/password");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>The claim for an account that has one.</summary>
    public static IEnumerable<Claim> ClaimsOf(Approvals.Core.Organisation.ApplicationUser user) =>
        user.InitialPasswordUntil is null ? [] : [new Claim(Claim, "1")];
}
