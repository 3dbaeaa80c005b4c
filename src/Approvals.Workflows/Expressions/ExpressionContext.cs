using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>What an expression may ask of the instance it is evaluated for.</summary>
public sealed class ExpressionContext
{
    private readonly ActivityRun _run;

    internal ExpressionContext(Burst burst, ActivityRun run)
    {
        Burst = burst;
        _run = run;
    }

    internal Burst Burst { get; }

    /// <summary>Outcomes a script chose for its activity.</summary>
    internal List<string>? ChosenOutcomes { get; set; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => Burst.Services;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Burst.Clock;

    /// <summary>The workflow instance.</summary>
    public Guid InstanceId => Burst.State.InstanceId;

    /// <summary>The instance's correlation id, or null.</summary>
    public string? CorrelationId
    {
        get => Burst.State.CorrelationId;
        internal set => Burst.Correlate(value);
    }

    /// <summary>The definition the instance runs.</summary>
    public WorkflowDefinition Definition => Burst.Workflow.Definition;

    /// <summary>The activity the expression belongs to.</summary>
    public CompiledNode Node => _run.Node;

    /// <summary>The activity's run.</summary>
    public Guid RunId => _run.Id;

    /// <summary>A workflow input by name, or null.</summary>
    public object? GetInput(string name)
    {
        for (var run = _run.ScopeStart; run is not null; run = run.Parent)
        {
            if (run.Node.IsWorkflow)
                return run.Input is not null && run.Input.TryGetValue(name, out var value) ? value : null;
        }

        return null;
    }

    /// <summary>The names of the workflow inputs that were given.</summary>
    public IEnumerable<string> InputNames => WorkflowRun?.Input?.Keys ?? Enumerable.Empty<string>();

    /// <summary>A variable by name, or null. Loop variables come before declared ones, inner ones before outer ones.</summary>
    public object? GetVariable(string name)
    {
        for (var run = _run.ScopeStart; run is not null; run = run.Parent)
        {
            if (run.Locals is not null && run.Locals.TryGetValue(name, out var local))
                return local;
            if (run.Find(name) is { } slot)
                return run.Variables![slot.Index];
            if (run.Node.IsWorkflow)
                return null;
        }

        return null;
    }

    /// <summary>Sets a variable by name; returns false when there is none.</summary>
    public bool SetVariable(string name, object? value)
    {
        for (var run = _run.ScopeStart; run is not null; run = run.Parent)
        {
            if (run.Locals is not null && run.Locals.ContainsKey(name))
            {
                run.Locals[name] = value;
                return true;
            }

            if (run.Find(name) is { } slot)
            {
                run.Variables![slot.Index] = slot.Read(value);
                return true;
            }

            if (run.Node.IsWorkflow)
                return false;
        }

        return false;
    }

    /// <summary>The names of all variables that can be seen.</summary>
    public IEnumerable<string> VariableNames
    {
        get
        {
            for (var run = _run.ScopeStart; run is not null; run = run.Parent)
            {
                foreach (var name in run.Locals?.Keys ?? Enumerable.Empty<string>())
                    yield return name;
                foreach (var slot in run.Node.Variables)
                    yield return slot.Definition.Name;
                if (run.Node.IsWorkflow)
                    yield break;
            }
        }
    }

    /// <summary>An output an activity set last, or null. Without a name: its only or <c>Result</c> output.</summary>
    public object? GetOutputFrom(string activityId, string? outputName = null)
    {
        var outputs = Burst.State.ActivityOutputs;
        if (outputs is null || !outputs.TryGetValue(activityId, out var named))
            return null;
        if (outputName is not null)
            return named.GetValueOrDefault(outputName);
        return named.TryGetValue("Result", out var result) ? result : named.Values.LastOrDefault();
    }

    /// <summary>The output that was set last in the instance, or null.</summary>
    public object? LastResult => Burst.State.LastResult;

    /// <summary>True inside a loop body, where a loop variable may hide a declared one.</summary>
    internal bool HasLocals
    {
        get
        {
            for (var run = _run.ScopeStart; run is not null; run = run.Parent)
            {
                if (run.Locals is not null)
                    return true;
                if (run.Node.IsWorkflow)
                    return false;
            }

            return false;
        }
    }

    internal object? Get(VariableSlot slot)
    {
        var run = FindOwner(slot);
        return run?.Variables![slot.Index];
    }

    internal void Set(VariableSlot slot, object? value)
    {
        if (FindOwner(slot) is { } run)
            run.Variables![slot.Index] = slot.Read(value);
    }

    private ActivityRun? WorkflowRun
    {
        get
        {
            var run = _run.ScopeStart;
            while (run is not null && !run.Node.IsWorkflow)
                run = run.Parent;
            return run;
        }
    }

    private ActivityRun? FindOwner(VariableSlot slot)
    {
        var run = _run.ScopeStart;
        while (run is not null && run.Node != slot.Owner)
            run = run.Parent;
        return run;
    }
}
