namespace Approvals.Core.Payouts;

/// <summary>Bank account numbers (账号): a person is paid to a bank card with its check digit, a unit to an account without one. Pure.</summary>
public static class AccountNumber
{
    /// <summary>As it is stored: digits only where blanks and hyphens were typed between them.</summary>
    public static string Normalise(string? text) =>
        string.Concat((text ?? "").Normalize(System.Text.NormalizationForm.FormKC)
            .Where(character => !char.IsWhiteSpace(character) && character != '-'));

    /// <summary>What is wrong with a number and how to mend it, in plain Chinese; null when it is right.</summary>
    /// <param name="kind">Whose account.</param>
    /// <param name="text">As typed.</param>
    public static string? ProblemOf(PayeeKind kind, string? text)
    {
        var number = Normalise(text);
        if (number.Length == 0)
            return "请填写账号";
        if (!number.All(char.IsAsciiDigit))
            return "账号只能是数字，请核对";
        if (kind == PayeeKind.Unit)
            return number.Length is >= 8 and <= 30 ? null : $"单位账号应为 8 至 30 位数字，现为 {number.Length} 位，请核对";
        if (number.Length is < 16 or > 19)
            return $"银行卡号应为 16 至 19 位数字，现为 {number.Length} 位，请核对";
        return PassesLuhn(number) ? null : "银行卡号校验位不正确，可能有一位输错，请对照银行卡逐位核对";
    }

    /// <summary>Groups of four with all but the last four digits hidden: **** **** **** 1234.</summary>
    public static string Masked(string lastFour) => "**** **** **** " + lastFour;

    /// <summary>ISO/IEC 7812-1, annex B: every second digit from the right is doubled; the cross sum divides by ten.</summary>
    private static bool PassesLuhn(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }

        return sum % 10 == 0;
    }
}
