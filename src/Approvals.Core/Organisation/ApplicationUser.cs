using Microsoft.AspNetCore.Identity;

namespace Approvals.Core.Organisation;

/// <summary>A sign-in account (账号) of a <see cref="Person"/>. Rights come from positions and roles, not from the account.</summary>
public sealed class ApplicationUser : IdentityUser<Guid>
{
    /// <summary>The person who signs in with this account.</summary>
    public Guid PersonId { get; set; }
}
