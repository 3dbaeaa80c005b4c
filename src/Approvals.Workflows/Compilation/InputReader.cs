using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approvals.Workflows;

/// <summary>Finds inputs and outputs in an activity's JSON.</summary>
internal static partial class InputReader
{
    /// <summary>The expression of a wrapped input; a variable for a bare reference; a literal for a bare value; else
    /// nothing.</summary>
    public static (string? Type, JsonNode? Value) Read(JsonNode? json)
    {
        if (json is null)
            return (null, null);
        if (json is not JsonObject wrapped)
            return ("Literal", json);
        if (wrapped["expression"] is JsonObject expression)
            return ((expression["type"] as JsonValue)?.GetValue<string>() ?? "Literal", expression["value"]);
        if (wrapped["memoryReference"] is JsonObject reference && reference["id"] is JsonValue id)
            return ("Variable", new JsonObject { ["id"] = id.DeepClone() });
        return wrapped.ContainsKey("typeName") || wrapped.ContainsKey("expression") ? (null, null) : ("Object", wrapped);
    }

    /// <summary>Fills the input and output properties of an activity object.</summary>
    public static void Bind(ActivityType type, Activity activity, NodeCompiler compiler)
    {
        var node = compiler.Node;
        var inputs = new List<Input>();
        foreach (var (property, attribute) in type.Inputs)
        {
            var json = node.Json[JsonRead.CamelCase(property.Name)];
            if (!typeof(Input).IsAssignableFrom(property.PropertyType))
            {
                BindPlain(property, activity, json ?? Values.ToJson(attribute.DefaultValue), compiler);
                continue;
            }

            var input = (Input)Activator.CreateInstance(property.PropertyType)!;
            input.Name = property.Name;
            property.SetValue(activity, input);
            compiler.CompileInput(input, json, attribute.DefaultValue);
            if (attribute.AutoEvaluate)
                inputs.Add(input);
        }

        node.Inputs = [.. inputs];
        node.Evaluated = [.. inputs.Where(i => !i.IsConstant)];
        foreach (var (property, _) in type.Outputs)
        {
            var output = (Output)Activator.CreateInstance(property.PropertyType)!;
            output.Name = property.Name;
            property.SetValue(activity, output);
            compiler.CompileOutput(output, node.Json[JsonRead.CamelCase(property.Name)]);
        }
    }

    public static bool AsksForOutputs(string text) => OutputQuery().IsMatch(text);

    private static void BindPlain(PropertyInfo property, Activity activity, JsonNode? json, NodeCompiler compiler)
    {
        if (json is null)
            return;
        try
        {
            property.SetValue(activity, Values.Convert(json, property.PropertyType));
        }
        catch (FormatException e)
        {
            compiler.Report(ProblemCodes.InputFormat, $"“{compiler.Node.DisplayText}”的输入“{property.Name}”：{e.Message}");
        }
        catch (JsonException e)
        {
            compiler.Report(ProblemCodes.InputFormat, $"“{compiler.Node.DisplayText}”的输入“{property.Name}”：{e.Message}");
        }
    }

    [GeneratedRegex(@"getOutputFrom|[lL]astResult|getLastResult|get\w+From\w+\s*\(")]
    private static partial Regex OutputQuery();
}
