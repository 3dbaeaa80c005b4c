namespace Approvals.Workflows;

/// <summary>
/// Stands for an activity of an unknown type, so that Studio can show a definition without losing it. A workflow that has
/// one does not start.
/// </summary>
[Activity("Elsa", "NotFoundActivity", Category = Categories.Hidden, DisplayName = "未知活动", GeneratedName = "未知活动",
    Description = "系统中没有这种活动，流程不能发布。请删除或换成工具箱中的活动。",
    IsBrowsable = false, CanWait = true)]
internal sealed class NotFoundActivity : Activity
{
    /// <summary>The outcomes the original had, so that the connections from it are drawn.</summary>
    [Input(DisplayName = "出口", Description = "原活动的出口，不能在此修改。", UiHint = UiHints.DynamicOutcomes)]
    public Input<string[]> Outcomes { get; set; } = null!;

    internal override IReadOnlyCollection<string>? Exits => null;

    internal override void Compile(NodeCompiler compiler)
    {
        var missing = JsonRead.Text(compiler.Json, "missingTypeName", compiler.Path) ?? Node.Type;
        compiler.Report(ProblemCodes.UnknownActivity, $"活动“{Node.DisplayText}”的类型“{missing}”不存在。");
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Fault($"活动类型“{Node.Type}”不存在。", ProblemCodes.UnknownActivity);
        return default;
    }
}
