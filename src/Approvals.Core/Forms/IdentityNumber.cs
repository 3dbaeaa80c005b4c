namespace Approvals.Core.Forms;

/// <summary>A citizen's identity number (公民身份号码), GB 11643-1999: region, birth date, sequence, check character.</summary>
/// <param name="BirthDate">Birth date it carries.</param>
/// <param name="Gender">男 or 女, from the parity of the sequence.</param>
public sealed record IdentityNumber(DateOnly BirthDate, string Gender)
{
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>First two digits of GB/T 2260: the provinces, with Taiwan, Hong Kong and Macao (81–83 for residence permits).</summary>
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45",
        "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    /// <summary>Reads a normalised number (18 characters, upper-case X); null when <see cref="ProblemOf"/> finds a problem.</summary>
    public static IdentityNumber? Parse(string? text, DateOnly today) =>
        text is null || ProblemOf(text, today) is not null
            ? null
            : new IdentityNumber(BirthDateOf(text)!.Value, (text[16] - '0') % 2 == 1 ? "男" : "女");

    /// <summary>What is wrong with a number and how to mend it, in plain Chinese; null when it is right.</summary>
    public static string? ProblemOf(string text, DateOnly today)
    {
        if (text.Length != 18)
        {
            return $"身份证号码应为 18 位，现为 {text.Length} 位，请核对";
        }

        if (!text[..17].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(text[17]) || text[17] == 'X'))
        {
            return "身份证号码前 17 位应为数字，末位为数字或 X，请核对";
        }

        if (!Provinces.Contains(text[..2]))
        {
            return "身份证号码前两位不是有效的地区代码，请核对";
        }

        if (BirthDateOf(text) is not { } birth)
        {
            return "身份证号码第 7 至 14 位不是有效的出生日期，请核对";
        }

        if (birth > today || birth.Year < 1900)
        {
            return "身份证号码中的出生日期晚于今天或过早，请核对";
        }

        return text[17] == CheckCharacterOf(text)
            ? null
            : "身份证号码校验位不正确，可能有一位输错，请对照身份证逐位核对";
    }

    private static DateOnly? BirthDateOf(string text) =>
        DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", out var date) ? date : null;

    private static char CheckCharacterOf(string text) =>
        CheckCharacters[text.Take(17).Select((digit, place) => (digit - '0') * Weights[place]).Sum() % 11];
}
