namespace Approvals.Workflows;

/// <summary>Where a flowchart begins.</summary>
[Activity("Elsa", "Start", Category = "流程", DisplayName = "开始", Description = "流程图的起点。", IsStart = true)]
internal sealed class Start : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context) => default;
}

/// <summary>Ends the flowchart at once; what still waits in it is withdrawn.</summary>
[Activity("Elsa", "End", Category = "流程", DisplayName = "结束", Description = "立即结束流程图，仍在等待的分支被撤销。", IsTerminal = true)]
internal sealed class End : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context) => default;
}

/// <summary>Ends the whole workflow instance.</summary>
[Activity("Elsa", "Finish", Category = "流程", DisplayName = "终止流程", Description = "结束整个流程实例。", IsTerminal = true)]
internal sealed class Finish : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.EndAround(node => node.Parent is null, ActivityContext.DoneOutcome);
        return default;
    }
}

/// <summary>Ends the workflow it belongs to with outcomes: the instance, or the workflow used as an activity.</summary>
[Activity("Elsa", "Complete", Category = "组合", DisplayName = "完成", Description = "以指定结果完成所在的流程。", IsTerminal = true)]
internal sealed class Complete : Activity
{
    [Input(DisplayName = "结果", Description = "流程的结果，一个名称或名称列表。", UiHint = UiHints.OutcomePicker, DefaultSyntax = "Object")]
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
