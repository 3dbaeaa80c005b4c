using Approvals.Core.Certificates;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>
/// Refuses a password that is easy to guess. No letters, digits or signs are demanded: length and surprise protect, composition does
/// not (ASVS 5.0, 6.2.4, 6.2.5, 6.2.11, 6.2.12).
/// </summary>
public sealed class PasswordIsHardToGuess(IOptions<BureauOptions> bureau, IStringLocalizer<AccountTexts> texts)
    : IPasswordValidator<ApplicationUser>
{
    /// <summary>Words of every office of this kind, in the letters they are typed in; docs/security.md lists them.</summary>
    private static readonly string[] OfficeWords =
        ["approvals", "shenpi", "yingji", "yingjiguanli", "yingjiguanliju", "yingjiju", "guanliyuan", "administrator", "zhihuiguan", "jiuyuan"];

    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(UserManager<ApplicationUser> manager, ApplicationUser user, string? password)
    {
        var text = password ?? "";
        string[] words = [.. OfficeWords, bureau.Value.Name, bureau.Value.NumberPrefix, bureau.Value.CardPrefix, user.UserName ?? ""];
        return Task.FromResult(
            user.UserName is { Length: > 2 } name && text.Contains(name, StringComparison.OrdinalIgnoreCase)
                ? Refused("PasswordContainsUserName", "密码不能包含用户名。")
            : GuessablePasswords.IsGuessable(text, words)
                ? Refused("PasswordIsGuessable", "这个密码太容易猜到。可以用几个不相干的词组成一句，不必有符号。")
            : IdentityResult.Success);
    }

    private IdentityResult Refused(string code, string text) =>
        IdentityResult.Failed(new IdentityError { Code = code, Description = texts[text] });
}
