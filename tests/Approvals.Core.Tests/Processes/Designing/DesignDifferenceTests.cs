using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.Designing.Differences;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Processes.Designing;

/// <summary>What changed between two versions, in words that a process owner reads.</summary>
public sealed class DesignDifferenceTests
{
    private const string Before =
        """
        {"name":"聘任","description":"","customProperties":{"approvals":{"caseNumberPrefix":"JZ"}},"options":{"usableAsActivity":false},
         "variables":[{"id":"v1","name":"Amount","typeName":"Decimal"}],
         "root":{"id":"Flowchart1","type":"Elsa.Flowchart","activities":[
           {"id":"start","type":"Elsa.Start","name":"开始"},
           {"id":"a","type":"Approvals.ApprovalStep","name":"审批1","metadata":{"displayText":"处室审查","designer":{"position":{"x":1,"y":1}}},
            "who":{"typeName":null,"expression":{"type":"Object","value":"[\"head@owner\"]"}},
            "mode":{"typeName":null,"expression":{"type":"Literal","value":"Any"}},"rejectLabel":{"expression":{"type":"Literal","value":"不同意"}}},
           {"id":"b","type":"Approvals.CloseCase","name":"办结1","metadata":{"displayText":"办结"}}],
          "connections":[
           {"source":{"activity":"start","port":"Done"},"target":{"activity":"a","port":"In"}},
           {"source":{"activity":"a","port":"同意"},"target":{"activity":"b","port":"In"}}]}}
        """;

    private static readonly ActivityRegistry Registry = new(typeof(ProcessServices).Assembly);

    [Fact]
    public void Two_spellings_of_the_same_process_do_not_differ()
    {
        var after = Model();
        var step = Step(after);
        step["who"] = JsonNode.Parse("""{"typeName":"String[]","expression":{"type":"Object","value":"[ \"head@owner\" ]"},"memoryReference":null}""");
        step.Remove("mode");
        step["deadlineDays"] = JsonNode.Parse("""{"typeName":"Int32","expression":{"type":"Literal","value":"0"}}""");
        step["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["mergeMode"] = null };
        step["nodeId"] = "elsewhere";
        after["variables"]![0]!["isArray"] = false;
        after["options"]!["activationStrategyType"] = null;

        Assert.Empty(Words(after));
    }

    [Fact]
    public void Changed_inputs_are_told_with_the_captions_of_the_designer()
    {
        var after = Model();
        var step = Step(after);
        step["who"]!["expression"]!["value"] = """["head@owner","role:finance"]""";
        step["mode"]!["expression"]!["value"] = "All";
        step["rejectLabel"]!["expression"]!["value"] = "";
        step["requiresSignature"] = JsonNode.Parse("""{"expression":{"type":"Literal","value":"False"}}""");
        step["metadata"]!["displayText"] = "处室会签";
        step["help"] = JsonNode.Parse("""{"expression":{"type":"JavaScript","value":"data.name"}}""");

        Assert.Equal(
            [
                "“处室审查”改名为“处室会签”",
                "“处室会签”的“办理人”由“承办处室负责人”改为“承办处室负责人、角色：财务”",
                "“处室会签”的“办理方式”由“或签（一人办理即可）”改为“会签（全部同意）”",
                "“处室会签”的“不同意按钮文字”由“不同意”改为“（空）”",
                "“处室会签”的“需要签名”由“是”改为“否”",
                "“处室会签”的“办理提示”由“（空）”改为“表达式 data.name（JavaScript）”",
            ],
            Words(after).Order(StringComparer.Ordinal).OrderBy(text => Order(text)));
    }

    [Fact]
    public void Added_and_removed_steps_and_connections_are_named()
    {
        var after = Model();
        var root = after["root"]!;
        root["activities"]!.AsArray().RemoveAt(2);
        root["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"c","type":"Approvals.ApprovalStep","name":"审批2","metadata":{"displayText":"局长审批"}}"""));
        root["connections"]![1]!["target"]!["activity"] = "c";

        var changes = Changes(after);

        Assert.Equal(
            ["新增环节“局长审批”（审批环节）", "删除环节“办结”（办结业务件）", "新增连线：“处室审查”（同意）→“局长审批”", "删除连线：“处室审查”（同意）→“办结”"],
            changes.Select(change => change.Text));
        Assert.Equal(["c", "b", null, null], changes.Select(change => change.ActivityId));
    }

    [Fact]
    public void Settings_variables_and_moved_boxes_are_told()
    {
        var after = Model();
        after["name"] = "指挥官聘任";
        after["customProperties"]!["approvals"]!["caseNumberPrefix"] = "JZPR";
        after["options"]!["usableAsActivity"] = true;
        after["variables"]![0]!["typeName"] = "String";
        after["variables"]!.AsArray().Add(JsonNode.Parse("""{"id":"v2","name":"Note"}"""));
        Step(after)["metadata"]!["designer"]!["position"]!["x"] = 300;
        Step(after)["customProperties"] = new JsonObject { ["mergeMode"] = "Converge" };

        Assert.Equal(
            [
                "“处室审查”的“合并方式”由“否”改为“Converge”",
                "“流程名称”由“聘任”改为“指挥官聘任”",
                "“可作为活动使用”由“无”改为“是”",
                "“业务编号前缀”由“JZ”改为“JZPR”",
                "变量“Amount”有修改",
                "新增变量“Note”",
                "1 个环节在图上的位置有变动，不影响办理",
            ],
            Words(after));
    }

    [Fact]
    public void Files_are_compared_field_by_field()
    {
        const string Old = """{"title":"申请表","fields":[{"key":"name","type":"text","label":"姓名"},{"key":"age","type":"number","label":"年龄"}]}""";
        const string New = """{"title":"申请表","fields":[{"key":"name","type":"text","label":"姓名","required":true},{"key":"post","type":"text","label":"职务"}]}""";
        var changes = DesignDifference.Between(
            new ComparedVersion(Model(), new Dictionary<string, string> { ["forms/a.json"] = Old, ["documents/x.json"] = """{"title":"通知"}""" }),
            new ComparedVersion(Model(), new Dictionary<string, string> { ["forms/a.json"] = New, ["dictionaries/d.json"] = "[]" }),
            Registry.Find);

        Assert.Equal(
            ["新增字典“d.json”（dictionaries/d.json）", "删除文书模板“通知”（documents/x.json）", "表单“申请表”（forms/a.json）有修改：新增字段：职务；删除字段：年龄；修改字段：姓名"],
            changes.Select(change => change.Text));
    }

    [Fact]
    public void Whatever_is_changed_in_a_shipped_process_is_seen()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "workflows");
        foreach (var package in ProcessPackage.ReadAll(folder))
        {
            var before = (JsonObject)JsonNode.Parse(package.Json)!;
            foreach (var place in ActivityTree.Walk((JsonObject)before["root"]!).ToList())
            {
                foreach (var key in place.Json.Where(pair => pair.Value is JsonObject wrapped && wrapped.ContainsKey("expression")).Select(pair => pair.Key))
                {
                    var after = (JsonObject)before.DeepClone();
                    var changed = ActivityTree.Walk((JsonObject)after["root"]!).First(one => one.NodeId == place.NodeId);
                    changed.Json[key]!["expression"]!["value"] = "[\"另一个值\"]";
                    var change = Assert.Single(Between(before, after));
                    Assert.Equal(place.Id, change.ActivityId);
                    Assert.Contains("由“", change.Text, StringComparison.Ordinal);
                }
            }
        }
    }

    private static int Order(string text) => text.Contains("改名", StringComparison.Ordinal) ? 0
        : new[] { "办理人", "办理方式", "不同意按钮", "需要签名", "办理提示" }.ToList().FindIndex(one => text.Contains(one, StringComparison.Ordinal)) + 1;

    private static JsonObject Model() => (JsonObject)JsonNode.Parse(Before)!;

    private static JsonObject Step(JsonObject model) => (JsonObject)model["root"]!["activities"]![1]!;

    private static IEnumerable<string> Words(JsonObject after) => Changes(after).Select(change => change.Text);

    private static IReadOnlyList<DesignChange> Changes(JsonObject after) => Between(Model(), after);

    private static IReadOnlyList<DesignChange> Between(JsonObject before, JsonObject after) => DesignDifference.Between(
        new ComparedVersion(before, new Dictionary<string, string>()), new ComparedVersion(after, new Dictionary<string, string>()), Registry.Find);
}
