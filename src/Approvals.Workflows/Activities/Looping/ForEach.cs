using System.Collections;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Runs its body for each item, one after another. The list is the one there was when the loop began.</summary>
[Activity("Elsa", "ForEach", Category = Categories.Control, DisplayName = "逐项循环", GeneratedName = "逐项循环",
    Description = "对列表中的每一项依次运行循环体，全部运行后继续。")]
internal sealed class ForEach : Loop
{
    [Input(DisplayName = "列表", Description = "要逐项处理的列表，例如 data.members（表单中的多行字段）。循环体中用 getVariable('CurrentValue') 取当前项。", UiHint = UiHints.JsonEditor, DefaultSyntax = "JavaScript")]
    public Input<object> Items { get; set; } = null!;

    [Output(DisplayName = "当前项", Description = "正在处理的项。")]
    public Output<object> CurrentValue { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) => Next(context, 0);

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) =>
        Next(context, context.GetState<int>("Index") + 1);

    private ValueTask Next(ActivityContext context, int index)
    {
        var items = ItemList.Read(context.Get(Items));
        if (index < items.Count)
        {
            context.SetState("Index", index);
            context.Set(CurrentValue, items[index]);
            context.Schedule(Body, Locals(items[index], index));
        }

        return default;
    }
}

/// <summary>Runs its body for all items side by side and ends when all have ended.</summary>
[Activity("Elsa", "ParallelForEach", Category = Categories.Control, DisplayName = "并行逐项", GeneratedName = "并行逐项",
    Description = "对列表中的每一项同时运行循环体，全部完成后继续。")]
internal sealed class ParallelForEach : Loop
{
    [Input(DisplayName = "列表", Description = "要处理的列表，例如 data.members（表单中的多行字段）。", UiHint = UiHints.JsonEditor, DefaultSyntax = "JavaScript")]
    public Input<object> Items { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var items = ItemList.Read(context.Get(Items));
        for (var i = 0; i < items.Count; i++)
            context.Schedule(Body, Locals(items[i], i));
        return default;
    }
}

/// <summary>Reads what a loop is given as a list.</summary>
internal static class ItemList
{
    /// <summary>JSON arrays and lists by item; text is JSON, or one item per line or comma; null is empty.</summary>
    public static IReadOnlyList<object?> Read(object? value) => value switch
    {
        null or "" => [],
        string text when text.TrimStart().StartsWith('[') => Read(JsonNode.Parse(text)),
        string text => [.. text.Split([',', '，', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        JsonArray array => [.. array.Select(Values.FromJsonScalar)],
        JsonObject single => [single],
        IEnumerable list => [.. list.Cast<object?>()],
        _ => throw new FormatException($"“{Values.ToText(value)}”不是列表。"),
    };
}
