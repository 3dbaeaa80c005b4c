namespace Approvals.Core.Inbox;

/// <summary>What the second look at a signer's identity found.</summary>
public enum SignerCheckOutcome
{
    /// <summary>It is them.</summary>
    Confirmed,

    /// <summary>Password or code is wrong; it counts towards the lock-out.</summary>
    Wrong,

    /// <summary>The account is locked after too many wrong tries.</summary>
    LockedOut,
}

/// <summary>Asks a signer for the password or second factor again (签名前复核身份). The web implements it over the accounts.</summary>
public interface ISignerCheck
{
    /// <summary>Checks a password or one-time code of a person.</summary>
    /// <param name="personId">Who signs.</param>
    /// <param name="secret">What they typed; null or empty is wrong.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken);
}
