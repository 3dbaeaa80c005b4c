using System.Text.Json.Serialization;

namespace Approvals.Workflows;

/// <summary>Where a run stands. Ended runs are not kept.</summary>
public enum RunStatus
{
    /// <summary>Waits for its turn in the burst.</summary>
    Scheduled,

    /// <summary>Has begun and waits for a bookmark or for embedded activities.</summary>
    Running,

    /// <summary>Failed and waits for a retry.</summary>
    Faulted,

    /// <summary>Waits for a detour to come back and then runs again.</summary>
    Detoured,

    /// <summary>Ended or withdrawn; no longer part of the state.</summary>
    Gone,
}

/// <summary>What a retry of a faulted run does again.</summary>
public enum RedoKind
{
    /// <summary>Begin the activity.</summary>
    Execute,

    /// <summary>Resume it with the same bookmark and input.</summary>
    Resume,

    /// <summary>Tell it that an embedded activity ended.</summary>
    Child,
}

/// <summary>One run of one activity, as the state keeps it.</summary>
public sealed class ActivityRun
{
    /// <summary>The run's id; a new one each time the activity is reached.</summary>
    public Guid Id { get; set; }

    /// <summary>The activity's path.</summary>
    public string NodeId { get; set; } = "";

    /// <summary>The run around this one, or null for the workflow.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; set; }

    /// <summary>How often the activity has been reached, from 1.</summary>
    public int Round { get; set; } = 1;

    /// <summary>Evaluated inputs, without the fixed ones.</summary>
    public object?[]? Inputs { get; set; }

    /// <summary>
    /// Inputs by name that differ from the fixed ones of the version the instance was moved to: a run goes on with what it began with.
    /// </summary>
    public Dictionary<string, object?>? Pinned { get; set; }

    /// <summary>Variables declared here, by slot.</summary>
    public object?[]? Variables { get; set; }

    /// <summary>Variables of a loop, by name.</summary>
    public Dictionary<string, object?>? Locals { get; set; }

    /// <summary>What the activity keeps from one call to the next.</summary>
    public Dictionary<string, object?>? Bag { get; set; }

    /// <summary>Inputs of a workflow.</summary>
    public Dictionary<string, object?>? Input { get; set; }

    /// <summary>Outputs of a workflow.</summary>
    public Dictionary<string, object?>? Output { get; set; }

    /// <summary>Where a flowchart stands.</summary>
    public FlowState? Flow { get; set; }

    /// <summary>The run that waits for this detour, or null.</summary>
    public Guid? DetourForId { get; set; }

    /// <summary>What to do again after a fault.</summary>
    public RedoKind Redo { get; set; }

    /// <summary>The bookmark of a resume that failed.</summary>
    public Bookmark? RedoBookmark { get; set; }

    /// <summary>The input of a resume that failed.</summary>
    public object? RedoInput { get; set; }

    /// <summary>The embedded activity whose end could not be handled.</summary>
    public string? RedoChild { get; set; }

    /// <summary>Its outcomes.</summary>
    public string[]? RedoOutcomes { get; set; }

    [JsonIgnore]
    internal CompiledNode Node { get; set; } = null!;

    [JsonIgnore]
    internal ActivityRun? Parent { get; set; }

    [JsonIgnore]
    internal List<ActivityRun>? Children { get; set; }

    [JsonIgnore]
    internal ActivityRun? DetourFor { get; set; }

    [JsonIgnore]
    internal ActivityRun? DetourBy { get; set; }

    [JsonIgnore]
    internal ActivityContext? Context { get; set; }

    /// <summary>Where the look-up of names begins: a workflow used as an activity has its inputs written outside of it.</summary>
    [JsonIgnore]
    internal ActivityRun ScopeStart => Node.IsWorkflow && Parent is not null ? Parent : this;

    internal bool HasChildren => Children is { Count: > 0 };

    internal VariableSlot? Find(string name)
    {
        foreach (var slot in Node.Variables)
        {
            if (slot.Definition.Name == name)
                return slot;
        }

        return null;
    }
}
