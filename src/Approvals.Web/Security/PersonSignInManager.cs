using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>Signs in only people who are still active; asked again whenever a cookie is validated.</summary>
public sealed class PersonSignInManager(
    UserManager<ApplicationUser> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<ApplicationUser> claims,
    IOptions<IdentityOptions> options, ILogger<SignInManager<ApplicationUser>> logger, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<ApplicationUser> confirmation, ApprovalsDbContext db)
    : SignInManager<ApplicationUser>(users, context, claims, options, logger, schemes, confirmation)
{
    private bool isRefusedBefore;

    /// <summary>Whether the cookie being written only brings the present sign-in up to date; its session then goes on.</summary>
    internal static bool IsRefreshing(HttpContext context) => context.Items.ContainsKey(typeof(PersonSignInManager));

    /// <inheritdoc />
    public override async Task RefreshSignInAsync(ApplicationUser user)
    {
        Context.Items[typeof(PersonSignInManager)] = true;
        await base.RefreshSignInAsync(user);
        Context.Items.Remove(typeof(PersonSignInManager));
    }

    /// <inheritdoc />
    public override async Task<SignInResult> CheckPasswordSignInAsync(ApplicationUser user, string password, bool lockoutOnFailure)
    {
        isRefusedBefore = user.PasswordHash is null;
        var result = await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);

        // Locked, deactivated and without a password are answered before anything is hashed: a quick answer would tell them apart.
        if (isRefusedBefore)
            UserManager.PasswordHasher.HashPassword(user, password);
        return result;
    }

    /// <inheritdoc />
    protected override async Task<SignInResult?> PreSignInCheck(ApplicationUser user)
    {
        var refusal = await base.PreSignInCheck(user);
        isRefusedBefore |= refusal is not null;
        return refusal;
    }

    /// <inheritdoc />
    public override async Task<bool> CanSignInAsync(ApplicationUser user) =>
        await db.People.AnyAsync(person => person.Id == user.PersonId && person.IsActive) && await base.CanSignInAsync(user);
}
