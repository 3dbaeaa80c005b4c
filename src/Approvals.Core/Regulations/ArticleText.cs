using System.Globalization;
using System.Text.RegularExpressions;

namespace Approvals.Core.Regulations;

/// <summary>
/// Articles as officials cite them. Rules and parameters carry short citations: <c>T§12.4</c>, or of a source that counts its parts in Chinese
/// <c>W四(一)</c>; people read 第十二条第（四）项, or 第四部分第（一）项.
/// </summary>
public static partial class ArticleText
{
    private const string Digits = "〇一二三四五六七八九";

    private static readonly Dictionary<string, (string Chinese, string English)> Titles = new(StringComparer.Ordinal)
    {
        ["T"] = ("《重庆市抢险救援技术指挥官管理暂行办法》", "Interim Measures of Chongqing for Technical Commanders in Emergency Rescue"),
        ["N"] = (
            "《关于进一步加强国家安全生产应急救援队伍建设的意见（征求意见稿）》",
            "Opinions on Further Building National Work-Safety Rescue Teams (draft for comment)"),
        ["E"] = ("《长治市应急管理专家使用管理办法（试行）》", "Measures of Changzhi for the Use of Emergency-Management Experts (trial)"),
        ["S"] = (
            "《重庆市社会应急力量参与重特大事故灾害抢险救援行动现场协调机制建设实施方案》",
            "Plan of Chongqing for On-Scene Coordination of Social Rescue Forces"),
        ["W"] = (
            "《威海市人民政府办公室关于建立健全应急救援力量联调联战工作机制的实施意见》",
            "Opinions of Weihai on Joint Dispatch of Rescue Forces"),
    };

    /// <summary>The citation in full, e.g. 《…暂行办法》第十二条第（四）项; several, separated by 、, one after the other.</summary>
    /// <param name="article">Source, article and, where there is one, item; articles and items from 1 to 99.</param>
    /// <returns>What was given when it is written otherwise, as 默认 is.</returns>
    public static string InChinese(string article) => Each(article, "、", InChinese);

    /// <summary>The same in English, e.g. Interim Measures …, article 12(4).</summary>
    /// <returns>What was given when it is written otherwise.</returns>
    public static string InEnglish(string article) => Each(article, "; ", InEnglish);

    private static string Each(string article, string separator, Func<Match, (string Chinese, string English), string> written)
    {
        var texts = article.Split('、').Select(one =>
            Citation().Match(one) is { Success: true } match && Titles.TryGetValue(match.Groups["source"].Value, out var title)
                ? written(match, title)
                : null).ToList();
        return texts.Contains(null) ? article : string.Join(separator, texts);
    }

    private static string InChinese(Match match, (string Chinese, string English) title)
    {
        var item = match.Groups["item"] is { Success: true } found ? $"第（{Numeral(found.Value)}）项" : "";
        return match.Groups["part"] is { Success: true } part
            ? $"{title.Chinese}第{part.Value}部分第（{match.Groups["point"].Value}）项"
            : $"{title.Chinese}第{Numeral(match.Groups["article"].Value)}条{item}";
    }

    private static string InEnglish(Match match, (string Chinese, string English) title) => match.Groups["part"] is { Success: true } part
        ? $"{title.English}, part {Number(part.Value)}({Number(match.Groups["point"].Value)})"
        : $"{title.English}, article {match.Groups["article"].Value}{(match.Groups["item"] is { Success: true } item ? $"({item.Value})" : "")}";

    private static string Numeral(string digits)
    {
        var (tens, ones) = Math.DivRem(int.Parse(digits, CultureInfo.InvariantCulture), 10);
        var head = tens switch { 0 => "", 1 => "十", _ => $"{Digits[tens]}十" };
        return head + (ones == 0 ? "" : Digits[ones]);
    }

    private static string Number(string numeral) => Enumerable.Range(1, 99).Select(number => number.ToString(CultureInfo.InvariantCulture))
        .FirstOrDefault(number => Numeral(number) == numeral) ?? numeral;

    [GeneratedRegex(
        @"^(?<source>[A-Z])(§(?<article>[1-9]\d?)(\.(?<item>[1-9]\d?))?|(?<part>[一二三四五六七八九十]{1,3})\((?<point>[一二三四五六七八九十]{1,3})\))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Citation();
}
