using Microsoft.AspNetCore.Identity;

namespace Approvals.Core.Organisation;

/// <summary>A sign-in account (账号) of a <see cref="Person"/>. Rights come from positions and roles, not from the account.</summary>
public sealed class ApplicationUser : IdentityUser<Guid>
{
    /// <summary>The person who signs in with this account.</summary>
    public Guid PersonId { get; set; }

    /// <summary>
    /// Until when the password that an administrator handed out must be exchanged for one of the person's own; null once it has been.
    /// Until then nothing else of the product opens, and after that moment the password opens nothing.
    /// </summary>
    public DateTimeOffset? InitialPasswordUntil { get; set; }
}
