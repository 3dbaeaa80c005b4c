using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>What expressions give, with the short cut for simple scripts and without.</summary>
public sealed class ExpressionFacts
{
    [Theory]
    [InlineData("getAmount() > 5000", true)]
    [InlineData("getAmount() * 2", 16000)]
    [InlineData("variables.Amount === 8000 && variables.Name === '张三'", true)]
    [InlineData("variables.Amount < 1 || getVariable('Name') == '张三'", true)]
    [InlineData("!(variables.Amount > 1)", false)]
    [InlineData("variables.Price + 1", 13.3)]
    [InlineData("variables.Amount + variables.Name", "8000张三")]
    [InlineData("variables.Name + '先生'", "张三先生")]
    [InlineData("variables.Amount == '8000'", true)]
    [InlineData("variables.Missing", null)]
    [InlineData("`${variables.Name}: ${getAmount()}`", "张三: 8000")]
    [InlineData("getInput('Who')", "李四")]
    [InlineData("getWho()", "李四")]
    [InlineData("inputs.Who", "李四")]
    [InlineData("getInput('Nobody') || 'none'", "none")]
    [InlineData("variables.List.length", 3)]
    [InlineData("variables.List.map(x => x * 2).join('-')", "2-4-6")]
    [InlineData("variables.Day.getUTCFullYear()", 2026)]
    [InlineData("toJson({ a: [1, '二'] })", "{\"a\":[1,\"二\"]}")]
    [InlineData("isNullOrWhiteSpace(' ') && isNullOrEmpty('') && !isNullOrEmpty('x')", true)]
    [InlineData("newGuid().length", 36)]
    [InlineData("parseGuid('D94C1B7F-3C58-4C7A-9D5B-2E1F6A8B9C0D')", "d94c1b7f-3c58-4c7a-9d5b-2e1f6a8b9c0d")]
    [InlineData("getCorrelationId()", "case-1")]
    [InlineData("getWorkflowDefinitionId()", "flow")]
    [InlineData("stringFromBase64(stringToBase64('甲乙'))", "甲乙")]
    [InlineData("setVariable('Amount', 5); getAmount()", 5)]
    [InlineData("setAmount('7'); variables.Amount + 1", 8)]
    [InlineData("variables.Amount = 9; getVariable('Amount')", 9)]
    [InlineData("const x = 1; let y = 2; x + y", 3)]
    [InlineData("'x'.repeat(3) + 'a'.padStart(3, '-')", "xxx--a")]
    [InlineData("Clerk.name", "王五")]
    public async Task A_script_gives(string script, object? expected) => Assert.Equal(expected, await Evaluate("JavaScript",
        script));

    [Theory]
    [InlineData("{{ Variables.Name }}申请{{ Variables.Amount }}元", "张三申请8000元")]
    [InlineData("{{ Input.Who | upcase }}", "李四")]
    [InlineData("{% if Variables.Amount > 5000 %}大{% else %}小{% endif %}", "大")]
    [InlineData("{% for i in Variables.List %}[{{ i }}]{% endfor %}", "[1][2][3]")]
    [InlineData("{{ Variables.Nothing }}{{ CorrelationId }}", "case-1")]
    [InlineData("{{ Clerk.name }}", "王五")]
    [InlineData("{{ Variables.Name | append: '。' | replace: '张', '章' }}", "章三。")]
    public async Task A_template_gives(string template, string expected) => Assert.Equal(expected, await Evaluate("Liquid",
        template));

    [Theory]
    [InlineData("Variable", "{\"id\":\"vAmount\",\"name\":\"Amount\",\"typeName\":\"Int32\"}", 8000)]
    [InlineData("Variable", "Amount", 8000)]
    [InlineData("Input", "{\"name\":\"Who\",\"type\":\"String\"}", "李四")]
    [InlineData("Input", "Who", "李四")]
    [InlineData("Literal", "48", "48")]
    public async Task A_reference_gives(string type, string value, object expected) => Assert.Equal(expected,
        await Evaluate(type, value));

    [Fact]
    public async Task A_decimal_keeps_its_cents()
    {
        var host = Draw.Of(
                Draw.Activity("a", "SetVariable", ("variable", new JsonObject { ["name"] = "Sum" }), ("value",
                    Draw.Literal("12345678.90"))),
                Draw.Activity("w", "Test.Wait"))
            .Lines("a>w").Variable("Sum", "Decimal", "0.10").Variable("Day", "DateTimeOffset",
                "2026-12-01T08:00:00+08:00").Host();
        await host.Start();
        Assert.Equal(12345678.90m, host.Variable("Sum"));
        Assert.Equal("12345678.90", Values.ToText(host.Variable("Sum")));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.FromHours(8)), host.Variable("Day"));
    }

    [Fact]
    public async Task Outputs_of_activities_can_be_asked_for()
    {
        var host = Draw.Of(
                Draw.Activity("w", "Test.Wait"),
                Draw.Activity("a", "WriteLine", ("text",
                    Draw.Js("getOutputFrom('w', 'Result') + getLastResult() + getResultFromW()"))))
            .Lines("w>a").Host();
        await host.Start();
        await host.Resume("w", "Done");
        Assert.Equal(["DoneDoneDone"], host.Lines);
    }

    [Fact]
    public void A_fixed_value_of_the_wrong_kind_is_found_before_anything_runs()
    {
        var host = Draw.Of(Draw.Activity("a", "Delay", ("timeSpan", Draw.Literal("soon")))).Host();
        Assert.Equal(ProblemCodes.InputFormat, Assert.Single(host.Workflow.Problems).Code);
        Assert.Contains("soon", host.Workflow.Problems[0].Message, StringComparison.Ordinal);
    }

    private static async Task<object?> Evaluate(string type, string source)
    {
        var host = Draw.Of(
                Draw.Activity("a", "SetOutput", ("outputName", Draw.Literal("R")), ("outputValue", Draw.Expression(type,
                    source))))
            .Variable("Amount", "Int32", 8000).Variable("Name", "String", "张三").Variable("Price", "Decimal", "12.30")
            .Variable("List", "Object", null).Variable("Day", "DateTimeOffset", "2026-05-01T00:00:00Z").Variable("Missing",
                "String")
            .Variable("Nothing", "String");
        host.Model["variables"]![3]!["value"] = new JsonArray(1, 2, 3);
        var running = host.Host();
        running.Contributors.Add(new Clerk());
        var run = await running.Start(new() { ["Who"] = "李四" }, correlation: "case-1");
        Assert.Empty(run.NewIncidents.Select(i => i.Message));
        return run.Output["R"];
    }

    private sealed class Clerk : IExpressionContributor
    {
        public void Contribute(ExpressionContext context, IDictionary<string, object?> values) =>
            values["Clerk"] = new JsonObject { ["name"] = "王五" };
    }
}
