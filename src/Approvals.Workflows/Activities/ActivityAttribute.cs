namespace Approvals.Workflows;

/// <summary>Studio's kinds of activity.</summary>
public enum ActivityKind
{
    /// <summary>Runs within the burst.</summary>
    Action,

    /// <summary>Can start a workflow.</summary>
    Trigger,

    /// <summary>Runs in the background.</summary>
    Job,

    /// <summary>May run in the background.</summary>
    Task,
}

/// <summary>Declares a class an activity and describes it to the designer.</summary>
/// <param name="ns">The first part of the type name, e.g. <c>Elsa</c>.</param>
/// <param name="name">The last part, e.g. <c>WriteLine</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute(string ns, string name) : Attribute
{
    /// <summary>The first part of the type name.</summary>
    public string Namespace { get; } = ns;

    /// <summary>The last part of the type name.</summary>
    public string Name { get; } = name;

    /// <summary>What definitions store as <c>type</c>.</summary>
    public string TypeName => $"{Namespace}.{Name}";

    /// <summary>The version of the activity type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The toolbox group.</summary>
    public string Category { get; init; } = "其他";

    /// <summary>The toolbox caption.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The prefix of names Studio generates (“会签1”); <see cref="Name"/> when absent.</summary>
    public string? GeneratedName { get; init; }

    /// <summary>The second line on the node.</summary>
    public string Description { get; init; } = "";

    /// <summary>Action, trigger, job or task.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>True when the activity may wait for something outside; a loop needs at least one.</summary>
    public bool CanWait { get; init; }

    /// <summary>True when nothing leads into it.</summary>
    public bool IsStart { get; init; }

    /// <summary>True when it ends the flowchart it stands in.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>
    /// The outcome after which nobody may go back behind the activity, or null: it has bound others by then, e.g. granted money, and what
    /// was signed before must stay what was signed.
    /// </summary>
    public string? FinalOutcome { get; init; }

    /// <summary>True when it holds other activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>False hides it from the toolbox.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>JSON of properties that Studio copies onto a newly dropped activity.</summary>
    public string? ConstructionProperties { get; init; }
}

/// <summary>An outcome: a port on the right edge of the node. Without any, there is <c>Done</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutcomeAttribute(string name, string? displayName = null) : Attribute
{
    /// <summary>The outcome of an activity that declares none.</summary>
    public const string Done = "Done";

    /// <summary>What connections store.</summary>
    public string Name { get; } = name;

    /// <summary>The caption.</summary>
    public string DisplayName { get; } = displayName ?? name;
}
