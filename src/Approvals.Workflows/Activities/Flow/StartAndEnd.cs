namespace Approvals.Workflows;

/// <summary>Where a flowchart begins.</summary>
[Activity("Elsa", "Start", Category = Categories.Control, DisplayName = "开始", GeneratedName = "开始",
    Description = "流程从这里开始，每个流程图放一个。", IsStart = true)]
internal sealed class Start : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context) => default;
}

/// <summary>Ends the flowchart at once; what still waits in it is withdrawn.</summary>
[Activity("Elsa", "End", Category = Categories.Control, DisplayName = "结束", GeneratedName = "结束",
    Description = "结束本流程图，仍在办理的其他分支撤销。业务件须先“办结”。", IsTerminal = true)]
internal sealed class End : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context) => default;
}

/// <summary>Ends the whole workflow instance.</summary>
[Activity("Elsa", "Finish", Category = Categories.Control, DisplayName = "终止流程", GeneratedName = "终止流程",
    Description = "从内层流程图或循环中直接结束整个流程。", IsTerminal = true)]
internal sealed class Finish : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.EndAround(node => node.Parent is null, ActivityContext.DoneOutcome);
        return default;
    }
}

/// <summary>Ends the workflow it belongs to with outcomes: the instance, or the workflow used as an activity.</summary>
[Activity("Elsa", "Complete", Category = Categories.Control, DisplayName = "返回结果", GeneratedName = "返回结果",
    Description = "结束子流程，并告诉上级流程结果；上级流程从同名出口继续。", IsTerminal = true)]
internal sealed class Complete : Activity
{
    [Input(DisplayName = "结果", Description = "结果名称，须先在本流程的“结果”中登记，例如“通过”“不通过”。", UiHint = UiHints.OutcomePicker, DefaultSyntax = "Object")]
    public Input<object> Outcomes { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.EndAround(node => node.IsWorkflow, Names(context.Get(Outcomes)));
        return default;
    }

    private static string[] Names(object? value)
    {
        if (value is string text && text.TrimStart().StartsWith('['))
            value = System.Text.Json.Nodes.JsonNode.Parse(text);
        string[] names = value switch
        {
            null or "" => [],
            System.Text.Json.Nodes.JsonArray list => [.. list.Select(n => Values.ToText(n) ?? "")],
            IEnumerable<string> list => [.. list],
            _ => [Values.ToText(value) ?? ""],
        };
        return names.Length == 0 ? ActivityContext.DoneOutcome : names;
    }
}
