using System.Reflection;
using System.Text.RegularExpressions;
using DotLiquid;

namespace Approvals.Workflows;

/// <summary>
/// What the library reads without a word and stumbles over only when it renders, in front of a case: operators and filters that do
/// not exist, and words too many or too few. It is looked for in the text, for the library keeps what it has read to itself.
/// </summary>
public static partial class LiquidSyntax
{
    private static readonly string[] Conditions = ["if", "elsif", "elseif", "unless"];

    private static readonly HashSet<string> Standard = NamesIn(typeof(StandardFilters));

    /// <summary>The first thing wrong with a template that the library has already read; null for nothing.</summary>
    /// <param name="template">Liquid.</param>
    /// <param name="filters">Classes of the filters there are beside the library's own.</param>
    public static string? ProblemOf(string template, params Type[] filters)
    {
        var own = filters.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        foreach (Match place in Place().Matches(Quoted().Replace(template, "")))
        {
            var markup = place.Groups["output"].Success ? place.Groups["output"].Value : place.Groups["markup"].Value;
            var problem = place.Groups["tag"].Value switch
            {
                "" => Pipeline(place.Value, markup, own),
                "assign" => Pipeline(place.Value, markup[(markup.IndexOf('=', StringComparison.Ordinal) + 1)..], own),
                var tag when Conditions.Contains(tag) => Condition(place.Value, markup),
                _ => null,
            };
            if (problem is not null)
                return problem;
        }

        return null;
    }

    private static string? Pipeline(string place, string markup, HashSet<string> own)
    {
        var parts = Part().Matches(markup.Trim().Trim('-')).Select(part => part.Value).ToList();
        if (Words(parts.FirstOrDefault() ?? "") is not [_])
            return $"应为一个值，后面可接“| 过滤器”：{place}";
        for (var at = 1; at < parts.Count; at++)
        {
            // The bars stand between the parts.
            var name = parts[at] == "|" ? Filter().Match(parts.ElementAtOrDefault(++at) ?? "") : Match.Empty;
            if (!name.Success)
                return $"“|”后应为过滤器的名称：{place}";
            if (!Standard.Contains(name.Groups["name"].Value) && !own.Contains(name.Groups["name"].Value))
                return $"没有过滤器“{name.Groups["name"].Value}”：{place}";
        }

        return null;
    }

    private static string? Condition(string place, string markup)
    {
        if (Words(markup.Trim().Trim('-')) is not { } words)
            return $"条件无法读取：{place}";
        var rest = words.AsEnumerable();
        while (true)
        {
            var one = rest.TakeWhile(word => word is not ("and" or "or")).ToList();
            if (one is not ([_] or [_, _, _]))
                return $"条件应为“值”或“值 运算符 值”，以 and 或 or 相连：{place}";
            if (one is [_, var sign, _] && !DotLiquid.Condition.Operators.Keys.Any(known =>
                known == sign || Template.NamingConvention.OperatorEquals(known, sign)))
            {
                return $"没有运算符“{sign}”：{place}";
            }

            if (!rest.Skip(one.Count).Any())
                return null;
            rest = rest.Skip(one.Count + 1).ToList();
        }
    }

    /// <summary>Values and operators one by one; null when something is neither.</summary>
    private static List<string>? Words(string text) =>
        Word().Replace(text, "").Trim().Length > 0 ? null : [.. Word().Matches(text).Select(word => word.Value)];

    private static HashSet<string> NamesIn(Type filters) =>
        [.. filters.GetMethods(BindingFlags.Public | BindingFlags.Static).Select(one => Template.NamingConvention.GetMemberName(one.Name))];

    [GeneratedRegex(@"\{%-?\s*(?<kind>raw|comment)\s*-?%\}.*?\{%-?\s*end\k<kind>\s*-?%\}", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{\{(?<output>.*?)\}\}|\{%-?\s*(?<tag>\w+)(?<markup>.*?)%\}", RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex("""\||(?:"[^"]*"|'[^']*'|[^|"'])+""")]
    private static partial Regex Part();

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*([:,]|$)")]
    private static partial Regex Filter();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|[=!<>~]+|(?:[^\s=!<>~"'|,\[(]|\[[^\]]*\]|\([^)]*\))+
        """)]
    private static partial Regex Word();
}
