using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Web.Tests.Localisation;

/// <summary>Chinese texts in C# source, an interpolated one with {0} {1} … in the place of its values; comments and attributes left out.</summary>
internal static partial class ChineseLiterals
{
    public static IEnumerable<string> Of(string source) =>
        Strings(Attributes().Replace(Comments().Replace(source, ""), "")).Where(text => Chinese().IsMatch(text)).Distinct();

    private static IEnumerable<string> Strings(string code)
    {
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '\'' && CharacterLiteral().Match(code, at) is { Success: true } character && character.Index == at)
            {
                at += character.Length - 1;
            }
            else if (code[at] == '"')
            {
                var (text, inner, end) = Read(code, at);
                yield return text;
                foreach (var nested in inner.SelectMany(Strings))
                {
                    yield return nested;
                }

                at = end;
            }
        }
    }

    /// <summary>The literal that begins with the quote at <paramref name="at"/>, and where its last quote stands.</summary>
    private static (string Text, List<string> Inner, int End) Read(string code, int at)
    {
        var prefix = code[Math.Max(0, at - 3)..at];
        if (code.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal))
        {
            var last = code.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal);
            return (code[(at + 3)..last], [], last + 2);
        }

        var isInterpolated = prefix.EndsWith('$') || prefix.EndsWith("$@", StringComparison.Ordinal) || prefix.EndsWith("@$", StringComparison.Ordinal);
        var isVerbatim = prefix.EndsWith('@') || prefix.EndsWith("@$", StringComparison.Ordinal);
        var text = new StringBuilder();
        var inner = new List<string>();
        for (at++; code[at] != '"' || (isVerbatim && code[at + 1] == '"'); at++)
        {
            if (code[at] == '"' || (isInterpolated && code[at] is '{' or '}' && code[at + 1] == code[at]))
            {
                text.Append(code[at++]);
            }
            else if (code[at] == '\\' && !isVerbatim)
            {
                text.Append(code[++at] == 'n' ? '\n' : code[at]);
            }
            else if (isInterpolated && code[at] == '{')
            {
                var end = EndOfValue(code, at);
                text.Append('{').Append(inner.Count).Append('}');
                inner.Add(code[(at + 1)..end]);
                at = end;
            }
            else
            {
                text.Append(code[at]);
            }
        }

        return (text.ToString(), inner, at);
    }

    private static int EndOfValue(string code, int at)
    {
        for (var depth = 0; ; at++)
        {
            if (code[at] == '"')
            {
                at = Read(code, at).End;
            }
            else if (CharacterLiteral().Match(code, at) is { Success: true } character && character.Index == at)
            {
                at += character.Length - 1;
            }
            else if (code[at] == '{')
            {
                depth++;
            }
            else if (code[at] == '}' && --depth == 0)
            {
                return at;
            }
        }
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("""\[(?:Activity|Input|Output|Outcome)\((?:[^"\[\]]|"(?:[^"\\]|\\.)*"|\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])*?\)\]""", RegexOptions.Singleline)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"'(?:\\.|[^'\\])'")]
    private static partial Regex CharacterLiteral();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Chinese();
}
