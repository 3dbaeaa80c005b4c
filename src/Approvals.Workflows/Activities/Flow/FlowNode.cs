namespace Approvals.Workflows;

/// <summary>A node of a flowchart around another activity.</summary>
[Activity("Elsa", "FlowNode", Category = Categories.Hidden, DisplayName = "节点", GeneratedName = "节点", IsBrowsable = false,
    Description = "在流程图节点中运行一个内嵌活动。")]
internal sealed class FlowNode : Activity
{
    [Port(DisplayName = "内容")]
    public Port Body { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Schedule(Body);
        return default;
    }
}
