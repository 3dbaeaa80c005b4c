using Approvals.Core.Forms;

namespace Approvals.Core.Payouts;

/// <summary>Identity numbers of persons (GB 11643) and unified social credit codes of units (GB 32100-2015). Pure.</summary>
public static class IdentityCode
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>As it is stored: without blanks, upper case.</summary>
    public static string Normalise(string? text) =>
        string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();

    /// <summary>What is wrong with the number and how to mend it, in plain Chinese; null when it is right.</summary>
    /// <param name="kind">Person or unit.</param>
    /// <param name="text">As typed.</param>
    /// <param name="today">Today in China.</param>
    public static string? ProblemOf(PayeeKind kind, string? text, DateOnly today)
    {
        var number = Normalise(text);
        return kind == PayeeKind.Person ? IdentityNumber.ProblemOf(number, today) : ProblemOfCreditCode(number);
    }

    private static string? ProblemOfCreditCode(string code)
    {
        if (code.Length != 18)
            return $"统一社会信用代码应为 18 位，现为 {code.Length} 位，请核对";
        if (code.FirstOrDefault(character => !CreditAlphabet.Contains(character, StringComparison.Ordinal)) is var wrong && wrong != 0)
            return $"统一社会信用代码中不应有“{wrong}”，请核对";

        // GB 32100-2015, 附录 A: weights are the powers of 3 modulo 31.
        var (sum, weight) = (0, 1);
        foreach (var character in code[..17])
        {
            sum += CreditAlphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return CreditAlphabet[(31 - sum % 31) % 31] == code[17] ? null : "统一社会信用代码校验位不正确，可能有一位输错，请对照证照逐位核对";
    }
}
