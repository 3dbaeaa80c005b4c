using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Activities describe themselves to Studio.</summary>
public sealed class DescriptorFacts
{
    [Fact]
    public void All_activities_of_the_issue_are_there_and_speak_Chinese()
    {
        string[] names =
        [
            "Flowchart", "Sequence", "Start", "End", "Finish", "Complete", "If", "Switch", "FlowDecision", "FlowSwitch",
                "FlowFork", "FlowJoin",
            "FlowNode", "Fork", "ForEach", "ParallelForEach", "For", "While", "Break", "SetVariable", "SetOutput", "SetName",
                "Correlate",
            "WriteLine", "Fault", "Delay", "Timer", "StartAt", "Cron", "Event", "PublishEvent", "ExecuteWorkflow",
                "DispatchWorkflow",
            "RunJavaScript", "NotFoundActivity", "Workflow",
        ];
        foreach (var descriptor in names.Select(n => Host.Registry.Find("Elsa." + n)))
        {
            Assert.NotNull(descriptor);
            Assert.All(
                new[] { descriptor.DisplayName, descriptor.Category, descriptor.Description }
                    .Concat(descriptor.Inputs.SelectMany(i => new[] { i.DisplayName, i.Description }))
                    .Concat(descriptor.Outputs.SelectMany(o => new[] { o.DisplayName, o.Description }))
                    .Concat(descriptor.Ports.Select(p => p.DisplayName)),
                text => Assert.True(text.Any(c => c > 0x3000), $"{descriptor.TypeName}: “{text}”"));
        }
    }

    [Fact]
    public void Inputs_ports_and_flags_agree_with_stock_Elsa()
    {
        using var stream = typeof(Host).Assembly.GetManifestResourceStream("012-descriptors-activities")!;
        var theirs = JsonNode.Parse(stream)!["response"]!["body"]!["items"]!.AsArray()
            .ToDictionary(d => d!["typeName"]!.GetValue<string>(), d => d!);
        foreach (var ours in Host.Registry.Descriptors.Where(d => d.Namespace == "Elsa" && theirs.ContainsKey(d.TypeName)))
        {
            var json = ours.ToJson();
            var stock = theirs[ours.TypeName];
            foreach (var input in stock["inputs"]!.AsArray().Where(i =>
                i!["name"]!.GetValue<string>() is not ("StartNewTrace" or "ChannelName")))
            {
                var mine = json["inputs"]!.AsArray().SingleOrDefault(i =>
                    i!["name"]!.GetValue<string>() == input!["name"]!.GetValue<string>());
                Assert.True(mine is not null, $"{ours.TypeName}.{input!["name"]} is missing");
                Assert.Equal(input["isWrapped"]!.GetValue<bool>(), mine["isWrapped"]!.GetValue<bool>());
            }

            foreach (var name in (string[])["isStart", "isTerminal"])
                Assert.Equal(stock[name]!.GetValue<bool>(), json[name]!.GetValue<bool>());
            foreach (var port in stock["ports"]!.AsArray().Where(p => p!["isBrowsable"]!.GetValue<bool>()))
                Assert.Contains((string?)port!["name"], json["ports"]!.AsArray().Select(p => (string?)p!["name"]));
        }
    }

    [Fact]
    public void Choices_defaults_and_outcomes_have_the_shape_Studio_reads()
    {
        var join = Host.Registry.Find("Elsa.FlowJoin")!.ToJson();
        Assert.Equal("WaitAll",
            (string?)join["inputs"]![0]!["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]![1]!["value"]);
        Assert.Equal("WaitAny", (string?)join["inputs"]![0]!["defaultValue"]);
        Assert.Equal("WaitAllActive", (string?)join["constructionProperties"]!["mode"]!["expression"]!["value"]);
        var wait = Host.Registry.Find("Test.Wait")!.ToJson();
        Assert.Equal("Done", (string?)wait["inputs"]![0]!["uiSpecifications"]!["DynamicOutcomesOptions"]!["fixedOutcomes"]![0]);
        var workflow = ActivityRegistry.Describe(WorkflowDefinition.Parse(Host.Recorded("112-definition-post-child",
            "request.body.model"))).ToJson();
        Assert.Equal(("Child", "In", "Out"), (
            (string?)workflow["typeName"], (string?)workflow["inputs"]![0]!["name"], (string?)workflow["outputs"]![0]!["name"]));
        Assert.Equal("WorkflowDefinitionActivity", (string?)workflow["customProperties"]!["RootType"]);
    }
}
