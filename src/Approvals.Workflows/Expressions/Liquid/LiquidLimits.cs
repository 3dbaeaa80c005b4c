using System.Text;
using DotLiquid;
using DotLiquid.Tags;

namespace Approvals.Workflows;

/// <summary>How much text a template may hold in one place.</summary>
internal static class LiquidLimits
{
    public const int TextLength = 256 * 1024;

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

/// <summary><c>capture</c> into a text of limited length.</summary>
internal sealed class LimitedCapture : Capture
{
    private string _name = "";

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        base.Initialize(tagName, markup, tokens);
        _name = markup.Trim();
    }

    public override void Render(Context context, TextWriter result)
    {
        base.Render(context, result);
        if (context[_name, false] is string text)
            LiquidLimits.Check(text);
    }
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
