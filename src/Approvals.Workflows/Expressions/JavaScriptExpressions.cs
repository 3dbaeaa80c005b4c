using System.Text.Json.Nodes;
namespace Approvals.Workflows;
internal sealed class JavaScriptExpressions(ExpressionLimits limits) : IExpressionHandler
{
    public string Type => "JavaScript";
    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope) => throw new ExpressionCompileException(limits.ToString());
}
internal sealed class LiquidExpressions(ExpressionLimits limits) : IExpressionHandler
{
    public string Type => "Liquid";
    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope) => throw new ExpressionCompileException(limits.ToString());
}
