using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Forms;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Inbox;

/// <summary>What a case page says comes next, in the shipped processes.</summary>
public sealed class FlowAheadTests
{
    private static readonly ActivityRegistry Registry = new(typeof(ProcessServices).Assembly);

    [Theory]
    [InlineData("commander-appointment", "apply", "Done", "单位推荐")]
    [InlineData("commander-appointment", "recommend", "同意", "业务处室审查、救援协调处审查、人事处德才审查")]
    [InlineData("commander-appointment", "vet-personnel", "同意", "公示")]
    [InlineData("commander-appointment", "training", "合格", "颁发培训合格证书、聘任审批")]
    [InlineData("commander-appointment", "appoint", "同意", "颁发聘任证书、颁发工作证、登记信息库、启动保险办理、办结")]
    [InlineData("commander-appointment", "appoint", "不同意", "制发不予聘任通知书、办结：未通过")]
    public void What_comes_next_is_who_is_waited_for_and_what_is_made_and_never_what_the_system_does_for_itself(
        string process, string activity, string outcome, string expected) => Assert.Equal(expected, Next(process, activity, outcome));

    [Fact]
    public void An_entitlement_that_might_be_refused_is_announced_as_planned_and_not_as_refused() =>
        Assert.Equal("登记保险费应付、登记保险单", NextOf("accident-insurance", "领导审批", "同意"));

    [Fact]
    public void Where_a_condition_decides_both_ways_are_named_and_nothing_is_promised() =>
        Assert.Equal("无保险特批或本人答复", NextOf("commander-mission", "总指挥任命", "同意"));

    [Fact]
    public void A_letter_with_its_own_verb_gets_no_second_one() =>
        Assert.Equal("签发终止令、提交工作报告", NextOf("commander-mission", "终止指令", "同意"));

    [Fact]
    public void A_sub_process_that_ends_here_says_nothing_of_the_case() =>
        Assert.Null(NextOf("objection-handling", "异议裁定", "同意"));

    private static string? Next(string process, string activity, string outcome) =>
        FlowAhead.Names(Compile(process).FindActivity(activity)!, outcome);

    private static string? NextOf(string process, string text, string outcome)
    {
        var definition = WorkflowDefinition.Parse(File.ReadAllText(Path.Combine(ShippedForms.Root, "workflows", process, "workflow.json")));
        var id = definition.Root["activities"]!.AsArray()
            .Single(one => (string?)one!["metadata"]?["displayText"] == text)!["id"]!.GetValue<string>();
        return Next(process, id, outcome);
    }

    private static CompiledWorkflow Compile(string process) => new WorkflowCompiler().Compile(
        WorkflowDefinition.Parse(File.ReadAllText(Path.Combine(ShippedForms.Root, "workflows", process, "workflow.json"))), Registry);
}
