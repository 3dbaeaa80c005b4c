namespace Approvals.Workflows;

/// <summary>A variable as Studio's picker stores it.</summary>
/// <param name="Id">The variable's id.</param>
/// <param name="Name">Its name.</param>
internal sealed record VariableReference(string? Id, string? Name);

/// <summary>Gives a variable a value.</summary>
[Activity("Elsa", "SetVariable", Category = Categories.Control, DisplayName = "设置变量", GeneratedName = "设置变量",
    Description = "记下一个值，供后面的条件判断使用。")]
internal sealed class SetVariable : Activity
{
    private VariableSlot? _slot;

    [Input(DisplayName = "变量", Description = "须先在本流程的“变量”中登记。", UiHint = UiHints.VariablePicker, Order = 0)]
    public VariableReference? Variable { get; set; }

    [Input(DisplayName = "值", Description = "固定值，或切换为 JavaScript 写表达式，例如 data.amount * 2。", Order = 1)]
    public Input<object> Value { get; set; } = null!;

    internal override void Compile(NodeCompiler compiler)
    {
        if (Variable is null)
            return;
        _slot = (Variable.Id is null ? null : compiler.FindVariable(Variable.Id))
            ?? (Variable.Name is null ? null : compiler.FindVariable(Variable.Name));
        if (_slot is null)
            compiler.Report(ProblemCodes.MissingVariable, $"“{Node.DisplayText}”要设置的变量“{Variable.Name ?? Variable.Id}”不存在。");
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (_slot is not null)
            context.Expressions.Set(_slot, context.Get(Value));
        return default;
    }
}
