using System.Security.Cryptography;
using System.Text.Json;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Approvals.Web.Security;

/// <summary>
/// Enrols an authenticator. Its codes sign decisions, so a signed-in browser is not enough: the key is shown only to somebody who has just
/// proven who they are, and travels through their page as a sealed ticket. Nothing is stored before a code proves that the device has it.
/// </summary>
public sealed class AuthenticatorEnrolment(UserManager<ApplicationUser> users, IDataProtectionProvider protection, TimeProvider clock)
{
    // The names under which ASP.NET Core Identity keeps and looks for the key.
    private const string IdentityProvider = "[AspNetUserStore]";
    private const string IdentityName = "AuthenticatorKey";

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector sealing = protection.CreateProtector("Approvals.AuthenticatorEnrolment");

    private sealed record Ticket(Guid Account, string? Stamp, string Key, DateTimeOffset Until);

    /// <summary>Makes a key for an account whose owner has just proven who they are; stores nothing.</summary>
    /// <param name="user">The account.</param>
    /// <returns>The key to show, and the ticket that its page sends back.</returns>
    public (string Key, string Ticket) Begin(ApplicationUser user)
    {
        var key = users.GenerateNewAuthenticatorKey();
        return (key, sealing.Protect(JsonSerializer.Serialize(new Ticket(user.Id, user.SecurityStamp, key, clock.GetUtcNow() + Lasts))));
    }

    /// <summary>
    /// The key of a ticket; null when it is not one of ours, is another account's or too old, or the account's secrets have changed since.
    /// </summary>
    /// <param name="user">Who sent it.</param>
    /// <param name="ticket">As sent.</param>
    public string? KeyOf(ApplicationUser user, string? ticket)
    {
        try
        {
            var opened = string.IsNullOrEmpty(ticket) ? null : JsonSerializer.Deserialize<Ticket>(sealing.Unprotect(ticket));
            return opened is not null && opened.Account == user.Id && opened.Stamp == user.SecurityStamp && opened.Until > clock.GetUtcNow()
                ? opened.Key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Stores the key and switches the second factor on, if the code is the key's. A code used here is good nowhere else.</summary>
    /// <param name="user">The account.</param>
    /// <param name="key">From <see cref="KeyOf"/>.</param>
    /// <param name="code">As typed, without spaces.</param>
    public async Task<bool> FinishAsync(ApplicationUser user, string key, string code)
    {
        if (TimeBasedCode.StepOf(key, code, clock.GetUtcNow()) is null)
            return false;
        await users.SetAuthenticationTokenAsync(user, IdentityProvider, IdentityName, key);
        return await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code)
            && (await users.SetTwoFactorEnabledAsync(user, true)).Succeeded;
    }
}
