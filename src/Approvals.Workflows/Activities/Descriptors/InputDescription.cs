using System.Reflection;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Describes an input of an activity class by its attributes.</summary>
internal static class InputDescription
{
    public static InputDescriptor Of(PropertyInfo property, InputAttribute attribute)
    {
        var wrapped = typeof(Input).IsAssignableFrom(property.PropertyType);
        var type = wrapped ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var options = attribute.Options.Length > 0 ? attribute.Options : plain.IsEnum ? Enum.GetNames(plain) : [];
        var hint = attribute.UiHint
            ?? (options.Length > 0 ? UiHints.DropDown : plain == typeof(bool) ? UiHints.Checkbox : UiHints.SingleLine);
        return new InputDescriptor
        {
            Name = property.Name,
            TypeName = plain.IsEnum ? plain.Name : ValueTypes.NameOf(plain),
            DisplayName = attribute.DisplayName ?? property.Name,
            Description = attribute.Description,
            UiHint = hint,
            UiSpecifications = Specify(hint, attribute, options),
            OptionSource = attribute.OptionSource,
            DefaultValue = attribute.DefaultValue,
            DefaultSyntax = attribute.DefaultSyntax,
            Category = attribute.Category,
            Order = attribute.Order,
            IsWrapped = wrapped,
            IsBrowsable = attribute.IsBrowsable,
            AutoEvaluate = attribute.AutoEvaluate,
        };
    }

    /// <summary>What Studio stores of an input in a newly dropped activity, as its own editor would write it.</summary>
    public static JsonObject Initial(InputDescriptor input, string value) => new()
    {
        ["typeName"] = input.TypeName,
        ["expression"] = new JsonObject
        {
            ["type"] = input.UiHint is UiHints.CheckList or UiHints.MultiText or UiHints.DynamicOutcomes ? "Object" : "Literal",
            ["value"] = value,
        },
    };

    private static JsonObject Specify(string hint, InputAttribute attribute, string[] options)
    {
        var specification = OptionList.ToSpecifications(hint, options.Select(InputOption.Parse), attribute.OptionSource is not null);
        if (attribute.Language is { } language)
            specification["code-editor"] = new JsonObject { ["language"] = language };
        if (attribute.FixedOutcomes.Length > 0)
        {
            specification["DynamicOutcomesOptions"] = new JsonObject
            {
                ["fixedOutcomes"] = new JsonArray([.. attribute.FixedOutcomes.Select(o => JsonValue.Create(o))]),
            };
        }

        return specification;
    }
}
