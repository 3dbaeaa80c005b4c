using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>A fixed value, stored as text by Studio and converted to the input's type.</summary>
internal sealed class LiteralExpressions : IExpressionHandler
{
    public string Type => "Literal";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope) =>
        new ConstantExpression(Values.FromJsonScalar(value)) { Type = Type, Text = Values.ToText(value) ?? "" };
}

/// <summary>JSON, stored as text by Studio: lists, dictionaries.</summary>
internal sealed class ObjectExpressions(string type) : IExpressionHandler
{
    public string Type => type;

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope)
    {
        var text = Values.ToText(value) ?? "";
        object? parsed = value;
        if (Values.FromJsonScalar(value) is string json)
        {
            try
            {
                parsed = json.Trim().Length == 0 ? null : Values.FromJsonScalar(JsonNode.Parse(json));
            }
            catch (System.Text.Json.JsonException e)
            {
                // Text that is not JSON is a text: Studio leaves a single outcome or name unquoted.
                parsed = json.TrimStart() is ['{' or '[', ..]
                    ? throw new ExpressionCompileException($"不是有效的 JSON：{e.Message}", e)
                    : json;
            }
        }

        return new ConstantExpression(parsed) { Type = type, Text = text };
    }
}

/// <summary>A variable. Studio stores the whole variable as JSON text, definitions by hand often just its name.</summary>
internal sealed class VariableExpressions : IExpressionHandler
{
    public string Type => "Variable";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope)
    {
        var (id, name) = ReferenceReader.Read(value);
        var slot = (id is null ? null : scope.FindVariable(id)) ?? (name is null ? null : scope.FindVariable(name));
        var text = name ?? id ?? "";
        if (slot is not null)
            return new VariableExpression(slot) { Type = Type, Text = text };
        return text.Length > 0
            ? new NamedVariableExpression(text) { Type = Type, Text = text }
            : throw new ExpressionCompileException("没有选择变量。");
    }

    private sealed class VariableExpression(VariableSlot slot) : CompiledExpression
    {
        public override ValueTask<object?> EvaluateAsync(ExpressionContext context) => new(context.Get(slot));
    }

    /// <summary>A loop variable: there is no declaration to find.</summary>
    private sealed class NamedVariableExpression(string name) : CompiledExpression
    {
        public override ValueTask<object?> EvaluateAsync(ExpressionContext context) => new(context.GetVariable(name));
    }
}

/// <summary>An input of the workflow.</summary>
internal sealed class InputExpressions : IExpressionHandler
{
    public string Type => "Input";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope)
    {
        var (id, name) = ReferenceReader.Read(value);
        var text = name ?? id ?? throw new ExpressionCompileException("没有选择流程输入。");
        return new InputExpression { Type = Type, Text = text };
    }

    private sealed class InputExpression : CompiledExpression
    {
        public override ValueTask<object?> EvaluateAsync(ExpressionContext context) => new(context.GetInput(Text));
    }
}

/// <summary>Reads what Studio's pickers store: an object, the object as text, or a bare name.</summary>
internal static class ReferenceReader
{
    public static (string? Id, string? Name) Read(JsonNode? value)
    {
        if (Values.FromJsonScalar(value) is string text)
        {
            if (!text.TrimStart().StartsWith('{'))
                return (null, text.Length == 0 ? null : text);
            try
            {
                value = JsonNode.Parse(text);
            }
            catch (System.Text.Json.JsonException e)
            {
                throw new ExpressionCompileException($"引用无效：{e.Message}", e);
            }
        }

        return value is JsonObject json ? (Values.ToText(json["id"]), Values.ToText(json["name"])) : (null, null);
    }
}
