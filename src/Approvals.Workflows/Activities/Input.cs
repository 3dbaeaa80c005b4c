using System.Diagnostics.CodeAnalysis;

namespace Approvals.Workflows;

/// <summary>An input of an activity in a compiled workflow: a fixed value, or an expression. Immutable after
/// compilation.</summary>
public abstract class Input
{
    /// <summary>The declared name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The expression, or null for a fixed value.</summary>
    public CompiledExpression? Expression { get; internal set; }

    /// <summary>True when no expression has to be evaluated.</summary>
    public bool IsConstant => Expression is null;

    /// <summary>The fixed value, or null.</summary>
    public abstract object? ConstantValue { get; }

    /// <summary>Where the evaluated value stands in the activity run.</summary>
    internal int Slot { get; set; } = -1;

    internal abstract Type ValueType { get; }

    internal abstract bool TrySetConstant(object? value, [NotNullWhen(false)] out string? error);

    internal abstract object? Convert(object? value);
}

/// <summary>An input of type <typeparamref name="T"/>; read it with <see cref="ActivityContext.Get{T}(Input{T})"/>.</summary>
public sealed class Input<T> : Input
{
    internal T? Constant { get; private set; }

    /// <inheritdoc/>
    public override object? ConstantValue => IsConstant ? Constant : null;

    internal override Type ValueType => typeof(T);

    internal override bool TrySetConstant(object? value, [NotNullWhen(false)] out string? error)
    {
        if (!Values.TryConvert(value, typeof(T), out var converted, out error))
            return false;
        Constant = converted is null ? default : (T)converted;
        return true;
    }

    internal override object? Convert(object? value) => Values.Convert(value, typeof(T));
}

/// <summary>An output of an activity in a compiled workflow, bound to a variable or to nothing.</summary>
public abstract class Output
{
    /// <summary>The declared name.</summary>
    public string Name { get; internal set; } = "";

    internal VariableSlot? Variable { get; set; }

    internal string? WorkflowOutput { get; set; }
}

/// <summary>An output of type <typeparamref name="T"/>; set it with <see cref="ActivityContext.Set{T}(Output{T}, T)"/>.</summary>
public sealed class Output<T> : Output;

/// <summary>An embedded activity. Run it with <see cref="ActivityContext.Schedule"/>.</summary>
public sealed class Port
{
    internal Port(string name) => Name = name;

    /// <summary>The declared name.</summary>
    public string Name { get; }

    /// <summary>True when the designer left it empty.</summary>
    public bool IsEmpty => Node is null;

    internal CompiledNode? Node { get; set; }
}
