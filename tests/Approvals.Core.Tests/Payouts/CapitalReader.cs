namespace Approvals.Core.Tests.Payouts;

/// <summary>Reads an amount in capitals back, independently of how it is written.</summary>
internal static class CapitalReader
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    public static decimal Read(string text)
    {
        if (!text.StartsWith("人民币", StringComparison.Ordinal))
            throw new FormatException(text);
        decimal total = 0, group = 0, digit = 0, yuan = 0;
        foreach (var character in text[3..])
        {
            switch (character)
            {
                case '拾': group += digit * 10; digit = 0; break;
                case '佰': group += digit * 100; digit = 0; break;
                case '仟': group += digit * 1000; digit = 0; break;
                case '万': total += (group + digit) * 1_0000; group = digit = 0; break;
                case '亿': total = (total + group + digit) * 1_0000_0000; group = digit = 0; break;
                case '元': yuan = total + group + digit; total = group = digit = 0; break;
                case '角': yuan += digit / 10; digit = 0; break;
                case '分': yuan += digit / 100; digit = 0; break;
                case '整': break;
                default: digit = Digits.IndexOf(character, StringComparison.Ordinal) is var value and >= 0 ? value : throw new FormatException(text); break;
            }
        }

        return yuan;
    }
}
