using System.Reflection;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>An activity class and what its attributes say; read once when the registry is built.</summary>
internal sealed class ActivityType
{
    private ActivityType(Type clrType, ActivityAttribute attribute)
    {
        ClrType = clrType;
        var properties = clrType.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Inputs = [.. Having<InputAttribute>(properties)];
        Outputs = [.. Having<OutputAttribute>(properties)];
        Ports = [.. Having<PortAttribute>(properties)];
        Descriptor = Describe(attribute);
    }

    public Type ClrType { get; }

    public ActivityDescriptor Descriptor { get; }

    public (PropertyInfo Property, InputAttribute Attribute)[] Inputs { get; }

    public (PropertyInfo Property, OutputAttribute Attribute)[] Outputs { get; }

    public (PropertyInfo Property, PortAttribute Attribute)[] Ports { get; }

    public static ActivityType? TryRead(Type type) =>
        !type.IsAbstract && typeof(Activity).IsAssignableFrom(type)
            && type.GetCustomAttribute<ActivityAttribute>() is { } attribute
            ? new ActivityType(type, attribute)
            : null;

    public Activity Create() => (Activity)Activator.CreateInstance(ClrType, nonPublic: true)!;

    private static IEnumerable<(PropertyInfo, T)> Having<T>(PropertyInfo[] properties) where T : Attribute =>
        from property in properties
        let attribute = property.GetCustomAttribute<T>()
        where attribute is not null
        select (property, attribute);

    private ActivityDescriptor Describe(ActivityAttribute attribute)
    {
        var outcomes = ClrType.GetCustomAttributes<OutcomeAttribute>();
        return new ActivityDescriptor
        {
            TypeName = attribute.TypeName,
            Namespace = attribute.Namespace,
            Name = attribute.GeneratedName ?? attribute.Name,
            Version = attribute.Version,
            Category = attribute.Category,
            DisplayName = attribute.DisplayName ?? attribute.Name,
            Description = attribute.Description,
            Kind = attribute.Kind,
            IsStart = attribute.IsStart,
            IsTerminal = attribute.IsTerminal,
            IsContainer = attribute.IsContainer,
            IsBrowsable = attribute.IsBrowsable,
            CanWait = attribute.CanWait,
            Inputs = [.. Inputs.Select(i => DescribeInput(i.Property, i.Attribute)).OrderBy(i => i.Order)],
            Outputs =
            [
                .. Outputs.Select(o => new OutputDescriptor(
                    o.Property.Name, ValueTypes.NameOf(o.Property.PropertyType.GetGenericArguments()[0]),
                    o.Attribute.DisplayName ?? o.Property.Name, o.Attribute.Description)),
            ],
            Ports =
            [
                .. Ports.Select(p => new PortDescriptor(p.Property.Name, p.Attribute.DisplayName ?? p.Property.Name, true)),
                .. outcomes.Select(o => new PortDescriptor(o.Name, o.DisplayName, false)),
            ],
            ConstructionProperties = attribute.ConstructionProperties is { } json ? JsonNode.Parse(json)!.AsObject() : [],
        };
    }

    private static InputDescriptor DescribeInput(PropertyInfo property, InputAttribute attribute)
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
            DefaultValue = attribute.DefaultValue,
            DefaultSyntax = attribute.DefaultSyntax,
            Category = attribute.Category,
            Order = attribute.Order,
            IsWrapped = wrapped,
            IsBrowsable = attribute.IsBrowsable,
            AutoEvaluate = attribute.AutoEvaluate,
        };
    }

    private static JsonObject Specify(string hint, InputAttribute attribute, string[] options)
    {
        var specification = new JsonObject();
        var items = new JsonArray([.. options.Select(o => Option(o, hint == UiHints.CheckList))]);
        switch (hint)
        {
            case UiHints.DropDown: specification[hint] = List("selectList", items); break;
            case UiHints.RadioList: specification[hint] = List("radioList", items); break;
            case UiHints.CheckList: specification[hint] = List("checkList", items); break;
        }

        if (attribute.Language is { } language)
            specification["code-editor"] = new JsonObject { ["language"] = language };
        if (attribute.FixedOutcomes.Length > 0)
        {
            specification["DynamicOutcomesOptions"] = new JsonObject
            {
                ["fixedOutcomes"] = new JsonArray([.. attribute.FixedOutcomes.Select(o => JsonValue.Create(o))]),
            };
        }

        if (attribute.Refresh)
            specification["Refresh"] = true;
        return specification;
    }

    private static JsonObject List(string name, JsonArray items) =>
        new() { [name] = new JsonObject { ["items"] = items, ["isFlagsEnum"] = false } };

    private static JsonObject Option(string option, bool checkable)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        var item = new JsonObject
        {
            ["text"] = split < 0 ? option : option[(split + 1)..], ["value"] = split < 0 ? option : option[..split],
        };
        if (checkable)
            item["isChecked"] = false;
        return item;
    }
}
