using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>
/// Codes of the authenticator (RFC 6238), each good once: one that somebody saw over a shoulder or in a mail cannot be used again
/// while it is still valid.
/// </summary>
public sealed class OneTimeCodes(ApprovalsDbContext db) : AuthenticatorTokenProvider<ApplicationUser>
{
    private const string Provider = "[Approvals]";
    private const string Name = "LastCode";

    /// <inheritdoc />
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<ApplicationUser> manager, ApplicationUser user) =>
        await base.ValidateAsync(purpose, token, manager, user) && await UseAsync(token, user);

    private async Task<bool> UseAsync(string code, ApplicationUser user)
    {
        // The next code differs but once in a million times; who meets that waits half a minute.
        var rows = db.UserTokens.Where(one => one.UserId == user.Id && one.LoginProvider == Provider && one.Name == Name);

        // Race closed: the same code sent twice at once. Only one update finds a row with another value, only one insert succeeds.
        if (await rows.Where(one => one.Value != code).ExecuteUpdateAsync(set => set.SetProperty(one => one.Value, code)) == 1)
            return true;
        if (await rows.AnyAsync())
            return false;
        var row = new IdentityUserToken<Guid> { UserId = user.Id, LoginProvider = Provider, Name = Name, Value = code };
        db.UserTokens.Add(row);
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException)
        {
            db.Entry(row).State = EntityState.Detached;
            return false;
        }
    }
}
