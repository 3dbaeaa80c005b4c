using Approvals.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Security;

/// <summary>Identity's complaints in plain words, in the language of the page.</summary>
public sealed class ChineseIdentityErrors(IStringLocalizer<AccountTexts> texts) : IdentityErrorDescriber
{
    /// <inheritdoc />
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), "密码至少要有 {0} 位。", length);

    /// <inheritdoc />
    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit), "密码要包含数字。");

    /// <inheritdoc />
    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower), "密码要包含小写字母。");

    /// <inheritdoc />
    public override IdentityError PasswordRequiresNonAlphanumeric() =>
        Error(nameof(PasswordRequiresNonAlphanumeric), "密码要包含符号，如 ! 或 -。");

    /// <inheritdoc />
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Error(nameof(PasswordRequiresUniqueChars), "密码要有至少 {0} 个不同的字符。", uniqueChars);

    /// <inheritdoc />
    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "当前密码不正确。");

    /// <inheritdoc />
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), "这个用户名已有人使用。");

    /// <inheritdoc />
    public override IdentityError InvalidUserName(string? userName) =>
        Error(nameof(InvalidUserName), "用户名只能用字母、数字和 . - _ @。");

    /// <inheritdoc />
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "账号刚被他人修改，请重试。");

    private IdentityError Error(string code, string text, params object[] arguments) =>
        new() { Code = code, Description = texts[text, arguments] };
}
