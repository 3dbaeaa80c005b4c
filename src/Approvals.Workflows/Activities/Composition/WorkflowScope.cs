using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>A workflow: the outermost activity of an instance, or a published workflow used as an activity.</summary>
[Activity("Elsa", "Workflow", Category = Categories.Hidden, DisplayName = "工作流", GeneratedName = "工作流", Description = "一个完整的流程。", IsContainer = true,
    IsBrowsable = false)]
internal sealed class WorkflowScope : Activity
{
    public const string TypeName = "Elsa.Workflow";

    private WorkflowDefinition _definition = null!;
    private Input<object>[] _inputs = [];
    private Output<object>[] _outputs = [];

    public CompiledNode Root { get; set; } = null!;

    internal override IReadOnlyCollection<string>? Exits =>
        _definition.Outcomes.Count == 0 ? ActivityContext.DoneOutcome : [.. _definition.Outcomes, "Done"];

    public bool HasOutput(string name) => _definition.Outputs.Any(o => o.Name == name);

    /// <summary>Reads the declared inputs and outputs; those of the outermost workflow have nothing bound to them.</summary>
    public void Declare(WorkflowDefinition definition, NodeCompiler compiler)
    {
        _definition = definition;
        var node = compiler.Node;
        if (node.Parent is null)
            return;
        _inputs = [.. definition.Inputs.Select(i => new Input<object> { Name = i.Name })];
        foreach (var (input, declared) in _inputs.Zip(definition.Inputs))
            compiler.CompileInput(input, node.Json[JsonRead.CamelCase(input.Name)], Values.FromJsonScalar(declared.Default));
        _outputs = [.. definition.Outputs.Select(o => new Output<object> { Name = o.Name })];
        foreach (var output in _outputs)
            compiler.CompileOutput(output, node.Json[JsonRead.CamelCase(output.Name)]);
        node.Inputs = _inputs;
        node.Evaluated = [.. _inputs.Where(i => !i.IsConstant)];
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (Node.Parent is not null)
        {
            var given = new Dictionary<string, object?>();
            foreach (var input in _inputs)
                given[input.Name] = context.Get(input);
            context.Run.Input = ReadInput(_definition, given);
        }

        context.Schedule(Root);
        return default;
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) => context.CompleteAsync();

    /// <summary>Hands the outputs of a workflow used as an activity to the variables they are bound to.</summary>
    public void HandOut(ActivityContext context, ActivityRun run)
    {
        foreach (var output in _outputs)
        {
            if (run.Output is not null && run.Output.TryGetValue(output.Name, out var value))
                context.Set(output, value);
        }
    }

    /// <summary>Gives each declared input its type where it can be converted, and its default where none was given.</summary>
    public static Dictionary<string, object?> ReadInput(WorkflowDefinition definition, IReadOnlyDictionary<string,
        object?>? given)
    {
        var input = given is null ? [] : new Dictionary<string, object?>(given);
        foreach (var declared in definition.Inputs)
        {
            if (!input.TryGetValue(declared.Name, out var value) || value is null)
            {
                if (declared.Default is null)
                    continue;
                value = Values.FromJsonScalar(declared.Default);
            }

            var type = ValueTypes.Find(declared.TypeName, declared.IsArray);
            input[declared.Name] = type is not null && Values.TryConvert(value, type, out var typed, out _) ? typed : value;
        }

        return input;
    }

    public static ActivityDescriptor Describe(WorkflowDefinition definition) => new()
    {
        TypeName = definition.Name,
        Namespace = "",
        Name = definition.Name,
        Version = definition.Version,
        Category = definition.Options.ActivityCategory is { Length: > 0 } category ? category : Categories.Published,
        DisplayName = definition.Name,
        Description = definition.Description ?? "",
        CanWait = true,
        Inputs =
        [
            .. definition.Inputs.Select(i => new InputDescriptor
            {
                Name = i.Name, TypeName = i.TypeName ?? "Object", DisplayName = i.DisplayName ?? i.Name,
                Description = i.Description ?? "", Category = i.Category, DefaultValue = Values.FromJsonScalar(i.Default),
                UiHint = i.UiHint is null or "" or "single-line" ? UiHints.SingleLine : i.UiHint,
            }),
        ],
        Outputs =
        [
            .. definition.Outputs.Select(o => new OutputDescriptor(
                o.Name, o.TypeName ?? "Object", o.DisplayName ?? o.Name, o.Description ?? "")),
        ],
        Ports = [.. definition.Outcomes.Select(o => new PortDescriptor(o, o, false))],
        CustomProperties = new JsonObject { ["RootType"] = "WorkflowDefinitionActivity" },
        ConstructionProperties = new JsonObject
        {
            ["workflowDefinitionId"] = definition.DefinitionId,
            ["workflowDefinitionVersionId"] = definition.Id,
            ["latestAvailablePublishedVersion"] = definition.Version,
            ["latestAvailablePublishedVersionId"] = definition.Id,
        },
    };
}
