using System.Security.Claims;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>Whom somebody from the identity provider is here.</summary>
/// <param name="Account">The account; null when nobody matches and accounts are not made by themselves.</param>
/// <param name="IsAnothers">Whether the name matches an account that another id of the provider is bound to: nobody is signed in.</param>
public sealed record OidcMatch(ApplicationUser? Account, bool IsAnothers = false);

/// <summary>Finds the account of somebody who comes from the identity provider.</summary>
public sealed class OidcMatching(
    ApprovalsDbContext db, UserManager<ApplicationUser> users, Accounts accounts, IOptions<OidcOptions> options)
{
    /// <summary>The account, by the provider's id; when that is new, by what the configuration says, once.</summary>
    public async Task<OidcMatch> FindAsync(ExternalLoginInfo login, CancellationToken cancellationToken)
    {
        if (await users.FindByLoginAsync(login.LoginProvider, login.ProviderKey) is { } known)
        {
            return new OidcMatch(known);
        }

        var settings = options.Value;
        var value = login.Principal.FindFirstValue(settings.MatchClaim);
        if (string.IsNullOrWhiteSpace(value))
        {
            return new OidcMatch(null);
        }

        var user = await MatchAsync(value, login.Principal, settings, cancellationToken);
        if (user is null && settings is { AutoProvision: true, MatchBy: "username" })
        {
            var name = login.Principal.FindFirstValue("name") ?? value;
            user = (await accounts.CreateAsync(value, name, null, cancellationToken)).User;
        }

        if (user is null)
        {
            return new OidcMatch(null);
        }

        // From the first time on the provider's own id counts, which unlike a name is never given to somebody else: whoever comes with
        // another id has been given the name since.
        // Race closed: two ids for one account at once. Binding renews the account's concurrency stamp, so the second is refused.
        return (await users.GetLoginsAsync(user)).Any(one => one.LoginProvider == login.LoginProvider)
            || !(await users.AddLoginAsync(user, login)).Succeeded
            ? new OidcMatch(user, IsAnothers: true)
            : new OidcMatch(user);
    }

    private async Task<ApplicationUser?> MatchAsync(
        string value, ClaimsPrincipal principal, OidcOptions settings, CancellationToken cancellationToken)
    {
        switch (settings.MatchBy)
        {
            case "username":
                return await users.FindByNameAsync(value);
            case "email" when principal.FindFirstValue("email_verified") == "true":
                return await ByPersonAsync(db.People.Where(one => one.Email == value), cancellationToken);
            case "number":
                return await ByPersonAsync(db.People.Where(one => one.Number == value), cancellationToken);
            default:
                return null;
        }
    }

    /// <summary>Only an unambiguous match signs in: two people with one address are two people.</summary>
    private async Task<ApplicationUser?> ByPersonAsync(IQueryable<Person> people, CancellationToken cancellationToken)
    {
        var ids = await people.Where(one => one.IsActive).OrderBy(one => one.Id).Select(one => one.Id).Take(2).ToListAsync(cancellationToken);
        return ids.Count == 1 ? await users.Users.FirstOrDefaultAsync(one => one.PersonId == ids[0], cancellationToken) : null;
    }
}
