using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Elsa's switch modes.</summary>
public enum SwitchMode
{
    /// <summary>The first case whose condition is met.</summary>
    MatchFirst,

    /// <summary>All cases whose condition is met.</summary>
    MatchAny,
}

/// <summary>A case of a switch, compiled.</summary>
internal sealed record SwitchCase(string Label, Input<bool> Condition, CompiledNode? Body)
{
    /// <summary>Reads <c>cases</c>: label, condition (an expression) and perhaps an embedded activity.</summary>
    public static SwitchCase[] ReadAll(NodeCompiler compiler)
    {
        var cases = new List<SwitchCase>();
        foreach (var (json, path) in JsonRead.Objects(compiler.Json, "cases", compiler.Path))
        {
            var label = JsonRead.Text(json, "label", path) ?? throw new DefinitionFormatException(path, "分支缺少 label。");
            var condition = new Input<bool> { Name = label };
            compiler.CompileInput(condition, Wrap(json["condition"]), false);
            var body = JsonRead.Object(json, "activity", path) is { } activity
                ? compiler.CompileChild(activity, $"{path}.activity")
                : null;
            cases.Add(new SwitchCase(label, condition, body));
        }

        return [.. cases];
    }

    /// <summary>The cases that are met.</summary>
    public static async ValueTask<List<SwitchCase>> MatchAsync(SwitchCase[] cases, SwitchMode mode, ActivityContext context)
    {
        var met = new List<SwitchCase>();
        foreach (var candidate in cases)
        {
            if (!await context.EvaluateAsync(candidate.Condition))
                continue;
            met.Add(candidate);
            if (mode == SwitchMode.MatchFirst)
                break;
        }

        return met;
    }

    private static JsonNode? Wrap(JsonNode? condition) =>
        condition is JsonObject bare && bare["expression"] is null
            ? new JsonObject { ["expression"] = bare.DeepClone() }
            : condition;
}
