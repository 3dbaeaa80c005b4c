using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Expressions that name a form field the process does not have, e.g. <c>data.amout</c>.</summary>
internal static partial class FieldChecks
{
    /// <summary>What a draft holds of its starter beside the form, see StartCase.</summary>
    private static readonly string[] OfEveryCase = ["name", "phone", "email", "unit", "unitName", "sourceCaseId"];

    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        // A process that works on another's case sees that case's form, which is not its own.
        if (!design.HasCases || design.Forms.Count == 0)
            yield break;
        var known = design.Forms.Values.SelectMany(form => form.Fields)
            .SelectMany(field => field.IsPicked ? [field.Key, field.NameKey] : new[] { field.Key })
            .Concat(OfEveryCase).ToHashSet(StringComparer.Ordinal);
        foreach (var node in design.Activities)
        {
            var unknown = Expressions(node).SelectMany(text => Field().Matches(text)).Select(match => match.Groups["field"].Value)
                .Where(field => !known.Contains(field)).Distinct(StringComparer.Ordinal);
            foreach (var field in unknown)
                yield return DesignFinding.At(node, "field", ProblemSeverity.Error, $"表达式引用了表单中没有的字段“{field}”。");
        }
    }

    /// <summary>Texts of the activity's own expressions, in its inputs and in the cases of a switch.</summary>
    internal static IEnumerable<string> Expressions(CompiledNode node) => node.Json
        .Where(pair => pair.Key is not ("metadata" or "customProperties" or "activities"))
        .SelectMany(pair => pair.Value switch
        {
            JsonObject wrapped when wrapped["expression"] is JsonObject expression => Text(expression),
            JsonArray cases => cases.OfType<JsonObject>().SelectMany(one => Text(one["condition"] as JsonObject)),
            _ => [],
        });

    private static IEnumerable<string> Text(JsonObject? expression) =>
        expression?["type"]?.ToString() is "JavaScript" or "Liquid" && expression["value"] is JsonValue text ? [text.ToString()] : [];

    [GeneratedRegex(@"(?<![\w.$])data\??\.(?<field>[A-Za-z_]\w*)")]
    private static partial Regex Field();
}
