using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>How proving oneself again ended.</summary>
public enum ReauthenticationOutcome
{
    /// <summary>It is the person.</summary>
    Verified,

    /// <summary>Wrong password or code; counted towards the lock-out.</summary>
    WrongSecret,

    /// <summary>Too many wrong tries; nothing was checked.</summary>
    LockedOut,

    /// <summary>The person has no account, has left, or has neither a password nor a second factor.</summary>
    NoAccount,
}

/// <summary>Asks the signer for the password or a code of the second factor again, at the moment of signing.</summary>
public sealed class PasswordReauthentication(
    UserManager<ApplicationUser> users, ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit)
{
    /// <summary>Checks the secret; a wrong one counts towards the lock-out.</summary>
    /// <param name="personId">Who signs.</param>
    /// <param name="secret">The password, or six digits of the authenticator when the account has one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">
    /// Called inside a transaction: giving that up would also forget the failed try and open the door to guessing.
    /// </exception>
    public async Task<ReauthenticationOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("Verify the signer before the transaction of the decision begins.");
        }

        var user = await users.Users.FirstOrDefaultAsync(
            one => one.PersonId == personId && db.People.Any(signer => signer.Id == personId && signer.IsActive), cancellationToken);
        if (user is null)
        {
            return ReauthenticationOutcome.NoAccount;
        }

        if (await users.IsLockedOutAsync(user))
        {
            return ReauthenticationOutcome.LockedOut;
        }

        var hasCode = await users.GetTwoFactorEnabledAsync(user);
        if (!hasCode && !await users.HasPasswordAsync(user))
        {
            return ReauthenticationOutcome.NoAccount;
        }

        if (await IsRightAsync(user, secret ?? "", hasCode))
        {
            await users.ResetAccessFailedCountAsync(user);
            return ReauthenticationOutcome.Verified;
        }

        await users.AccessFailedAsync(user);
        var isLocked = await users.IsLockedOutAsync(user);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.RecordBy(personId, "account.reauthentication-failed", "account", user.Id.ToString(), new { isLocked });
                return Task.CompletedTask;
            },
            cancellationToken);
        return isLocked ? ReauthenticationOutcome.LockedOut : ReauthenticationOutcome.WrongSecret;
    }

    private async Task<bool> IsRightAsync(ApplicationUser user, string secret, bool hasCode)
    {
        var compact = secret.Replace(" ", "", StringComparison.Ordinal);
        if (hasCode && compact.Length == 6 && compact.All(char.IsAsciiDigit))
        {
            return await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, compact);
        }

        return secret.Length > 0 && await users.CheckPasswordAsync(user, secret);
    }
}
