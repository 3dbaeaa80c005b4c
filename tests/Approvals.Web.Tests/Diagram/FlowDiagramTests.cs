using System.Xml.Linq;
using Approvals.Web.Diagram;

namespace Approvals.Web.Tests.Diagram;

public sealed class FlowDiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string Definition = """
        { "name": "技术指挥官聘任", "root": { "type": "Elsa.Flowchart", "activities": [
          { "id": "apply", "type": "Approvals.FormFilling", "metadata": { "displayText": "个人申请",
            "designer": { "position": { "x": 0, "y": 0 }, "size": { "width": 120, "height": 50 } } } },
          { "id": "recommend", "type": "Approvals.ApprovalStep", "metadata": { "displayText": "推荐 <单位>",
            "designer": { "position": { "x": 200, "y": 0 }, "size": { "width": 120, "height": 50 } } } },
          { "id": "end", "type": "Elsa.End", "metadata": { "displayText": "结束",
            "designer": { "position": { "x": 400, "y": 90 } } } } ],
          "connections": [
          { "source": { "activity": "apply", "port": "Done" }, "target": { "activity": "recommend", "port": "In" } },
          { "source": { "activity": "recommend", "port": "Approved" }, "target": { "activity": "end", "port": "In" } },
          { "source": { "activity": "recommend", "port": "Returned" }, "target": { "activity": "apply", "port": "In" } },
          { "source": { "activity": "recommend", "port": "Rejected" }, "target": { "activity": "gone", "port": "In" } } ] } }
        """;

    [Fact]
    public void The_present_step_is_lit_and_done_steps_are_marked()
    {
        var svg = Draw(new() { ["apply"] = FlowStepState.Done, ["recommend"] = FlowStepState.Current });

        Assert.Equal("flow-step flow-done", Step(svg, "apply"));
        Assert.Equal("flow-step flow-current", Step(svg, "recommend"));
        Assert.Equal("flow-step flow-ahead", Step(svg, "end"));
    }

    [Fact]
    public void The_description_says_in_words_where_the_case_stands()
    {
        var svg = Draw(new() { ["apply"] = FlowStepState.Done, ["recommend"] = FlowStepState.Current });

        Assert.Equal("已办：个人申请；办理中：推荐 <单位>", svg.Root!.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void Connections_are_drawn_with_their_captions_and_one_to_nowhere_is_left_out()
    {
        var svg = Draw([]);

        Assert.Equal(3, svg.Descendants(Svg + "path").Count(path => path.Attribute("class")!.Value.StartsWith("flow-line", StringComparison.Ordinal)));
        Assert.Equal(["同意", "退回"], svg.Descendants(Svg + "text").Where(text => text.Attribute("class")?.Value == "flow-port").Select(text => text.Value));
    }

    [Fact]
    public void A_line_back_runs_underneath_both_boxes()
    {
        var back = new FlowLine(Box(200, 0), Box(0, 0), null, []);
        var drawing = new FlowDrawing("", [back.From, back.To], [back]);

        Assert.Equal([(260, 50), (260, 78), (60, 78), (60, 50)], FlowRoute.All(drawing).Single().Points);
    }

    [Fact]
    public void A_line_goes_around_a_box_that_stands_in_its_way()
    {
        var line = new FlowLine(Box(0, 0), Box(400, 0), "同意", []) { Caption = "同意" };
        var obstacle = Box(200, 0);

        var path = FlowRoute.All(new FlowDrawing("", [line.From, line.To, obstacle], [line])).Single();

        Assert.DoesNotContain(path.Stretches, FlowArea.Of(obstacle).IsCrossedBy);
    }

    [Fact]
    public void Nothing_in_it_needs_inline_styles_or_scripts()
    {
        var text = FlowDiagram.Draw(Definition, new Dictionary<string, FlowStepState>());

        Assert.DoesNotContain("style=", text);
        Assert.DoesNotContain("<script", text);
    }

    [Fact]
    public void A_narrow_screen_reads_the_steps_of_people_in_their_order()
    {
        var steps = FlowDiagram.Steps(
            Definition, new Dictionary<string, FlowStepState> { ["apply"] = FlowStepState.Done, ["recommend"] = FlowStepState.Current });

        Assert.Equal(["个人申请：已办", "推荐 <单位>：办理中"], steps.Select(step => $"{step.Text}：{step.Words}"));
    }

    [Fact]
    public void A_definition_that_draws_nothing_gives_nothing() => Assert.Equal("", FlowDiagram.Draw("{}", new Dictionary<string, FlowStepState>()));

    [Fact]
    public void The_last_word_of_the_journal_counts_and_a_waiting_step_lights_its_container()
    {
        var states = FlowStates.Of(
            [("W:F:apply", "Started"), ("W:F:apply", "Completed"), ("W:F:vet", "Completed"), ("W:F:vet", "Canceled")],
            ["W:F:box:inner"], ["W:F:broken"]);

        Assert.Equal(FlowStepState.Done, states["apply"]);
        Assert.Equal(FlowStepState.Withdrawn, states["vet"]);
        Assert.Equal(FlowStepState.Current, states["box"]);
        Assert.Equal(FlowStepState.Faulted, states["broken"]);
    }

    [Theory]
    [InlineData("Letter: vetting not passed", "Letter: vetting", "not passed")]
    [InlineData("聘任审批（局领导签发环节）", "聘任审批（局领导签发", "环节）")]
    public void A_name_of_two_lines_breaks_between_Latin_words_and_between_any_Chinese_characters(string name, params string[] lines)
    {
        var svg = XDocument.Parse(FlowDiagram.Draw(
            Definition.Replace("个人申请", name, StringComparison.Ordinal).Replace("120", "160", StringComparison.Ordinal), new Dictionary<string, FlowStepState>()));

        var box = svg.Descendants(Svg + "g").Single(group => group.Attribute("data-activity")?.Value == "apply");
        Assert.Equal(lines, box.Elements(Svg + "text").Select(text => text.Value));
    }

    private static XDocument Draw(Dictionary<string, FlowStepState> states) => XDocument.Parse(FlowDiagram.Draw(Definition, states));

    private static string Step(XDocument svg, string activityId) =>
        svg.Descendants(Svg + "g").Single(group => group.Attribute("data-activity")?.Value == activityId).Attribute("class")!.Value;

    private static FlowBox Box(double x, double y) => new("id", "type", "text", x, y, 120, 50);
}
