using Approvals.Core.Inbox;
using Approvals.Core.Organisation;

namespace Approvals.Web.Security;

/// <summary>Asks the accounts whether the signer is who they say.</summary>
internal sealed class SignerCheck(PasswordReauthentication accounts) : ISignerCheck
{
    /// <inheritdoc />
    public async Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
        await accounts.VerifyAsync(personId, secret, cancellationToken) switch
        {
            ReauthenticationOutcome.Verified => SignerCheckOutcome.Confirmed,
            ReauthenticationOutcome.LockedOut => SignerCheckOutcome.LockedOut,
            _ => SignerCheckOutcome.Wrong,
        };
}
