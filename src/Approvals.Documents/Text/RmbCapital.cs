using System.Text;

namespace Approvals.Documents.Text;

/// <summary>
/// Amounts of money in capitals (人民币大写) by the People's Bank's rules for bills (《支付结算办法》附一, 正确填写票据和结算凭证的基本规定):
/// 整 after 元 or 角 when nothing follows, never after 分; one 零 for any run of zeros inside; 零 after 元 when 元 or 角 is zero and
/// something follows.
/// </summary>
public static class RmbCapital
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["仟", "佰", "拾", ""];
    private static readonly string[] Groups = ["亿", "万", ""];

    /// <summary>The first amount that cannot be written: 一万亿元.</summary>
    public const decimal Limit = 1_000_000_000_000m;

    /// <summary>An amount in yuan in capitals, e.g. 人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not below <see cref="Limit"/>, or with parts of a fen.</exception>
    public static string Format(decimal amount)
    {
        if (amount < 0 || amount >= Limit)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), "金额须不小于零且小于一万亿元");
        }

        if (decimal.Round(amount, 2) != amount)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), "金额最多两位小数");
        }

        var yuan = (long)decimal.Truncate(amount);
        var fen = (int)((amount - yuan) * 100);
        var text = new StringBuilder("人民币");
        if (yuan > 0 || fen == 0)
        {
            text.Append(Integer(yuan)).Append('元');
        }

        AppendFraction(text, yuan, fen / 10, fen % 10);
        return text.ToString();
    }

    private static void AppendFraction(StringBuilder text, long yuan, int jiao, int fen)
    {
        if (jiao == 0 && fen == 0)
        {
            text.Append('整');
            return;
        }

        if (yuan > 0 && (jiao == 0 || yuan % 10 == 0))
        {
            text.Append('零');
        }

        if (jiao > 0)
        {
            text.Append(Digits[jiao]).Append('角');
        }

        text.Append(fen > 0 ? $"{Digits[fen]}分" : "整");
    }

    private static string Integer(long yuan)
    {
        if (yuan == 0)
        {
            return "零";
        }

        var text = new StringBuilder();
        long[] groups = [yuan / 1_0000_0000, yuan / 1_0000 % 1_0000, yuan % 1_0000];
        var gap = false;
        for (var i = 0; i < groups.Length; i++)
        {
            var group = (int)groups[i];
            if (group == 0)
            {
                gap = true;
                continue;
            }

            if (text.Length > 0 && (gap || group < 1000))
            {
                text.Append('零');
            }

            AppendGroup(text, group);
            text.Append(Groups[i]);
            gap = false;
        }

        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, int group)
    {
        int[] digits = [group / 1000, group / 100 % 10, group / 10 % 10, group % 10];
        var started = false;
        var gap = false;
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] == 0)
            {
                gap = started;
                continue;
            }

            if (gap)
            {
                text.Append('零');
            }

            text.Append(Digits[digits[i]]).Append(Places[i]);
            started = true;
            gap = false;
        }
    }
}
