using System.Text;
using DotLiquid;
using DotLiquid.Tags;

namespace Approvals.Workflows;

/// <summary>How much text a template may hold in one place.</summary>
internal static class LiquidLimits
{
    public const int TextLength = 256 * 1024;

    public const int ListLength = 10_000;

    public static string Check(string? text, long length) => length > TextLength
        ? throw new ExpressionLimitException($"模板生成的文本超过 {TextLength} 字符。")
        : text ?? "";

    public static string Check(string? text) => Check(text, text?.Length ?? 0);
}

/// <summary>Stops a template whose output grows beyond the limit.</summary>
internal sealed class LimitedWriter(int limit) : StringWriter(new StringBuilder(),
    System.Globalization.CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    private void Check(int more)
    {
        if (GetStringBuilder().Length + (long)more > limit)
            throw new ExpressionLimitException($"模板生成的文本超过 {limit} 字符。");
    }
}

/// <summary><c>assign</c> that looks at what it has assigned.</summary>
internal sealed class LimitedAssign : Assign
{
    private string _name = "";

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        base.Initialize(tagName, markup, tokens);
        _name = markup.Split('=', 2)[0].Trim();
    }

    public override void Render(Context context, TextWriter result)
    {
        base.Render(context, result);
        if (context[_name, false] is string text)
            LiquidLimits.Check(text);
    }
}

/// <summary><c>capture</c> into a text of limited length, which stops while it is made.</summary>
internal sealed class LimitedCapture : DotLiquid.Block
{
    private string _name = "";

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        _name = markup.Trim();
        if (_name.Length == 0 || !_name.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-'))
            throw new DotLiquid.Exceptions.SyntaxException("capture [var]");
        base.Initialize(tagName, markup, tokens);
    }

    public override void Render(Context context, TextWriter result)
    {
        using var text = new LimitedWriter(LiquidLimits.TextLength);
        RenderAll(NodeList, context, text);
        context.Scopes[^1][_name] = text.ToString();
    }
}

/// <summary><c>ifchanged</c> into a text of limited length, which stops while it is made.</summary>
internal sealed class LimitedIfChanged : DotLiquid.Block
{
    private const string Register = "ifchanged";

    public override void Render(Context context, TextWriter result) => context.Stack(() =>
    {
        using var writer = new LimitedWriter(LiquidLimits.TextLength);
        RenderAll(NodeList, context, writer);
        var text = writer.ToString();
        if (text == context.Registers[Register] as string)
            return;
        context.Registers[Register] = text;
        result.Write(text);
    });
}

/// <summary>
/// <c>for</c> that looks at what the template has allocated. Only loops in loops can allocate without bound between two looks
/// at the clock, and each turn of the outer one begins an inner one.
/// </summary>
internal sealed class LimitedFor : DotLiquid.Tags.For
{
    // A rendering stays on its thread from beginning to end; the library hands tags nothing of ours. Zero is no limit: the tag is
    // registered for the whole process, and a host may render templates of its own under its own limits.
    [ThreadStatic]
    private static long allowed;

    /// <summary>Until <see cref="Release"/> this thread may allocate so many bytes in loops.</summary>
    public static void Allow(long bytes) => allowed = GC.GetAllocatedBytesForCurrentThread() + bytes;

    /// <summary>Ends the limit of this thread.</summary>
    public static void Release() => allowed = 0;

    public override void Render(Context context, TextWriter result)
    {
        if (allowed != 0 && GC.GetAllocatedBytesForCurrentThread() > allowed)
            throw new ExpressionLimitException("模板使用的内存过多。");
        base.Render(context, result);
    }
}

/// <summary>The filters that can make much of little, limited.</summary>
internal static class LimitedFilters
{
    public static string Append(string input, string text) => LiquidLimits.Check(input) + LiquidLimits.Check(text);

    public static string Prepend(string input, string text) => LiquidLimits.Check(text) + LiquidLimits.Check(input);

    public static string Replace(string input, string find, string replacement = "")
    {
        if (string.IsNullOrEmpty(input) || string.IsNullOrEmpty(find))
            return input;
        var length = (long)input.Length + (long)(input.Length / find.Length) * Math.Max(0,
            (replacement?.Length ?? 0) - find.Length);
        LiquidLimits.Check(null, length);
        return input.Replace(find, replacement, StringComparison.Ordinal);
    }

    public static string Escape(string input) => LiquidLimits.Check(StandardFilters.Escape(LiquidLimits.Check(input)));

    public static string H(string input) => Escape(input);

    public static string UrlEncode(string input) => LiquidLimits.Check(StandardFilters.UrlEncode(LiquidLimits.Check(input)));

    public static string NewlineToBr(string input) => LiquidLimits.Check(StandardFilters.NewlineToBr(LiquidLimits.Check(input)));

    /// <summary>A text is repeated by the library as often as it is told, an empty one without end.</summary>
    public static object? Times(Context context, object? input, object? operand)
    {
        if (input is not string text || operand is not (int or long))
            return StandardFilters.Times(context, input, operand);
        var count = Convert.ToInt64(operand, System.Globalization.CultureInfo.InvariantCulture);
        LiquidLimits.Check(null, Math.Max(text.Length, 1) * Math.Clamp(count, 0, LiquidLimits.TextLength + 1L));
        return string.Concat(Enumerable.Repeat(text, (int)Math.Max(0, count)));
    }

    /// <summary>The library puts lists together only when they are read; a list joined to itself forty times never ends.</summary>
    public static object Concat(System.Collections.IEnumerable? left, System.Collections.IEnumerable? right)
    {
        var both = new List<object?>();
        foreach (var item in (left ?? Array.Empty<object>()).Cast<object?>().Concat((right ?? Array.Empty<object>()).Cast<object?>()))
        {
            if (both.Count >= LiquidLimits.ListLength)
                throw new ExpressionLimitException($"模板处理的列表超过 {LiquidLimits.ListLength} 项。");
            both.Add(item);
        }

        return both;
    }

    public static string Join(System.Collections.IEnumerable input, string glue = " ")
    {
        var result = new StringBuilder();
        foreach (var item in input ?? Array.Empty<object>())
        {
            if (result.Length > 0)
                result.Append(glue);
            result.Append(Values.ToText(item));
            LiquidLimits.Check(null, result.Length);
        }

        return result.ToString();
    }
}
