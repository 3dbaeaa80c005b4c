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
        var zone = context.Clock.LocalTimeZone;
        var hash = new Hash
        {
            ["Variables"] = new NamesDrop(name => ToLiquid(context.GetVariable(name), zone)),
            ["Input"] = new NamesDrop(name => ToLiquid(context.GetInput(name), zone)),
            ["WorkflowInstanceId"] = context.InstanceId.ToString(),
            ["CorrelationId"] = context.CorrelationId,
            ["WorkflowDefinitionId"] = context.Definition.DefinitionId,
        };
        if (text.Contains("LastResult", StringComparison.Ordinal))
            hash["LastResult"] = ToLiquid(context.LastResult, zone);
        Dictionary<string, object?>? values = null;
        foreach (var contributor in context.Services.GetServices<IExpressionContributor>())
            contributor.Contribute(context, values ??= []);
        foreach (var (name, value) in values ?? [])
        {
            if (text.Contains(name, StringComparison.Ordinal))
                hash[name] = ToLiquid(value is Func<object?> ask ? ask() : value, zone);
        }

        return hash;
    }

    /// <summary>A value for a template; an instant as it reads where the host's clock stands.</summary>
    private static object? ToLiquid(object? value, TimeZoneInfo zone) => value switch
    {
        null or string or bool or int or long or decimal or double => value,
        DateTimeOffset t => TimeZoneInfo.ConvertTime(t, zone),
        JsonValue v => ToLiquid(Values.FromJsonScalar(v), zone),
        JsonObject o => o.ToDictionary(p => p.Key, p => ToLiquid(p.Value, zone)),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(p => p.Key, p => ToLiquid(p.Value, zone)),
        IEnumerable list => list.Cast<object?>().Select(item => ToLiquid(item, zone)).ToList(),
        _ => Values.ToText(value),
    };

    private sealed class NamesDrop(Func<string, object?> read) : Drop
    {
        public override object? BeforeMethod(string method) => read(method);
    }
}
