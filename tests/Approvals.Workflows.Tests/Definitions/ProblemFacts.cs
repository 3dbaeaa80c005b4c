using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>What is wrong with a definition is found before it runs, and says where.</summary>
public sealed class ProblemFacts
{
    private static string Codes(Host host) => string.Join(" ", host.Workflow.Problems.Select(p => $"{p.Code}@{p.ActivityId}"));

    [Fact]
    public void A_cycle_needs_a_wait()
    {
        Assert.Equal("CycleWithoutWait@d", Codes(Draw.Flow("a:WriteLine",
            "d:FlowDecision").Lines("a>d d.False>a").Host()));
        Assert.Equal("", Codes(Draw.Flow("a:WriteLine", "w:Test.Wait", "d:FlowDecision").Lines("a>w w>d d.False>a").Host()));
        Assert.Equal("CycleWithoutWait@a", Codes(Draw.Flow("a:WriteLine").Lines("a>a").Host()));
    }

    [Fact]
    public void A_way_round_the_wait_is_seen() => Assert.Equal("CycleWithoutWait@d", Codes(
        Draw.Flow("a:FlowDecision", "w:Test.Wait", "d:FlowDecision").Lines("a.True>w a.False>d w>d d.False>a").Host()));

    [Fact]
    public void Connections_must_lead_somewhere() =>
        Assert.Equal("MissingActivity@Flowchart1", Codes(Draw.Flow("a:WriteLine").Lines("a>nobody").Host()));

    [Fact]
    public void Connections_must_leave_by_a_port_that_is_there() =>
        Assert.Equal("MissingPort@a", Codes(Draw.Flow("a:FlowDecision", "b:WriteLine").Lines("a.Perhaps>b").Host()));

    [Fact]
    public void Ids_are_unique() => Assert.Equal("DuplicateId@a Unreachable@a", Codes(Draw.Flow("a:WriteLine", "a:WriteLine").Host()));

    [Fact]
    public void An_activity_that_no_connection_leads_to_is_warned_of_unless_it_may_start_the_workflow()
    {
        var host = Draw.Flow("s:Start", "a:WriteLine", "b:WriteLine", "c:WriteLine").Lines("s>a b>c").Host();
        Assert.Equal("Unreachable@b Unreachable@c", Codes(host));
        Assert.True(host.Workflow.CanStart);
    }

    [Fact]
    public void Outcomes_that_no_connection_leaves_by_are_known()
    {
        var nodes = Draw.Flow("s:Start", "d:FlowDecision", "a:WriteLine", "e:End").Lines("s>d d.True>a").Host().Workflow.Nodes.ToDictionary(node => node.Id);
        Assert.Equal(["False"], nodes["d"].LooseOutcomes);
        Assert.Equal(["Done"], nodes["a"].LooseOutcomes);
        Assert.Empty(nodes["s"].LooseOutcomes);
        Assert.Empty(nodes["e"].LooseOutcomes);
    }

    [Fact]
    public void A_way_back_that_can_be_bypassed_is_warned_of()
    {
        var host = Draw.Flow("s:Start", "a:Test.Wait", "b:Test.Wait").Lines("s>a s>b a>b b.Back>a").Host();
        Assert.Equal("InvalidBackward@b", Codes(host));
        Assert.True(host.Workflow.CanStart);
    }

    [Fact]
    public void A_workflow_may_not_contain_itself()
    {
        var draw = Draw.Of(Draw.Activity("k", "child"));
        draw.Model["name"] = "child";
        draw.Model["definitionId"] = "child";
        Assert.Equal("RecursiveWorkflow@k", Codes(draw.Host(null, WorkflowDefinition.Parse(draw.Json))));
    }

    [Fact]
    public void A_variable_must_exist() => Assert.Equal("MissingVariable@a", Codes(Draw.Of(
        Draw.Activity("a", "SetVariable", ("variable", new JsonObject { ["id"] = "v9", ["name"] = "X" }))).Host()));

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"root\":", "$")]
    [InlineData("{}", "root")]
    [InlineData("{\"root\":5}", "$.root")]
    [InlineData("{\"root\":{},\"variables\":5}", "variables")]
    [InlineData("{\"root\":{},\"variables\":[{\"x\":1}]}", "variables[0]")]
    [InlineData("{\"root\":{},\"inputs\":[7]}", "inputs[0]")]
    [InlineData("{\"root\":{},\"version\":\"x\"}", "$.version")]
    [InlineData("{\"root\":{},\"name\":{}}", "$.name")]
    [InlineData("{\"root\":{},\"root\":{}}", "$")]
    public void What_is_not_a_definition_says_where(string json, string path) =>
        Assert.Equal(path, Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(json)).Path);

    [Theory]
    [InlineData("{\"root\":{}}", "root")]
    [InlineData("{\"root\":{\"id\":\"a\"}}", "root")]
    [InlineData("{\"root\":{\"id\":\"a\",\"type\":\"Elsa.Flowchart\",\"activities\":[{\"id\":\"x\"}]}}", "root.activities[0]")]
    [InlineData("{\"root\":{\"id\":\"a\",\"type\":\"Elsa.Flowchart\",\"connections\":[{}]}}", "root.connections[0].source")]
    public void What_cannot_be_compiled_says_where(string json, string path) =>
        Assert.Equal(path, Assert.Throws<DefinitionFormatException>(() => new Host(json)).Path);
}
