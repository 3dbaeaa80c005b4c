namespace Approvals.Workflows;

/// <content>Inputs, outputs, variables and what a run remembers.</content>
public sealed partial class ActivityContext
{
    /// <summary>The value an input had when the activity started; null when none was given and none is declared.</summary>
    public T? Get<T>(Input<T> input)
    {
        if (_run.Pinned is { } pinned && pinned.TryGetValue(input.Name, out var kept))
            return (T?)input.Convert(kept);
        if (input.IsConstant)
        {
            // The definition's own JSON is shared by all instances; nobody may change it or hang it in elsewhere.
            return input.Constant is System.Text.Json.Nodes.JsonNode json ? (T)(object)json.DeepClone() : input.Constant;
        }

        var value = _run.Inputs is { } values && input.Slot >= 0 && input.Slot < values.Length ? values[input.Slot] : null;
        return value is T typed ? typed : (T?)input.Convert(value);
    }

    /// <summary>Evaluates an input now, for activities that ask again and again (a loop's condition).</summary>
    public ValueTask<T?> EvaluateAsync<T>(Input<T> input)
    {
        if (input.IsConstant)
            return new ValueTask<T?>(input.Constant);
        var pending = Burst.EvaluateAsync(input, Expressions);
        return pending.IsCompletedSuccessfully ? new ValueTask<T?>((T?)pending.Result) : Wait(pending);

        static async ValueTask<T?> Wait(ValueTask<object?> value) => (T?)await value;
    }

    /// <summary>Sets an output: writes the variable it is bound to.</summary>
    public void Set<T>(Output<T> output, T? value)
    {
        if (output.Variable is { } slot)
            Expressions.Set(slot, value);
        else if (output.WorkflowOutput is { } name)
            SetWorkflowOutput(name, value);
        if (_burst.Workflow.KeepsOutputs)
            Keep(output.Name, value);
    }

    /// <summary>A variable by name, or null.</summary>
    public object? GetVariable(string name) => Expressions.GetVariable(name);

    /// <summary>A variable by name as <typeparamref name="T"/>; throws <see cref="FormatException"/> when it is another
    /// thing.</summary>
    public T? GetVariable<T>(string name) => (T?)Values.Convert(Expressions.GetVariable(name), typeof(T));

    /// <summary>Sets a variable by name; false when there is none.</summary>
    public bool SetVariable(string name, object? value) => Expressions.SetVariable(name, value);

    /// <summary>Sets a named output of the workflow the activity belongs to.</summary>
    public void SetWorkflowOutput(string name, object? value) => (WorkflowRun.Output ??= [])[name] = value;

    /// <summary>What this run kept under a key, or the default.</summary>
    public T? GetState<T>(string key) =>
        _run.Bag is not null && _run.Bag.TryGetValue(key, out var value) ? (T?)Values.Convert(value,
            typeof(T)) ?? default : default;

    /// <summary>Keeps a value for later calls of this run. It must be plain (text, number, date, id, JSON).</summary>
    public void SetState(string key, object? value) => (_run.Bag ??= [])[key] = value;

    internal void Keep(string name, object? value)
    {
        var all = _burst.State.ActivityOutputs ??= [];
        if (!all.TryGetValue(_run.Node.Id, out var own))
            all[_run.Node.Id] = own = [];
        own[name] = value;
        _burst.State.LastResult = value;
    }

    private ActivityRun WorkflowRun
    {
        get
        {
            var run = _run.ScopeStart;
            while (!run.Node.IsWorkflow)
                run = run.Parent!;
            return run;
        }
    }
}
