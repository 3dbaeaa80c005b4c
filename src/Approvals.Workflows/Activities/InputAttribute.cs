namespace Approvals.Workflows;

/// <summary>Studio's input editors.</summary>
public static class UiHints
{
    /// <summary>One line of text.</summary>
    public const string SingleLine = "singleline";

    /// <summary>Several lines of text.</summary>
    public const string MultiLine = "multiline";

    /// <summary>Yes or no.</summary>
    public const string Checkbox = "checkbox";

    /// <summary>Several of <see cref="InputAttribute.Options"/>.</summary>
    public const string CheckList = "checklist";

    /// <summary>One of <see cref="InputAttribute.Options"/>, all shown, order kept.</summary>
    public const string RadioList = "radiolist";

    /// <summary>One of <see cref="InputAttribute.Options"/>, sorted by text.</summary>
    public const string DropDown = "dropdown";

    /// <summary>A list of texts.</summary>
    public const string MultiText = "multitext";

    /// <summary>Code, highlighted by <see cref="InputAttribute.Language"/>.</summary>
    public const string CodeEditor = "code-editor";

    /// <summary>JSON.</summary>
    public const string JsonEditor = "json-editor";

    /// <summary>Names with values.</summary>
    public const string Dictionary = "dictionary";

    /// <summary>A list of outcomes that become the activity's ports.</summary>
    public const string DynamicOutcomes = "dynamic-outcomes";

    /// <summary>The cases of a switch.</summary>
    public const string SwitchEditor = "switch-editor";

    /// <summary>The cases of a flow switch.</summary>
    public const string FlowSwitchEditor = "flow-switch-editor";

    /// <summary>A variable.</summary>
    public const string VariablePicker = "variable-picker";

    /// <summary>An output of the workflow.</summary>
    public const string OutputPicker = "output-picker";

    /// <summary>An outcome of the workflow.</summary>
    public const string OutcomePicker = "outcome-picker";

    /// <summary>A workflow.</summary>
    public const string WorkflowDefinitionPicker = "workflow-definition-picker";
}

/// <summary>
/// An input of an activity. On a property of type <see cref="Input{T}"/> it is an expression evaluated when the activity
/// starts; on any other property type it is read once from the definition as plain JSON (Studio's “not wrapped”).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>The caption; the property's name when absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The help text.</summary>
    public string Description { get; init; } = "";

    /// <summary>The editor, one of <see cref="UiHints"/>; chosen by the type when absent.</summary>
    public string? UiHint { get; init; }

    /// <summary>The choices, each <c>value</c> or <c>value=text</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>The value a missing input takes, as text or a plain value.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>The expression type Studio offers first, e.g. <c>JavaScript</c>.</summary>
    public string? DefaultSyntax { get; init; }

    /// <summary>The order among the inputs; declaration order breaks ties.</summary>
    public float Order { get; init; }

    /// <summary>A group name.</summary>
    public string? Category { get; init; }

    /// <summary>False hides it in Studio.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>False leaves the evaluation to the activity (<see cref="ActivityContext.EvaluateAsync{T}"/>).</summary>
    public bool AutoEvaluate { get; init; } = true;

    /// <summary>The language of a code editor.</summary>
    public string? Language { get; init; }

    /// <summary>Outcomes that a dynamic-outcomes input always has.</summary>
    public string[] FixedOutcomes { get; init; } = [];

    /// <summary>
    /// Name of the host's list that the choices come from; Studio then asks for them whenever the panel opens. The
    /// <see cref="Options"/> are shown until the answer is there.
    /// </summary>
    public string? OptionSource { get; init; }

    /// <summary>
    /// What Studio writes into a newly dropped activity, so that it works as it is: text, or a JSON array for lists. The
    /// runtime does not look at it; a missing input takes <see cref="DefaultValue"/>.
    /// </summary>
    public string? InitialValue { get; init; }
}

/// <summary>An output of an activity, on a property of type <see cref="Output{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>The caption; the property's name when absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The help text.</summary>
    public string Description { get; init; } = "";
}

/// <summary>An embedded activity, on a property of type <see cref="Port"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortAttribute : Attribute
{
    /// <summary>The caption; the property's name when absent.</summary>
    public string? DisplayName { get; init; }
}
