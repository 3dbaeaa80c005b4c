namespace Approvals.Workflows;

/// <summary>Elsa's join modes.</summary>
public enum FlowJoinMode
{
    /// <summary>All inbound connections must have been followed.</summary>
    WaitAll,

    /// <summary>All that can come must have come.</summary>
    WaitAllActive,

    /// <summary>The first wins, the others are cancelled.</summary>
    WaitAny,
}

/// <summary>
/// Brings branches together. A join whose definition gives no mode is <c>WaitAny</c>, as stock Elsa has it; one dropped in
/// the designer is given <c>WaitAllActive</c>.
/// </summary>
[Activity("Elsa", "FlowJoin", Category = Categories.Control, DisplayName = "汇合", GeneratedName = "汇合",
    Description = "把并行的分支汇合为一个，按“汇合方式”等待。",
    ConstructionProperties = """{"mode":{"typeName":"FlowJoinMode","expression":{"type":"Literal","value":"WaitAllActive"}}}""")]
internal sealed class FlowJoin : Activity
{
    [Input(DisplayName = "汇合方式", Description = "等待所有会到达的分支：已走其他出口的不再等；所有分支都须到达：缺一不可；先到者继续：其余分支撤销。",
        DefaultValue = "WaitAny", Options = ["WaitAllActive=等待所有会到达的分支", "WaitAll=所有分支都须到达", "WaitAny=先到者继续"])]
    public Input<FlowJoinMode> Mode { get; set; } = null!;

    internal JoinKind Kind => Mode.Constant switch
    {
        FlowJoinMode.WaitAll => JoinKind.All,
        FlowJoinMode.WaitAny => JoinKind.Any,
        _ => JoinKind.AllActive,
    };

    internal override void Compile(NodeCompiler compiler)
    {
        if (!Mode.IsConstant)
            compiler.Report(ProblemCodes.InputFormat, $"“{Node.DisplayText}”的汇合方式必须是固定值，不能是表达式。");
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => default;
}
