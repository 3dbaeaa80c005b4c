using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>What the designer must know of an activity type; <see cref="ToJson"/> is Studio's shape of it.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>What definitions store as <c>type</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The first part of the type name.</summary>
    public required string Namespace { get; init; }

    /// <summary>The prefix of generated names.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The toolbox group.</summary>
    public required string Category { get; init; }

    /// <summary>The toolbox caption.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The second line on the node.</summary>
    public string Description { get; init; } = "";

    /// <summary>Action, trigger, job or task.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>The inputs in order.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Outcomes and embedded activities.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>Nothing leads into it.</summary>
    public bool IsStart { get; init; }

    /// <summary>It ends the flowchart.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The outcome after which nobody may go back behind it, or null. Studio is not told.</summary>
    public string? FinalOutcome { get; init; }

    /// <summary>It holds other activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>It is in the toolbox.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>It may wait for something outside.</summary>
    public bool CanWait { get; init; }

    /// <summary>Properties that Studio copies onto a newly dropped activity.</summary>
    public JsonObject ConstructionProperties { get; init; } = [];

    /// <summary>Properties that switch on tabs in Studio.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>The descriptor as Elsa's HTTP API shows it.</summary>
    public JsonObject ToJson() => new()
    {
        ["typeName"] = TypeName,
        ["namespace"] = Namespace,
        ["name"] = Name,
        ["version"] = Version,
        ["category"] = Category,
        ["displayName"] = DisplayName,
        ["description"] = Description,
        ["inputs"] = new JsonArray([.. Inputs.Select(i => i.ToJson())]),
        ["outputs"] = new JsonArray([.. Outputs.Select(o => o.ToJson())]),
        ["kind"] = Kind.ToString(),
        ["runAsynchronously"] = false,
        ["ports"] = new JsonArray([.. Ports.Select(p => p.ToJson())]),
        ["customProperties"] = CustomProperties.DeepClone(),
        ["constructionProperties"] = ConstructionProperties.DeepClone(),
        ["isContainer"] = IsContainer,
        ["isBrowsable"] = IsBrowsable,
        ["isStart"] = IsStart,
        ["isTerminal"] = IsTerminal,
    };
}

/// <summary>An input of an activity type.</summary>
public sealed record InputDescriptor
{
    /// <summary>The name in Pascal case; definitions store it in camel case.</summary>
    public required string Name { get; init; }

    /// <summary>Elsa's short type name.</summary>
    public required string TypeName { get; init; }

    /// <summary>The caption.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The help text.</summary>
    public string Description { get; init; } = "";

    /// <summary>The editor.</summary>
    public required string UiHint { get; init; }

    /// <summary>What the editor must know.</summary>
    public JsonObject UiSpecifications { get; init; } = [];

    /// <summary>Name of the host's list that the choices come from, or null.</summary>
    public string? OptionSource { get; init; }

    /// <summary>The value a missing input takes.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>The expression type offered first, or null.</summary>
    public string? DefaultSyntax { get; init; }

    /// <summary>A group name, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The order.</summary>
    public float Order { get; init; }

    /// <summary>Whether it is stored as an expression.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Whether Studio shows it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the runtime evaluates it when the activity starts.</summary>
    public bool AutoEvaluate { get; init; } = true;

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["typeName"] = TypeName,
        ["displayName"] = DisplayName,
        ["description"] = Description,
        ["order"] = Order,
        ["isBrowsable"] = IsBrowsable,
        ["isSerializable"] = true,
        ["isSynthetic"] = false,
        ["isWrapped"] = IsWrapped,
        ["uiHint"] = UiHint,
        ["category"] = Category,
        ["defaultValue"] = Values.ToJson(DefaultValue),
        ["defaultSyntax"] = DefaultSyntax,
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["autoEvaluate"] = AutoEvaluate,
        ["uiSpecifications"] = UiSpecifications.DeepClone(),
    };
}

/// <summary>An output of an activity type.</summary>
/// <param name="Name">The name in Pascal case.</param>
/// <param name="TypeName">Elsa's short type name.</param>
/// <param name="DisplayName">The caption.</param>
/// <param name="Description">The help text.</param>
public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string Description)
{
    internal JsonObject ToJson() => new()
    {
        ["name"] = Name, ["typeName"] = TypeName, ["displayName"] = DisplayName, ["description"] = Description,
        ["order"] = 0, ["isBrowsable"] = true, ["isSerializable"] = true, ["isSynthetic"] = false,
    };
}

/// <summary>A port of an activity type.</summary>
/// <param name="Name">What definitions store.</param>
/// <param name="DisplayName">The caption.</param>
/// <param name="IsEmbedded">True: an activity inside the node; false: an outcome.</param>
/// <param name="IsBrowsable">Whether Studio shows it.</param>
public sealed record PortDescriptor(string Name, string DisplayName, bool IsEmbedded, bool IsBrowsable = true)
{
    internal JsonObject ToJson() => new()
    {
        ["name"] = Name, ["displayName"] = DisplayName, ["type"] = IsEmbedded ? "Embedded" : "Flow",
            ["isBrowsable"] = IsBrowsable,
    };
}
