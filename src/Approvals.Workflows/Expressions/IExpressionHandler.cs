using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>An expression language. A host adds its own by giving one to <see cref="ExpressionEvaluator"/>.</summary>
public interface IExpressionHandler
{
    /// <summary>What definitions store as <c>expression.type</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Makes an expression ready. Throws <see cref="ExpressionCompileException"/> when it cannot be.
    /// </summary>
    /// <param name="value">The JSON of <c>expression.value</c>, usually text.</param>
    /// <param name="scope">The variables that can be seen from there.</param>
    CompiledExpression Compile(JsonNode? value, ExpressionScope scope);
}

/// <summary>Values that a host offers to JavaScript (as globals) and Liquid (as top-level names).</summary>
public interface IExpressionContributor
{
    /// <summary>
    /// Adds values; called before each evaluation that may use them, with the instance at hand. A <c>Func&lt;object?&gt;</c> is called
    /// only when the expression mentions its name.
    /// </summary>
    void Contribute(ExpressionContext context, IDictionary<string, object?> values);
}
