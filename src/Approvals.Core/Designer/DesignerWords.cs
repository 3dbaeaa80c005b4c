using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>The language that the designer's toolbox and panels speak. What a definition stores (values, names, outcomes) is the same in each.</summary>
/// <param name="Language">Name of the language; answers are kept apart by it.</param>
/// <param name="Say">A Chinese text in the language; the text itself where it has no other.</param>
public sealed record DesignerWords(string Language, Func<string, string> Say)
{
    /// <summary>As the activities say it.</summary>
    public static readonly DesignerWords Chinese = new("zh-CN", text => text);

    /// <summary>A choice with its text in the language.</summary>
    public InputOption Of(InputOption option) => option with { Text = Say(option.Text) };

    /// <summary>A descriptor with every text that is read in the language.</summary>
    public ActivityDescriptor Of(ActivityDescriptor descriptor) => Language == Chinese.Language ? descriptor : descriptor with
    {
        Category = Say(descriptor.Category),
        DisplayName = Say(descriptor.DisplayName),
        Description = Say(descriptor.Description),
        Inputs = [.. descriptor.Inputs.Select(Of)],
        Outputs = [.. descriptor.Outputs.Select(one => one with { DisplayName = Say(one.DisplayName), Description = Say(one.Description) })],
        Ports = [.. descriptor.Ports.Select(one => one with { DisplayName = Say(one.DisplayName) })],
    };

    private InputDescriptor Of(InputDescriptor input) => input with
    {
        DisplayName = Say(input.DisplayName),
        Description = Say(input.Description),
        Category = input.Category is { } category ? Say(category) : null,
        UiSpecifications = Of(input.UiSpecifications),
    };

    /// <summary>The texts of the choices, wherever the editor has them; what belongs to the definition stays.</summary>
    private JsonObject Of(JsonObject specifications)
    {
        var copy = specifications.DeepClone().AsObject();
        foreach (var list in copy.Select(one => one.Value).OfType<JsonObject>().SelectMany(one => one.Select(inner => inner.Value)).OfType<JsonObject>())
        {
            foreach (var item in list["items"] is JsonArray items ? items.OfType<JsonObject>() : [])
                item["text"] = Say((string)item["text"]!);
        }

        return copy;
    }
}
