using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>The expression languages of a host: Elsa's, and what it adds.</summary>
public sealed class ExpressionEvaluator
{
    private readonly Dictionary<string, IExpressionHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Elsa's languages with the given limits, and <paramref name="more"/> beside or instead of them.</summary>
    public ExpressionEvaluator(ExpressionLimits? limits = null, IEnumerable<IExpressionHandler>? more = null)
    {
        limits ??= new ExpressionLimits();
        IExpressionHandler[] own =
        [
            new LiteralExpressions(), new ObjectExpressions("Object"), new ObjectExpressions("Json"), new VariableExpressions(),
            new InputExpressions(), new JavaScriptExpressions(limits), new LiquidExpressions(limits),
        ];
        foreach (var handler in own.Concat(more ?? []))
            _handlers[handler.Type] = handler;
    }

    /// <summary>The names of the languages.</summary>
    public IReadOnlyCollection<string> Types => _handlers.Keys;

    /// <summary>Makes an expression ready; throws <see cref="ExpressionCompileException"/> when it cannot be.</summary>
    public CompiledExpression Compile(string type, JsonNode? value, ExpressionScope scope) =>
        _handlers.TryGetValue(type, out var handler)
            ? handler.Compile(value, scope)
            : throw new ExpressionCompileException($"未知的表达式类型“{type}”。");
}

/// <summary>What one evaluation may use.</summary>
public sealed record ExpressionLimits
{
    /// <summary>
    /// The longest an evaluation may take by the wall clock. Endless loops end much sooner, at <see cref="Statements"/>; the
    /// rest is room for a busy machine.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most it may allocate, in bytes.</summary>
    public long MemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most JavaScript statements it may run.</summary>
    public int Statements { get; init; } = 500_000;

    /// <summary>The deepest JavaScript recursion.</summary>
    public int Recursion { get; init; } = 128;

    /// <summary>The largest JavaScript array.</summary>
    public uint ArrayLength { get; init; } = 100_000;

    /// <summary>The longest text an evaluation may make, in characters.</summary>
    public int TextLength { get; init; } = 256 * 1024;
}
