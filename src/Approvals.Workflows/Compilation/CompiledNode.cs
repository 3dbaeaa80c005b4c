using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>One activity of a compiled workflow: who it is, what it holds and what is bound to it. Immutable.</summary>
public sealed class CompiledNode
{
    private string? _json;

    internal CompiledNode(int index, CompiledNode? parent, string id, string type, JsonObject json)
    {
        Index = index;
        Parent = parent;
        Id = id;
        NodeId = parent is null ? id : $"{parent.NodeId}:{id}";
        Type = type;
        Json = json;
    }

    /// <summary>The activity's id in its definition.</summary>
    public string Id { get; }

    /// <summary>The path of ids from the root, e.g. <c>Workflow1:Flowchart1:Task1</c>.</summary>
    public string NodeId { get; }

    /// <summary>The activity's type name.</summary>
    public string Type { get; }

    /// <summary>The version of the type.</summary>
    public int TypeVersion { get; internal init; } = 1;

    /// <summary>The generated or given name, e.g. <c>Task1</c>, or null.</summary>
    public string? Name { get; internal init; }

    /// <summary>The title the process owner wrote, or the name, or the id.</summary>
    public string DisplayText { get; internal init; } = "";

    /// <summary>The activity this one is embedded in, or null for the workflow itself.</summary>
    public CompiledNode? Parent { get; }

    /// <summary>The embedded activities, in the order of the definition.</summary>
    public IReadOnlyList<CompiledNode> Children => ChildList;

    /// <summary>What the designer knows of the type, or null for an unknown type.</summary>
    public ActivityDescriptor? Descriptor { get; internal set; }

    /// <summary>True for a workflow and for a workflow used as an activity: variables and inputs end here.</summary>
    public bool IsWorkflow { get; internal init; }

    /// <summary>The activity's JSON. Read only.</summary>
    public JsonObject Json { get; }

    /// <summary>The source text of <see cref="Json"/>.</summary>
    public string JsonText => _json ??= Json.ToJsonString(Workflows.JsonText.Compact);

    /// <summary>Whether the activity may wait for something outside.</summary>
    public bool CanWait { get; internal set; }

    /// <summary>The outcomes it can have in an enclosing flowchart; null when any may come, or when it stands in none.</summary>
    public IReadOnlyCollection<string>? Outcomes { get; internal set; }

    /// <summary>Those of its <see cref="Outcomes"/> that no connection leaves by.</summary>
    public IReadOnlyList<string> LooseOutcomes { get; internal set; } = [];

    internal int Index { get; }

    internal List<CompiledNode> ChildList { get; } = [];

    internal Activity Activity { get; set; } = null!;

    internal VariableSlot[] Variables { get; set; } = [];

    internal Input[] Inputs { get; set; } = [];

    /// <summary>The inputs whose expression the runtime evaluates when the activity starts.</summary>
    internal Input[] Evaluated { get; set; } = [];

    internal int SlotCount { get; set; }

    /// <summary>The place among the activities of the enclosing flowchart, or -1.</summary>
    internal int FlowIndex { get; set; } = -1;

    /// <summary>Marked as a place where an instance may begin.</summary>
    internal bool CanStart => Json["customProperties"] is JsonObject custom && JsonRead.Flag(custom, "canStartWorkflow");

    internal bool IsTerminal => Descriptor?.IsTerminal == true;

    /// <inheritdoc/>
    public override string ToString() => NodeId;
}

/// <summary>A variable's place in the run of the container that declares it.</summary>
internal sealed class VariableSlot(VariableDefinition definition, CompiledNode owner, int index)
{
    private readonly Type? _type = ValueTypes.Find(definition.TypeName, definition.IsArray);
    private readonly bool _shared = ValueTypes.Find(definition.TypeName, definition.IsArray) is null or { IsValueType: false };

    public VariableDefinition Definition { get; } = definition;

    public CompiledNode Owner { get; } = owner;

    public int Index { get; } = index;

    /// <summary>The first value, already of the declared type.</summary>
    public object? Initial { get; set; }

    /// <summary>The first value for a new run; JSON is copied, because runs must not share it.</summary>
    public object? NewInitial() => _shared && Initial is JsonNode json ? json.DeepClone() : Initial;

    /// <summary>Converts to the declared type; throws <see cref="FormatException"/> when that cannot be.</summary>
    public object? Read(object? value) =>
        _type is null || value is null || value.GetType() == _type ? value : Values.Convert(value, _type);
}
