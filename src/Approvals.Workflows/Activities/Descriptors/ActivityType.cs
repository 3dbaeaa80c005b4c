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
        var inputs = Inputs.Select(i => InputDescription.Of(i.Property, i.Attribute)).OrderBy(i => i.Order).ToList();
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
            FinalOutcome = attribute.FinalOutcome,
            IsContainer = attribute.IsContainer,
            IsBrowsable = attribute.IsBrowsable,
            CanWait = attribute.CanWait,
            Inputs = inputs,
            Outputs =
            [
                .. Outputs.Select(o => new OutputDescriptor(
                    o.Property.Name, ValueTypes.NameOf(o.Property.PropertyType.GetGenericArguments()[0]),
                    o.Attribute.DisplayName ?? o.Property.Name, o.Attribute.Description)),
            ],
            Ports =
            [
                .. Ports.Select(p => new PortDescriptor(p.Property.Name, p.Attribute.DisplayName ?? p.Property.Name, true)),
                .. DescribeOutcomes(attribute, inputs),
            ],
            ConstructionProperties = Construct(attribute, inputs),
        };
    }

    /// <summary>The one outcome of an activity that declares none is said, too: Studio would caption it in English.</summary>
    private IEnumerable<PortDescriptor> DescribeOutcomes(ActivityAttribute attribute, List<InputDescriptor> inputs)
    {
        var outcomes = ClrType.GetCustomAttributes<OutcomeAttribute>()
            .Select(o => new PortDescriptor(o.Name, o.DisplayName, false)).ToList();
        return outcomes.Count > 0 || attribute.IsTerminal || inputs.Exists(i => i.UiHint == UiHints.DynamicOutcomes)
            ? outcomes
            : [new PortDescriptor(OutcomeAttribute.Done, "完成", false)];
    }

    private JsonObject Construct(ActivityAttribute attribute, List<InputDescriptor> inputs)
    {
        var properties = attribute.ConstructionProperties is { } json ? JsonNode.Parse(json)!.AsObject() : [];
        foreach (var (property, declared) in Inputs)
        {
            if (declared.InitialValue is { } value)
                properties[JsonRead.CamelCase(property.Name)] = InputDescription.Initial(inputs.First(i => i.Name == property.Name), value);
        }

        return properties;
    }
}
