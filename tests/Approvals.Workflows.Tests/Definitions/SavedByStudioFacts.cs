using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Bodies that Studio really posted, with an input of each editor: they compile, and run with the values their authors meant.</summary>
public sealed class SavedByStudioFacts
{
    /// <summary>Two of them were saved with steps that nothing leads to yet; these are warned of, each once, and nothing else is.</summary>
    [Theory]
    [InlineData("save-request-inputs-all-hints")]
    [InlineData("save-request-common-output")]
    [InlineData("save-request-embedded-port", "f761664d03f65368")]
    [InlineData("save-request-switch-picker-dictionary-date", "svc", "mt", "ut")]
    public void A_saved_definition_compiles_and_warns_only_of_steps_that_nothing_leads_to(string name, params string[] unconnected)
    {
        var problems = Open(name).Workflow.Problems;

        Assert.Equal(unconnected.Order(), problems.Select(problem => problem.ActivityId).Order());
        Assert.All(problems, problem => Assert.Equal((ProblemCodes.Unreachable, ProblemSeverity.Warning), (problem.Code, problem.Severity)));
    }

    [Fact]
    public async Task Every_editors_value_arrives_with_its_type()
    {
        var host = Open("save-request-inputs-all-hints");
        await host.Start();
        var values = Of(host, "mgr");
        Assert.Equal(
            ("张三的报销", "请核对发票\n第二行", "line-manager", "all", "log(1)"),
            ((string?)values["title"], (string?)values["instruction"], (string?)values["assigneeRole"], (string?)values["mode"], (string?)values["script"]));
        Assert.Equal((false, 48, false, null), ((bool)values["allowDelegate"]!, (int)values["dueInHours"]!, (bool)values["rule"]!, values["deadline"]));
        Assert.Equal(["email", "sms"], (string[])values["channels"]!);
        Assert.Equal(["zhangsan", "lisi"], (List<string>)values["candidates"]!);
        Assert.Equal(["zhuan"], (List<string>)values["outcomes"]!);
        Assert.Equal(1, (int)((JsonObject)values["form"]!)["a"]!);
    }

    [Fact]
    public async Task An_output_goes_into_the_variable_it_is_bound_to_and_a_condition_reads_it()
    {
        var host = Open("save-request-common-output");
        await host.Start();
        Assert.True((bool)Of(host, "mgr")["allowDelegate"]!);
        await host.Resume("mgr", "同意");
        Assert.Equal(6000m, host.Variable("Amount"));
        Assert.Equal("fin", host.Waiting);
        Assert.Equal("财务复核", Of(host, "fin")["title"]);
        var run = await host.Resume("fin", "同意");
        Assert.Equal(WorkflowStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_flowchart_in_a_port_runs_inside_its_activity()
    {
        var host = Open("save-request-embedded-port");
        var run = await host.Start();
        Assert.Equal(WorkflowStatus.Finished, run.Status);
        Assert.Contains(host.Journal, entry => entry.EventName == "Told" && entry.NodeId.StartsWith("Workflow1:Flowchart1:mgr:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("svc", "target", "Amount")]
    [InlineData("mt", "subFlow", "expense")]
    [InlineData("mt", "assignee", "u2")]
    public async Task Pickers_give_what_was_picked(string activity, string input, string picked)
    {
        var host = Open("save-request-switch-picker-dictionary-date", activity);
        await host.Start();
        Assert.Equal(picked, Of(host, activity)[input]);
    }

    [Fact]
    public async Task A_dictionary_and_a_date_in_the_browsers_culture_are_read()
    {
        var host = Open("save-request-switch-picker-dictionary-date", "mt");
        await host.Start();
        Assert.Equal("Literal", (string?)((JsonObject)Of(host, "mt")["vars"]!)["Key1"]!["type"]);

        host = Open("save-request-switch-picker-dictionary-date", "ut");
        await host.Start();
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, BeijingTime.Offset), (DateTimeOffset)Of(host, "ut")["deadline"]!);
    }

    [Theory]
    [InlineData(8000, "大额")]
    [InlineData(80, "Default")]
    public async Task A_switch_goes_by_the_condition_in_a_language_of_the_host(int amount, string port)
    {
        var saved = JsonNode.Parse(Host.Recorded("save-request-switch-picker-dictionary-date", "model"))!.AsObject();
        saved["variables"]![0]!["value"] = amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
        saved["root"]!["start"] = "sw";
        var host = Compile(saved);
        await host.Start();
        Assert.Equal(port, host.Journal.Single(entry => entry.ActivityId == "sw" && entry.EventName == JournalEvents.Completed).Outcomes!.Single());
    }

    [Fact]
    public async Task A_variable_picked_as_text_and_an_input_picked_as_text_are_found()
    {
        var saved = JsonNode.Parse(Host.Recorded("save-request-switch-picker-dictionary-date", "model"))!.AsObject();
        var task = saved["root"]!["activities"]!.AsArray().Single(one => (string)one!["id"]! == "ut")!.AsObject();
        saved["variables"]![0]!["value"] = "72";
        saved["inputs"] = new JsonArray(new JsonObject { ["name"] = "RequestNo", ["type"] = "String" });
        saved["root"]!["start"] = "ut";
        task["dueInHours"] = Wrapped("Variable", """{"id":"v1","name":"Amount","typeName":"Decimal","isArray":false,"value":"0","storageDriverTypeName":null}""");
        task["title"] = Wrapped("Input", """{"uiHint":"singleline","storageDriverType":null,"type":"String","isArray":false,"name":"RequestNo"}""");
        var host = Compile(saved);
        await host.Start(new() { ["RequestNo"] = "JZPR-1" });
        Assert.Equal((72, "JZPR-1"), ((int)Of(host, "ut")["dueInHours"]!, (string?)Of(host, "ut")["title"]));
    }

    private static Host Open(string name, string? start = null)
    {
        var saved = JsonNode.Parse(Host.Recorded(name, "model"))!.AsObject();
        if (start is not null)
            saved["root"]!["start"] = start;
        return Compile(saved);
    }

    private static Host Compile(JsonObject saved) => new(saved.ToJsonString(), new ExpressionEvaluator(more: [new RuleExpressions()]));

    private static Dictionary<string, object?> Of(Host host, string activity) =>
        ((Dictionary<string, Dictionary<string, object?>>)host.Received!)[activity];

    private static JsonObject Wrapped(string type, string value) => new()
    {
        ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value }, ["memoryReference"] = null,
    };
}
