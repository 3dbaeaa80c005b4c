using System.Globalization;
using System.Text.RegularExpressions;

namespace Approvals.Core.Regulations;

/// <summary>Articles as officials cite them: the rules and parameters carry <c>T§12.4</c>, people read 第十二条第（四）项.</summary>
public static partial class ArticleText
{
    private const string Digits = "〇一二三四五六七八九";

    private static readonly Dictionary<string, (string Chinese, string English)> Titles = new(StringComparer.Ordinal)
    {
        ["T"] = ("《重庆市抢险救援技术指挥官管理暂行办法》", "Interim Measures of Chongqing for Technical Commanders in Emergency Rescue"),
    };

    /// <summary>The citation in full, e.g. 《…暂行办法》第十二条第（四）项.</summary>
    /// <param name="article">Source, article and, where there is one, item; articles and items from 1 to 99.</param>
    /// <returns>What was given when it is written otherwise, as 默认 is.</returns>
    public static string InChinese(string article)
    {
        var match = Citation().Match(article);
        if (!match.Success || !Titles.TryGetValue(match.Groups["source"].Value, out var title))
        {
            return article;
        }

        var item = match.Groups["item"] is { Success: true } found ? $"第（{Numeral(found.Value)}）项" : "";
        return $"{title.Chinese}第{Numeral(match.Groups["article"].Value)}条{item}";
    }

    /// <summary>The same in English, e.g. Interim Measures …, article 12(4).</summary>
    /// <returns>What was given when it is written otherwise.</returns>
    public static string InEnglish(string article)
    {
        var match = Citation().Match(article);
        return match.Success && Titles.TryGetValue(match.Groups["source"].Value, out var title)
            ? $"{title.English}, article {match.Groups["article"].Value}{(match.Groups["item"] is { Success: true } item ? $"({item.Value})" : "")}"
            : article;
    }

    private static string Numeral(string digits)
    {
        var (tens, ones) = Math.DivRem(int.Parse(digits, CultureInfo.InvariantCulture), 10);
        var head = tens switch { 0 => "", 1 => "十", _ => $"{Digits[tens]}十" };
        return head + (ones == 0 ? "" : Digits[ones]);
    }

    [GeneratedRegex(@"^(?<source>[A-Z])§(?<article>[1-9]\d?)(\.(?<item>[1-9]\d?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Citation();
}
