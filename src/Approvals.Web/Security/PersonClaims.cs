using System.Security.Claims;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>Names of our claims, and how they are filled; the same for cookies and API tokens.</summary>
public sealed class PersonClaims(
    UserManager<ApplicationUser> users, ApprovalsDbContext db, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<ApplicationUser>(users, options)
{
    /// <summary>Person id.</summary>
    public const string PersonId = "person_id";

    /// <summary>Name as it is signed.</summary>
    public const string PersonName = "person_name";

    /// <summary>Person id, name and role codes of a person.</summary>
    public static async Task<IReadOnlyList<Claim>> OfAsync(ApprovalsDbContext db, Person person)
    {
        var roles = await db.RoleAssignments.AsNoTracking().Where(one => one.PersonId == person.Id)
            .Select(one => one.Role).Distinct().ToListAsync();
        return
        [
            new Claim(PersonId, person.Id.ToString()),
            new Claim(PersonName, person.Name),
            .. roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ];
    }

    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(ApplicationUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var person = await db.People.AsNoTracking().SingleAsync(one => one.Id == user.PersonId);
        identity.AddClaims(await OfAsync(db, person));
        identity.AddClaims(InitialPassword.ClaimsOf(user));
        return identity;
    }
}
