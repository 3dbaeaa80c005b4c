using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>
/// Identity's manager of accounts, whose counts of wrong tries hold when several come at once, wherever somebody proves who they are. Identity
/// gives up the count that was overtaken, so that many guesses at a time would be counted as one.
/// </summary>
internal sealed class AccountManager(
    ApprovalsDbContext db, IUserStore<ApplicationUser> store, IOptions<IdentityOptions> options, IPasswordHasher<ApplicationUser> hasher,
    IEnumerable<IUserValidator<ApplicationUser>> userValidators, IEnumerable<IPasswordValidator<ApplicationUser>> passwordValidators,
    ILookupNormalizer names, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<ApplicationUser>> logger)
    : UserManager<ApplicationUser>(store, options, hasher, userValidators, passwordValidators, names, errors, services, logger)
{
    /// <summary>More than can be under way for one account (<see cref="Hosting.RequestLimits"/>) before it is locked.</summary>
    private const int Tries = 50;

    /// <inheritdoc />
    public override Task<IdentityResult> AccessFailedAsync(ApplicationUser user) => StoredAsync(user, base.AccessFailedAsync);

    /// <inheritdoc />
    public override Task<IdentityResult> ResetAccessFailedCountAsync(ApplicationUser user) => StoredAsync(user, base.ResetAccessFailedCountAsync);

    /// <summary>
    /// Race closed: several tries on one account at once. Who was overtaken reads the account anew and counts on from there; once it is locked
    /// there is nothing more to count.
    /// </summary>
    private async Task<IdentityResult> StoredAsync(ApplicationUser user, Func<ApplicationUser, Task<IdentityResult>> count)
    {
        var result = await count(user);
        for (var left = Tries; left > 0 && !result.Succeeded; left--)
        {
            await db.Entry(user).ReloadAsync(CancellationToken);
            if (await IsLockedOutAsync(user))
                return IdentityResult.Success;
            result = await count(user);
        }

        return result;
    }
}
