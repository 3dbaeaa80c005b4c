namespace Approvals.Workflows;

/// <summary>Writes a line of text; the host finds it in <see cref="WorkflowRun.Lines"/>.</summary>
[Activity("Elsa", "WriteLine", Category = Categories.Hidden, DisplayName = "写一行", GeneratedName = "写一行", IsBrowsable = false,
    Description = "写出一行文本，用于调试。")]
internal sealed class WriteLine : Activity
{
    [Input(DisplayName = "文本", Description = "要写出的文本。")]
    public Input<string> Text { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Burst.Log.Lines.Add(context.Get(Text) ?? "");
        return default;
    }
}
