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
    /// <inheritdoc />
    public override async Task<bool> CanSignInAsync(ApplicationUser user) =>
        await db.People.AnyAsync(person => person.Id == user.PersonId && person.IsActive) && await base.CanSignInAsync(user);
}
