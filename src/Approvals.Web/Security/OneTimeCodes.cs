using System.Globalization;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>
/// Codes of the authenticator (RFC 6238), each good once and none after a later one (its section 5.2): one that somebody saw over a
/// shoulder or in a mail cannot be used again while it is still valid.
/// </summary>
public sealed class OneTimeCodes(ApprovalsDbContext db, TimeProvider clock) : AuthenticatorTokenProvider<ApplicationUser>
{
    private const string Provider = "[Approvals]";

    // Its value was the last code in earlier versions: six digits, less than every step since 1971.
    private const string Name = "LastCode";
    private const int Attempts = 5;

    /// <inheritdoc />
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<ApplicationUser> manager, ApplicationUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        && TimeBasedCode.StepOf(key, token, clock.GetUtcNow()) is { } step
        && await UseAsync(step, user);

    private async Task<bool> UseAsync(long step, ApplicationUser user)
    {
        var rows = db.UserTokens.AsNoTracking().Where(one => one.UserId == user.Id && one.LoginProvider == Provider && one.Name == Name);
        var value = step.ToString(CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await rows.Select(one => one.Value).FirstOrDefaultAsync() is not { } last)
            {
                if (await InsertAsync(value, user))
                    return true;
                continue;
            }

            if (long.Parse(last, CultureInfo.InvariantCulture) >= step)
                return false;

            // Race closed: the same code, or an earlier and a later one, sent twice at once. The update finds the row only while it holds
            // what was read; who comes second reads again.
            if (await rows.Where(one => one.Value == last).ExecuteUpdateAsync(set => set.SetProperty(one => one.Value, value)) == 1)
                return true;
        }

        return false;
    }

    private async Task<bool> InsertAsync(string value, ApplicationUser user)
    {
        var row = new IdentityUserToken<Guid> { UserId = user.Id, LoginProvider = Provider, Name = Name, Value = value };
        db.UserTokens.Add(row);
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException)
        {
            // Race closed: the first code of an account sent twice at once; its key lets one row in.
            return false;
        }
        finally
        {
            db.Entry(row).State = EntityState.Detached;
        }
    }
}
