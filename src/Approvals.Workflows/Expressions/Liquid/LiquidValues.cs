using System.Collections;
using System.Text.Json.Nodes;
using DotLiquid;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Workflows;

/// <summary>What a template can see; variables and inputs are read only when the template names them.</summary>
internal static class LiquidValues
{
    public static Hash For(ExpressionContext context, string text)
    {
        var hash = new Hash
        {
            ["Variables"] = new NamesDrop(name => context.GetVariable(name)),
            ["Input"] = new NamesDrop(name => context.GetInput(name)),
            ["WorkflowInstanceId"] = context.InstanceId.ToString(),
            ["CorrelationId"] = context.CorrelationId,
            ["WorkflowDefinitionId"] = context.Definition.DefinitionId,
        };
        if (text.Contains("LastResult", StringComparison.Ordinal))
            hash["LastResult"] = ToLiquid(context.LastResult);
        Dictionary<string, object?>? values = null;
        foreach (var contributor in context.Services.GetServices<IExpressionContributor>())
            contributor.Contribute(context, values ??= []);
        foreach (var (name, value) in values ?? [])
        {
            if (text.Contains(name, StringComparison.Ordinal))
                hash[name] = ToLiquid(value is Func<object?> ask ? ask() : value);
        }

        return hash;
    }

    internal static object? ToLiquid(object? value) => value switch
    {
        null or string or bool or int or long or decimal or double => value,
        DateTimeOffset t => t,
        JsonValue v => ToLiquid(Values.FromJsonScalar(v)),
        JsonObject o => o.ToDictionary(p => p.Key, p => ToLiquid(p.Value)),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(p => p.Key, p => ToLiquid(p.Value)),
        IEnumerable list => list.Cast<object?>().Select(ToLiquid).ToList(),
        _ => Values.ToText(value),
    };

    private sealed class NamesDrop(Func<string, object?> read) : Drop
    {
        public override object? BeforeMethod(string method) => LiquidValues.ToLiquid(read(method));
    }
}
