namespace Approvals.Web.Diagram;

/// <summary>The words beside a line: the outcome it leaves by, and how much room they take.</summary>
internal static class FlowCaption
{
    /// <summary>Height of a caption's box.</summary>
    public const double Height = 14;

    /// <summary>From the top of the box to the line the letters stand on.</summary>
    public const double Ascent = 11;

    private const double LetterWidth = 11;
    private const double LatinWidth = 6.8;

    private static readonly Dictionary<string, string> PortTexts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Done"] = "", ["True"] = "是", ["False"] = "否", ["Approved"] = "同意", ["Rejected"] = "不同意", ["Returned"] = "退回",
        ["Submitted"] = "提交", ["Withdrawn"] = "撤回", ["Default"] = "其他", ["Passed"] = "合格", ["Failed"] = "不合格",
        ["Upheld"] = "异议成立", ["Ended"] = "期满", ["Expired"] = "超时",
    };

    /// <summary>Chinese for an outcome; empty when it says nothing.</summary>
    public static string Of(string? port) => port is null ? "" : PortTexts.GetValueOrDefault(port, port);

    /// <summary>Width of a text in the captions' letters.</summary>
    public static double WidthOf(string text) => text.Sum(letter => letter < 0x2E80 ? LatinWidth : LetterWidth);
}
