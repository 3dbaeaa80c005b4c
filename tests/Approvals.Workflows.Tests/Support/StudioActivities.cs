using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Keeps the values its inputs had, by activity id, and waits; the host finds them in <see cref="Host.Received"/>.</summary>
public abstract class StudioActivity : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var host = Host.Of(context);
        var all = host.Received as Dictionary<string, Dictionary<string, object?>> ?? [];
        all[context.ActivityId] = Values(context);
        host.Received = all;
        context.CreateBookmark("Wait", context.ActivityId);
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input) => context.CompleteAsync((string)input!);

    protected abstract Dictionary<string, object?> Values(ActivityContext context);
}

/// <summary>The activity of the trial that has one input of each editor of Studio.</summary>
[Activity("Approvals", "UserTask", CanWait = true)]
public sealed class UserTask : StudioActivity
{
    [Input] public Input<string> Title { get; set; } = null!;

    [Input(UiHint = UiHints.MultiLine)] public Input<string> Instruction { get; set; } = null!;

    [Input] public Input<string> AssigneeRole { get; set; } = null!;

    [Input] public Input<bool> AllowDelegate { get; set; } = null!;

    [Input(UiHint = UiHints.CheckList)] public Input<string[]> Channels { get; set; } = null!;

    [Input] public Input<string> Mode { get; set; } = null!;

    [Input(UiHint = UiHints.MultiText)] public Input<List<string>> Candidates { get; set; } = null!;

    [Input(DefaultValue = 24)] public Input<int> DueInHours { get; set; } = null!;

    [Input] public Input<bool> Rule { get; set; } = null!;

    [Input(UiHint = UiHints.CodeEditor)] public Input<string> Script { get; set; } = null!;

    [Input(UiHint = UiHints.JsonEditor)] public Input<JsonObject> Form { get; set; } = null!;

    [Input(UiHint = UiHints.DynamicOutcomes, FixedOutcomes = ["同意", "退回", "否决"])] public Input<List<string>> Outcomes { get; set; } = null!;

    [Input] public Input<DateTimeOffset?> Deadline { get; set; } = null!;

    [Output] public Output<decimal> Comment { get; set; } = null!;

    public override ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.Set(Comment, 6000m);
        return base.ResumeAsync(context, input);
    }

    protected override Dictionary<string, object?> Values(ActivityContext context) => new()
    {
        ["title"] = context.Get(Title), ["instruction"] = context.Get(Instruction), ["assigneeRole"] = context.Get(AssigneeRole),
        ["allowDelegate"] = context.Get(AllowDelegate), ["channels"] = context.Get(Channels), ["mode"] = context.Get(Mode),
        ["candidates"] = context.Get(Candidates), ["dueInHours"] = context.Get(DueInHours), ["rule"] = context.Get(Rule),
        ["script"] = context.Get(Script), ["form"] = context.Get(Form), ["outcomes"] = context.Get(Outcomes), ["deadline"] = context.Get(Deadline),
    };
}

/// <summary>The activity of the trial with an embedded flowchart.</summary>
[Activity("Approvals", "ManagerTask", CanWait = true)]
[Outcome("同意")]
[Outcome("退回")]
[Outcome("否决")]
public sealed class ManagerTask : StudioActivity
{
    [Input] public Input<string> Title { get; set; } = null!;

    [Input] public Input<string> Assignee { get; set; } = null!;

    [Input] public Input<string> AssigneeRole { get; set; } = null!;

    [Input] public Input<bool> AllowDelegate { get; set; } = null!;

    [Input(UiHint = UiHints.Dictionary)] public Input<JsonObject> Vars { get; set; } = null!;

    [Input(UiHint = UiHints.WorkflowDefinitionPicker)] public Input<string> SubFlow { get; set; } = null!;

    [Port] public Port Body { get; set; } = null!;

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (!context.Schedule(Body))
            await base.ExecuteAsync(context);
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) => context.CompleteAsync("同意");

    protected override Dictionary<string, object?> Values(ActivityContext context) => new()
    {
        ["title"] = context.Get(Title), ["assignee"] = context.Get(Assignee), ["vars"] = context.Get(Vars), ["subFlow"] = context.Get(SubFlow),
        ["allowDelegate"] = context.Get(AllowDelegate),
    };
}

/// <summary>The activity of the trial with a variable picker.</summary>
[Activity("Approvals", "ServiceTask", CanWait = true)]
[Outcome("Done")]
[Outcome("Failed")]
public sealed class ServiceTask : StudioActivity
{
    [Input] public Input<string> Url { get; set; } = null!;

    [Input(UiHint = UiHints.VariablePicker)] public JsonObject? Target { get; set; }

    protected override Dictionary<string, object?> Values(ActivityContext context) =>
        new() { ["url"] = context.Get(Url), ["target"] = (string?)Target?["name"] };
}

/// <summary>The activity of the trial that writes a message and goes on.</summary>
[Activity("Approvals", "Notify")]
public sealed class StudioNotify : Activity
{
    [Input] public Input<string> Message { get; set; } = null!;

    [Input] public Input<string> To { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Log("Told", context.Get(Message));
        return default;
    }
}

/// <summary>The activity of the trial with a Chinese name and Chinese outcomes.</summary>
[Activity("Approvals", "CnName", CanWait = true)]
[Outcome("通过")]
[Outcome("不通过")]
public sealed class CountersignNode : StudioActivity
{
    [Input] public Input<string> Title { get; set; } = null!;

    [Input] public Input<int> Level { get; set; } = null!;

    protected override Dictionary<string, object?> Values(ActivityContext context) => new() { ["title"] = context.Get(Title), ["level"] = context.Get(Level) };
}

/// <summary>The expression type of the trial, which is JavaScript by another name.</summary>
public sealed class RuleExpressions : IExpressionHandler
{
    private readonly ExpressionEvaluator _evaluator = new();

    public string Type => "Rule";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope) => _evaluator.Compile("JavaScript", value, scope);
}
