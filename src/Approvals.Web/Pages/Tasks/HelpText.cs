using System.Text.RegularExpressions;

namespace Approvals.Web.Pages.Tasks;

/// <summary>The help of a step, as a process writes it: a page of this product is named as <c>[文字](/path)</c>.</summary>
internal static partial class HelpText
{
    /// <summary>Its parts in order. A part with a path is a link; only paths of this product become one.</summary>
    public static IEnumerable<(string Text, string? Path)> Parts(string help)
    {
        var at = 0;
        foreach (Match link in Link().Matches(help))
        {
            if (link.Index > at)
            {
                yield return (help[at..link.Index], null);
            }

            yield return (link.Groups["text"].Value, link.Groups["path"].Value);
            at = link.Index + link.Length;
        }

        if (at < help.Length)
        {
            yield return (help[at..], null);
        }
    }

    // One slash at the start and no second: "//host" would lead elsewhere.
    [GeneratedRegex(@"\[(?<text>[^\[\]]+)\]\((?<path>/(?!/)[^()\s\\]*)\)")]
    private static partial Regex Link();
}
