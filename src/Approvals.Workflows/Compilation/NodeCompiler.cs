using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Compiles one activity of a definition: its variables, inputs, outputs and what is embedded in it.</summary>
internal sealed class NodeCompiler(Compilation compilation, CompiledNode node, HashSet<string> ids, string path)
{
    private ExpressionScope Scope { get; } = new(node.IsWorkflow && node.Parent is not null ? node.Parent : node);

    public CompiledNode Node => node;

    public JsonObject Json => node.Json;

    public string Path => path;

    public void DeclareVariables(IReadOnlyList<VariableDefinition> variables)
    {
        var slots = new VariableSlot[variables.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i] = new VariableSlot(variables[i], node, i);
            var type = ValueTypes.Find(variables[i].TypeName, variables[i].IsArray);
            var initial = Values.FromJsonScalar(variables[i].Default);
            if (type is null)
                slot.Initial = initial;
            else if (Values.TryConvert(initial, type, out var value, out var error))
                slot.Initial = value;
            else
                Report(ProblemCodes.InputFormat, $"变量“{variables[i].Name}”的初始值：{error}");
        }

        node.Variables = slots;
    }

    /// <summary>Compiles an embedded activity, of whatever type.</summary>
    public CompiledNode CompileChild(JsonObject json, string childPath)
    {
        var id = JsonRead.Text(json, "id", childPath) ?? throw new DefinitionFormatException(childPath, "活动缺少 id。");
        var type = JsonRead.Text(json, "type", childPath) ?? throw new DefinitionFormatException(childPath, "活动缺少 type。");
        var name = JsonRead.Text(json, "name", childPath);
        var text = (json["metadata"] as JsonObject)?["displayText"] is JsonValue value
            && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        var known = type == WorkflowScope.TypeName ? null : compilation.Registry.FindType(type);
        var workflow = known is null ? compilation.FindWorkflow(type, json) : null;
        var child = new CompiledNode(compilation.Nodes.Count, node, id, type, json)
        {
            Name = name,
            DisplayText = string.IsNullOrEmpty(text) ? name ?? id : text,
            TypeVersion = JsonRead.Number(json, "version", childPath) ?? 1,
            IsWorkflow = workflow is not null,
        };
        compilation.Nodes.Add(child);
        node.ChildList.Add(child);
        var inner = new NodeCompiler(compilation, child, ids, childPath);
        if (!ids.Add(id))
            inner.Report(ProblemCodes.DuplicateId, $"活动编号“{id}”重复。");

        try
        {
            if (known is not null)
                inner.CompileActivity(known);
            else if (workflow is not null && !compilation.IsInside(workflow))
                inner.CompileWorkflowActivity(workflow);
            else
                inner.CompileUnknown(workflow);
        }
        catch (Exception wrong) when (wrong is not DefinitionFormatException
            and (InvalidOperationException or FormatException or InvalidCastException or OverflowException or JsonException))
        {
            // A value of another kind than the activity expects, e.g. true where a text belongs: System.Text.Json's own words are no help.
            throw new DefinitionFormatException(childPath, $"活动“{child.DisplayText}”的设置无法读取，其中有类型不对的值。", wrong);
        }

        return child;
    }

    /// <summary>Compiles the expression of an input that must be evaluated to a value of <paramref name="input"/>'s
    /// type.</summary>
    public void CompileInput(Input input, JsonNode? json, object? defaultValue)
    {
        if (!input.TrySetConstant(defaultValue, out var error))
            throw new InvalidOperationException($"{node.Type}.{input.Name}: {error}");
        var (type, value) = InputReader.Read(json);
        if (type is null)
            return;
        var expression = CompileExpression(type, value, input.Name);
        if (expression is null)
            return;
        if (expression is ConstantExpression constant)
        {
            if (constant.Value is null or "" && input.ValueType != typeof(string))
                return;
            if (!input.TrySetConstant(constant.Value, out error))
                Report(ProblemCodes.InputFormat, $"“{node.DisplayText}”的输入“{CaptionOf(input.Name)}”：{error}");
            return;
        }

        input.Expression = expression;
        input.Slot = node.SlotCount++;
    }

    public CompiledExpression? CompileExpression(string type, JsonNode? value, string inputName)
    {
        try
        {
            var expression = compilation.Expressions.Compile(type, value, Scope);
            compilation.KeepsOutputs |= InputReader.AsksForOutputs(expression.Text);
            return expression;
        }
        catch (ExpressionCompileException e)
        {
            Report(ProblemCodes.Expression, $"“{node.DisplayText}”的“{CaptionOf(inputName)}”表达式无效：{e.Message}");
            return null;
        }
    }

    public void CompileOutput(Output output, JsonNode? json)
    {
        if ((json as JsonObject)?["memoryReference"] is not JsonObject reference || JsonRead.Text(reference, "id",
            path) is not { } id)
            return;
        output.Variable = Scope.FindVariable(id);
        if (output.Variable is null && Scope.WorkflowNode.Activity is WorkflowScope scope && scope.HasOutput(id))
            output.WorkflowOutput = id;
    }

    public VariableSlot? FindVariable(string idOrName) => Scope.FindVariable(idOrName);

    /// <summary>Reports a problem of this activity, or of one embedded in it that <paramref name="about"/> names.</summary>
    public void Report(string code, string message, ProblemSeverity severity = ProblemSeverity.Error, CompiledNode? about = null) =>
        compilation.Problems.Add(new DefinitionProblem((about ?? node).Id, (about ?? node).NodeId, code, message, severity));

    /// <summary>What the designer calls an input.</summary>
    private string CaptionOf(string inputName) =>
        node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == inputName)?.DisplayName ?? inputName;

    private void CompileActivity(ActivityType type)
    {
        var activity = type.Create();
        activity.Node = node;
        node.Activity = activity;
        node.Descriptor = type.Descriptor;
        if (type.Descriptor.IsContainer || node.Json["variables"] is JsonArray)
            DeclareVariables(VariableDefinition.ReadAll(node.Json, $"{path}.variables"));
        InputReader.Bind(type, activity, this);
        foreach (var (property, _) in type.Ports)
        {
            var port = new Port(property.Name);
            property.SetValue(activity, port);
            var key = JsonRead.CamelCase(property.Name);
            if (JsonRead.Object(node.Json, key, path) is { } embedded)
                port.Node = CompileChild(embedded, $"{path}.{key}");
        }

        activity.Compile(this);
        node.CanWait = type.Descriptor.CanWait || node.ChildList.Exists(c => c.CanWait);
    }

    private void CompileWorkflowActivity(WorkflowDefinition workflow)
    {
        node.Descriptor = WorkflowScope.Describe(workflow);
        compilation.CompileWorkflow(node, workflow, new WorkflowScope());
    }

    private void CompileUnknown(WorkflowDefinition? recursive)
    {
        node.Activity = new NotFoundActivity { Node = node };
        node.CanWait = true;
        if (recursive is not null)
            Report(ProblemCodes.RecursiveWorkflow, $"流程“{recursive.Name}”包含了自身。");
        else
            Report(ProblemCodes.UnknownActivity, $"活动“{node.DisplayText}”的类型“{node.Type}”不存在。");
    }
}
