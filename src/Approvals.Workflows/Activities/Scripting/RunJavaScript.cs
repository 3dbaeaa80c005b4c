namespace Approvals.Workflows;

/// <summary>Runs a script. It may set variables, return a result and choose outcomes (<c>setOutcome</c>,
/// <c>setOutcomes</c>).</summary>
[Activity("Elsa", "RunJavaScript", Category = Categories.Hidden, DisplayName = "运行脚本", GeneratedName = "运行脚本", IsBrowsable = false,
    Description = "运行一段 JavaScript。条件和取值请直接在各步骤的输入中写表达式。")]
internal sealed class RunJavaScript : Activity
{
    private CompiledExpression? _script;

    [Input(DisplayName = "脚本", Description = "JavaScript 源代码；用 setOutcome(\"名称\") 选择出口。", UiHint = UiHints.CodeEditor,
        Language = "javascript", DefaultSyntax = "JavaScript", AutoEvaluate = false, Order = 0)]
    public Input<string> Script { get; set; } = null!;

    [Input(DisplayName = "可能的出口", Description = "脚本可以选择的出口。", UiHint = UiHints.DynamicOutcomes, Order = 1)]
    public Input<List<string>> PossibleOutcomes { get; set; } = null!;

    [Output(DisplayName = "结果", Description = "脚本最后一个表达式的值。")]
    public Output<object> Result { get; set; } = null!;

    internal override IReadOnlyCollection<string>? Exits =>
        PossibleOutcomes.IsConstant ? [.. PossibleOutcomes.Constant ?? [], "Done"] : null;

    /// <summary>Studio's code editor stores the script as a literal; both mean the script itself.</summary>
    internal override void Compile(NodeCompiler compiler)
    {
        var (type, value) = InputReader.Read(compiler.Json["script"]);
        if (type is "Literal")
            _script = compiler.CompileExpression("JavaScript", value, nameof(Script));
        else
            _script = Script.Expression;
    }

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (_script is null)
            return;
        var expressions = new ExpressionContext(context.Burst, context.Run);
        context.Set(Result, await Burst.EvaluateAsync(_script, nameof(Script), expressions));
        if (expressions.ChosenOutcomes is { Count: > 0 } outcomes)
            await context.CompleteAsync([.. outcomes]);
    }
}
