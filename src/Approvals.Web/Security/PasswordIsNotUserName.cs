using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Security;

/// <summary>Refuses a password that contains the user name.</summary>
public sealed class PasswordIsNotUserName(IStringLocalizer<AccountTexts> texts) : IPasswordValidator<ApplicationUser>
{
    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(UserManager<ApplicationUser> manager, ApplicationUser user, string? password)
    {
        var contains = user.UserName is { Length: > 2 } name && password?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;
        return Task.FromResult(contains
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordContainsUserName", Description = texts["密码不能包含用户名。"] })
            : IdentityResult.Success);
    }
}
