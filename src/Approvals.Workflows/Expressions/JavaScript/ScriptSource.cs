using System.Text;
using Acornima;
using Acornima.Ast;

namespace Approvals.Workflows;

/// <summary>What is known of a script before it runs, so that the limits cost only what it needs.</summary>
/// <param name="Named">The script; a function whose name does not occur in it is not called by it, unless it is <paramref name="IsOpaque"/>.</param>
/// <param name="IsOpaque">Whether it can come to functions by names that it puts together.</param>
/// <param name="MayNest">Whether it can nest structures without end: by a loop, a function, or a built-in that feeds on its own results.</param>
internal sealed record ScriptSource(string Named, bool IsOpaque, bool MayNest)
{
    private static readonly string[] ByName = ["Reflect", "getOwnPropertyDescriptor", "getOwnPropertyDescriptors", "Proxy", "__proto__"];

    private static readonly string[] Feeding = ["reduce", "reduceRight", "bind"];

    /// <summary>Whether a function of this name may be called.</summary>
    public bool Mentions(string name) => IsOpaque || Named.Contains(name, StringComparison.Ordinal);

    /// <summary>Looks through a script.</summary>
    /// <returns>
    /// With it the script to run: every template literal is put together by a function of ours that counts, see
    /// <see cref="LimitedBuiltIns"/>, because the engine looks at no limit meanwhile.
    /// </returns>
    /// <exception cref="ExpressionCompileException">It has numbers of any length, whose arithmetic no limit stops.</exception>
    public static (ScriptSource Source, string Script) Read(string text, Node program)
    {
        var (isOpaque, mayNest) = (text.Contains('\\', StringComparison.Ordinal), false);
        var (places, open) = (new SortedSet<int>(), new Stack<Node>([program]));
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Literal { Kind: TokenKind.BigIntLiteral }:
                    throw new ExpressionCompileException("脚本不能使用 BigInt（如 10n），请用普通数字。");
                case TemplateLiteral { Expressions.Count: > 0 }:
                    places.Add(node.Start);
                    break;
                case MemberExpression { Computed: true, Property: not Literal } or Property { Computed: true }:
                    isOpaque = true;
                    break;
                case Identifier name:
                    isOpaque |= ByName.Contains(name.Name);
                    mayNest |= Feeding.Contains(name.Name);
                    break;
                case ForStatement or ForInStatement or ForOfStatement or WhileStatement or DoWhileStatement or IFunction:
                    mayNest = true;
                    break;
            }

            foreach (var child in node.ChildNodes)
            {
                // What has a tag already is that function's matter; only what stands in its braces is looked at.
                if (node is TaggedTemplateExpression tagged && ReferenceEquals(child, tagged.Quasi))
                    tagged.Quasi.Expressions.ToList().ForEach(open.Push);
                else
                    open.Push(child);
            }
        }

        // Whatever name is put together may be that of a function that nests.
        return (new ScriptSource(text, isOpaque, mayNest || isOpaque), Tag(text, places));
    }

    private static string Tag(string text, SortedSet<int> places)
    {
        if (places.Count == 0)
            return text;
        var (result, from) = (new StringBuilder(text.Length + (places.Count * 8)), 0);
        foreach (var place in places)
        {
            result.Append(text, from, place - from).Append(' ').Append(LimitedBuiltIns.TemplateTag);
            from = place;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }
}
