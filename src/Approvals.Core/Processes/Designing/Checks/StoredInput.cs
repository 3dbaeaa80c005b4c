using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>What an activity has for one of its inputs.</summary>
/// <param name="Input">The input.</param>
/// <param name="Values">Its fixed texts, or those of its default; empty when it has none.</param>
/// <param name="IsExpression">Whether an expression gives the value, so that nobody knows it before it runs.</param>
public sealed record StoredInput(InputDescriptor Input, IReadOnlyList<string> Values, bool IsExpression)
{
    /// <summary>The inputs of an activity whose choices come from a list of the product.</summary>
    public static IEnumerable<StoredInput> From(CompiledNode node, string source) =>
        (node.Descriptor?.Inputs ?? []).Where(input => input.OptionSource == source).Select(input => Of(node.Json, input));

    /// <summary>Reads an input.</summary>
    public static StoredInput Of(JsonObject activity, InputDescriptor input)
    {
        var stored = activity[char.ToLowerInvariant(input.Name[0]) + input.Name[1..]];
        var type = (stored as JsonObject)?["expression"]?["type"]?.ToString();
        var text = (stored as JsonObject)?["expression"]?["value"];
        if (type is not (null or "Literal" or "Object" or "Json") && !string.IsNullOrEmpty(text?.ToString()))
            return new StoredInput(input, [], IsExpression: true);
        var values = StoredValues.Of(stored);
        if (values.Count == 0 && input.DefaultValue is { } fallback)
            values = [Convert.ToString(fallback, CultureInfo.InvariantCulture)!];
        return new StoredInput(input, [.. values.Where(value => value.Length > 0)], IsExpression: false);
    }
}
