using Approvals.Core.Forms;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>A bank account as somebody typed it.</summary>
/// <param name="Holder">户名; must be the payee's name.</param>
/// <param name="Number">账号; blanks and hyphens do not matter.</param>
/// <param name="BankName">开户银行.</param>
/// <param name="BankCode">联行号, twelve digits; null or empty when unknown.</param>
public sealed record AccountInput(string? Holder, string? Number, string? BankName, string? BankCode)
{
    /// <summary>Errors beside their fields; empty when it can be stored. Pure.</summary>
    /// <param name="payee">Whose account.</param>
    public IReadOnlyList<FieldError> ErrorsFor(Payee payee)
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(Holder))
            errors.Add(new FieldError("holder", "户名", "请填写户名。", true));
        else if (Holder.Trim() != payee.Name)
            errors.Add(new FieldError("holder", "户名", $"户名应与收款人“{payee.Name}”一致，不能付到他人账户。"));
        if (AccountNumber.ProblemOf(payee.Kind, Number) is { } problem)
            errors.Add(new FieldError("number", "账号", problem + "。", string.IsNullOrWhiteSpace(Number)));
        if (string.IsNullOrWhiteSpace(BankName))
            errors.Add(new FieldError("bankName", "开户银行", "请填写开户银行，写到支行。", true));
        else if (BankName.Trim().Length > 100)
            errors.Add(new FieldError("bankName", "开户银行", "开户银行不超过 100 个字。"));
        var code = AccountNumber.Normalise(BankCode);
        if (code.Length > 0 && (code.Length != 12 || !code.All(char.IsAsciiDigit)))
            errors.Add(new FieldError("bankCode", "联行号", $"联行号应为 12 位数字，现为 {code.Length} 位；不清楚可以不填。"));
        return errors;
    }
}
