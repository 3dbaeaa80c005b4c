using Acornima;
using Acornima.Ast;

namespace Approvals.Workflows;

/// <summary>
/// A script that only compares and combines variables and literals, evaluated without an engine (which costs tens of
/// microseconds). Whatever could differ from JavaScript by a hair answers <see cref="Unknown"/> and goes to the engine.
/// </summary>
internal abstract class SimpleNode
{
    public static readonly object Unknown = new();

    /// <summary>The value (numbers as double), or <see cref="Unknown"/>.</summary>
    public abstract object? Evaluate(ExpressionContext context);

    /// <summary>Only values that JavaScript sees the same way are let in.</summary>
    protected static object? Plain(object? value) => value switch
    {
        null or bool or string or double => value,
        int i => (double)i,
        long l and >= -9007199254740991 and <= 9007199254740991 => (double)l,
        decimal m => (double)m,
        _ => Unknown,
    };
}

internal static class SimpleScript
{
    public static SimpleNode? TryRead(Program program, ExpressionScope scope)
    {
        if (program.Body.Count != 1 || program.Body[0] is not ExpressionStatement statement)
            return null;
        return Read(statement.Expression, scope);
    }

    private static SimpleNode? Read(Expression expression, ExpressionScope scope)
    {
        switch (expression)
        {
            case Literal { Kind: TokenKind.StringLiteral or TokenKind.BooleanLiteral or TokenKind.NumericLiteral } literal:
                return new SimpleConstant(literal.Value);
            case MemberExpression { Computed: false, Optional: false, Object: Identifier { Name: "variables" },
                Property: Identifier property }:
                return new SimpleVariable(property.Name, scope.FindVariable(property.Name));
            case CallExpression { Optional: false, Callee: Identifier callee } call:
                return ReadCall(callee.Name, call, scope);
            case BinaryExpression binary:
                var left = Read(binary.Left, scope);
                var right = left is null ? null : Read(binary.Right, scope);
                return right is null ? null : SimpleBinary.TryMake(binary.Operator, left!, right);
            case UnaryExpression { Operator: Operator.LogicalNot } not:
                var operand = Read(not.Argument, scope);
                return operand is null ? null : new SimpleNot(operand);
            default:
                return null;
        }
    }

    private static SimpleNode? ReadCall(string name, CallExpression call, ExpressionScope scope)
    {
        if (call.Arguments.Count == 1 && call.Arguments[0] is Literal { Kind: TokenKind.StringLiteral } argument)
        {
            var key = (string)argument.Value!;
            return name switch
            {
                "getVariable" => new SimpleVariable(key, scope.FindVariable(key)),
                "getInput" => new SimpleInput(key),
                _ => null,
            };
        }

        if (call.Arguments.Count != 0 || !name.StartsWith("get", StringComparison.Ordinal))
            return null;
        var variable = scope.VisibleVariables().FirstOrDefault(v => JavaScriptNames.Pascal(v.Definition.Name) == name[3..]);
        return variable is null ? null : new SimpleVariable(variable.Definition.Name, variable);
    }
}

internal sealed class SimpleConstant(object? value) : SimpleNode
{
    private readonly object? _value = Plain(value);

    public override object? Evaluate(ExpressionContext context) => _value;
}

internal sealed class SimpleVariable(string name, VariableSlot? slot) : SimpleNode
{
    // A loop variable of the same name hides a declared one, so the slot is used only outside of loops.
    public override object? Evaluate(ExpressionContext context) =>
        slot is null ? Unknown : Plain(context.HasLocals ? context.GetVariable(name) : context.Get(slot));
}

internal sealed class SimpleInput(string name) : SimpleNode
{
    // A missing input is undefined in JavaScript; the engine knows what that means.
    public override object? Evaluate(ExpressionContext context) => context.GetInput(name) is { } value ? Plain(value) : Unknown;
}

internal sealed class SimpleNot(SimpleNode operand) : SimpleNode
{
    public override object? Evaluate(ExpressionContext context) => operand.Evaluate(context) is bool b ? !b : Unknown;
}

internal sealed class SimpleBinary : SimpleNode
{
    private readonly Operator _operator;
    private readonly SimpleNode _left;
    private readonly SimpleNode _right;

    private SimpleBinary(Operator op, SimpleNode left, SimpleNode right) => (_operator, _left, _right) = (op, left, right);

    public static SimpleNode? TryMake(Operator op, SimpleNode left, SimpleNode right) => op switch
    {
        Operator.GreaterThan or Operator.LessThan or Operator.GreaterThanOrEqual or Operator.LessThanOrEqual
            or Operator.StrictEquality or Operator.StrictInequality or Operator.Equality or Operator.Inequality
            or Operator.Addition or Operator.Subtraction or Operator.Multiplication
            or Operator.LogicalAnd or Operator.LogicalOr => new SimpleBinary(op, left, right),
        _ => null,
    };

    public override object? Evaluate(ExpressionContext context)
    {
        var left = _left.Evaluate(context);
        if (_operator is Operator.LogicalAnd or Operator.LogicalOr)
        {
            if (left is not bool first)
                return Unknown;
            return first == (_operator == Operator.LogicalOr) ? first : _right.Evaluate(context);
        }

        return (left, _right.Evaluate(context)) switch
        {
            (double a, double b) => Numbers(a, b),
            (string a, string b) => Texts(a, b),
            (bool a, bool b) => Equal(a == b),
            _ => Unknown,
        };
    }

    private object Numbers(double a, double b) => _operator switch
    {
        Operator.GreaterThan => a > b,
        Operator.LessThan => a < b,
        Operator.GreaterThanOrEqual => a >= b,
        Operator.LessThanOrEqual => a <= b,
        Operator.Addition => a + b,
        Operator.Subtraction => a - b,
        Operator.Multiplication => a * b,
        _ => Equal(a == b),
    };

    private object Texts(string a, string b) => _operator switch
    {
        Operator.GreaterThan => string.CompareOrdinal(a, b) > 0,
        Operator.LessThan => string.CompareOrdinal(a, b) < 0,
        Operator.GreaterThanOrEqual => string.CompareOrdinal(a, b) >= 0,
        Operator.LessThanOrEqual => string.CompareOrdinal(a, b) <= 0,
        Operator.Equality or Operator.StrictEquality or Operator.Inequality or Operator.StrictInequality => Equal(a == b),
        _ => Unknown,
    };

    private object Equal(bool equal) => _operator switch
    {
        Operator.Equality or Operator.StrictEquality => equal,
        Operator.Inequality or Operator.StrictInequality => !equal,
        _ => Unknown,
    };
}
