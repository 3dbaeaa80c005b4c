namespace Approvals.Workflows;

/// <summary>An expression made ready once and evaluated for many instances; thread safe.</summary>
public abstract class CompiledExpression
{
    /// <summary>The expression type, e.g. <c>JavaScript</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The source, for incidents.</summary>
    public required string Text { get; init; }

    /// <summary>True when the value never changes; it is then known at compile time.</summary>
    public virtual bool IsConstant => false;

    /// <summary>The value. Throws what the expression language throws; the runtime makes an incident of it.</summary>
    public abstract ValueTask<object?> EvaluateAsync(ExpressionContext context);
}

/// <summary>A fixed value.</summary>
public sealed class ConstantExpression(object? value) : CompiledExpression
{
    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <summary>The value.</summary>
    public object? Value { get; } = value;

    /// <inheritdoc/>
    public override ValueTask<object?> EvaluateAsync(ExpressionContext context) => new(Value);
}

/// <summary>A definition's expression cannot be compiled. The message is Chinese and meant for the process owner.</summary>
public sealed class ExpressionCompileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An expression broke a limit of the sandbox: time, memory, depth or length.</summary>
public sealed class ExpressionLimitException(string message, Exception? inner = null) : Exception(message, inner);
