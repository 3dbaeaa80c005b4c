using System.Text.Json.Nodes;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing.Checks;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Processes.Designing;

/// <summary>What keeps a process from being published, each said at its activity.</summary>
public sealed class DesignChecksTests
{
    private const string Form =
        """{"title":"申请表","fields":[{"key":"name","type":"text","label":"姓名"},{"key":"amount","type":"money","label":"金额"}],"rights":{"审批":{"*":"read"}}}""";

    private static readonly ActivityRegistry Registry = new(typeof(ProcessServices).Assembly);
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly OrgUnit rescue = new() { Code = "rescue", Name = "救援协调处", Kind = OrgUnitKind.Section, Specialties = "hazchem" };
    private readonly OrgUnit empty = new() { Code = "empty", Name = "筹备处", Kind = OrgUnitKind.Section };
    private readonly OrgUnit closed = new() { Code = "closed", Name = "原审批处", Kind = OrgUnitKind.Section, ClosedOn = new(2026, 1, 1) };
    private readonly Person head = new() { Name = "王强" };
    private readonly Person gone = new() { Name = "离职者", IsActive = false };

    [Fact]
    public void A_process_in_order_has_no_findings() => Assert.Empty(Errors(Process(Step("审批", """["head@owner"]"""))));

    [Theory]
    [InlineData("""["role:nobody-knows"]""", "“部门审批”（审批）：“办理人”中的“role:nobody-knows”无法识别，没有这样的角色、处室或岗位。")]
    [InlineData("""["head@section:nowhere"]""", "“部门审批”（审批）：“办理人”找不到人：处室“nowhere”不存在或已撤销。")]
    [InlineData("""["head@section:closed"]""", "“部门审批”（审批）：“办理人”找不到人：处室“原审批处”不存在或已撤销。")]
    [InlineData("""["head@section:empty"]""", "“部门审批”（审批）：“办理人”找不到人：筹备处没有在任的负责人。")]
    [InlineData("""["leader@owner"]""", "“部门审批”（审批）：“办理人”找不到人：救援协调处没有在任的分管领导。")]
    [InlineData("""["role:finance"]""", "“部门审批”（审批）：“办理人”找不到人：没有人担任“财务”。")]
    [InlineData("""["person:019aa000-0000-7000-8000-000000000001"]""", "“部门审批”（审批）：“办理人”找不到人：指定的人员不存在或已停用。")]
    [InlineData("""["decider@elsewhere"]""", "“部门审批”（审批）：“办理人”引用的环节“elsewhere”不在本流程中。")]
    [InlineData("[]", "“部门审批”（审批）：没有设置“办理人”。")]
    public void A_step_that_can_resolve_to_nobody_is_refused(string who, string message) =>
        Assert.Equal([message], Errors(Process(Step("审批", who))));

    [Fact]
    public void Of_several_people_one_suffices_unless_all_must_act()
    {
        const string Who = """["head@owner","role:finance"]""";
        Assert.Empty(Errors(Process(Step("审批", Who))));
        Assert.Equal(
            ["“部门审批”（审批）：“办理人”找不到人：没有人担任“财务”。"],
            Errors(Process(Step("审批", Who, ("mode", Literal("All"))))));
    }

    [Fact]
    public void People_given_by_an_expression_and_relative_to_the_applicant_are_left_to_the_case()
    {
        var byScript = Step("审批", "[]");
        byScript["who"] = Wrapped("JavaScript", "getInput('handlers')");
        Assert.Empty(Errors(Process(byScript)));
        Assert.Empty(Errors(Process(Step("审批", """["rep@unit"]"""))));
    }

    [Fact]
    public void What_an_activity_names_must_be_there()
    {
        Assert.Equal(
            ["“部门审批”（审批）：“表单”选择的表单“nowhere”不存在。"],
            Errors(Process(Step("审批", """["head@owner"]""", ("form", Literal("nowhere"))))));
        Assert.Equal(
            ["“核查”：“规则集”选择的规则集“unknown-rules”不存在。"],
            Errors(Process(Activity("核查", "Approvals.RuleCheck", ("ruleSet", Literal("unknown-rules"))))));
        Assert.Equal(
            ["“发文”：“文书模板”选择的文书模板“letter”不存在。"],
            Errors(Process(Activity("发文", "Approvals.IssueDocument", ("text", Literal("letter"))))));
        Assert.Equal(
            ["“后续”：“流程”选择的已发布的流程“unknown-process”不存在。"],
            Errors(Process(Activity("后续", "Approvals.StartCase", ("process", Literal("unknown-process"))))));
    }

    [Fact]
    public void The_term_of_an_appointment_is_the_regulation_s_and_no_drawing_s()
    {
        foreach (var years in new[] { Literal("3"), Wrapped("JavaScript", "3") })
        {
            Assert.Equal(
                ["“发证”：聘任证书的任期由法规参数“技术指挥官每届任期”规定（办法第十四条），请清空“有效期（年）”。"],
                Errors(Process(Activity("发证", "Approvals.IssueCertificate", ("kind", Literal("Appointment")), ("years", years.DeepClone())))));
            Assert.Empty(Errors(Process(Activity("发证", "Approvals.IssueCertificate", ("kind", Literal("Training")), ("years", years.DeepClone())))));
        }

        Assert.Empty(Errors(Process(Activity("发证", "Approvals.IssueCertificate", ("kind", Literal("Appointment")), ("years", Literal(""))))));
    }

    [Fact]
    public void The_correlation_of_a_case_is_the_case_and_no_drawing_s()
    {
        const string Activity = "“关联”：业务件流程的关联编号就是业务件本身，不能更改，请删除此活动。";
        const string Script = "“输出”：业务件流程的关联编号就是业务件本身，表达式不能用 setCorrelationId 更改。";
        const string Child = "“执行”：业务件启动的流程也在该业务件上运行，请清空“关联编号”。";
        var correlate = Process(DesignChecksTests.Activity("关联", "Elsa.Correlate", ("correlationId", Literal("C-1"))));
        var script = Process(DesignChecksTests.Activity("输出", "Elsa.WriteLine", ("text", Wrapped("JavaScript", "setCorrelationId('C-1')"))));
        var child = Process(DesignChecksTests.Activity(
            "执行", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("other")), ("correlationId", Literal("C-1"))));
        Assert.Equal([Activity], Errors(correlate));
        Assert.Equal([Script], Errors(script));
        Assert.Equal([Child], Errors(child));

        // On another's case it is the same; where no activity needs a case, an id may be given.
        foreach (var design in new[] { correlate, script, child })
            design["customProperties"]!["approvals"] = new JsonObject();
        Assert.Equal([Activity, Script, Child], new[] { correlate, script, child }.SelectMany(design => Errors(design)));
        foreach (var design in new[] { correlate, script, child })
            design["root"]!["activities"]![2]!["type"] = "Elsa.WriteLine";
        Assert.Empty(new[] { correlate, script, child }.SelectMany(design => Errors(design)));
    }

    [Fact]
    public void A_decision_without_a_way_on_is_refused_unless_it_cannot_be_taken()
    {
        var design = Process(Step("审批", """["head@owner"]"""));
        design["root"]!["connections"]!.AsArray().RemoveAt(2);
        Assert.Equal(["“部门审批”（审批）：出口“不同意”没有连线，走到这里流程就停下了。"], Errors(design));

        design["root"]!["activities"]![1]!["rejectLabel"] = Literal("");
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void Several_at_once_are_not_allowed_where_the_signature_makes_a_certificate_unless_somebody_signs_between()
    {
        var design = Process(Step("审批", """["head@owner"]""", ("canBatch", Literal("True"))));
        Assert.Empty(Errors(design));

        // 审批 → 发证 → the end.
        var activities = design["root"]!["activities"]!.AsArray();
        activities.Add(Activity("发证", "Approvals.IssueCertificate"));
        var connections = design["root"]!["connections"]!.AsArray();
        var approved = connections.Single(one => one!["source"]!["port"]?.ToString() == "同意")!;
        var end = approved["target"]!["activity"]!.ToString();
        approved["target"]!["activity"] = "发证";
        connections.Add(Connection("发证", "Done", end));
        Assert.Contains("“部门审批”（审批）：同意后直接到“发证”，产生聘任、证书、保险或应付的环节不能允许批量同意。", Errors(design));

        activities.Add(Step("复核", """["head@owner"]"""));
        approved["target"]!["activity"] = "复核";
        connections.Add(Connection("复核", "同意", "发证"));
        connections.Add(Connection("复核", "不同意", end));
        Assert.DoesNotContain(Errors(design), error => error.Contains("批量同意", StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_that_leads_nowhere_is_refused()
    {
        var design = Process(Step("审批", """["head@owner"]"""));
        design["root"]!["connections"]!.AsArray().RemoveAt(0);
        Assert.Equal(["“开始”：没有连线到下一个活动，流程一开始就会结束。"], Errors(design));
    }

    [Fact]
    public void What_cannot_run_is_refused_at_its_activity()
    {
        Assert.Equal(["活动“旧环节”的类型“Approvals.Abolished”不存在。"], Errors(Process(Activity("旧环节", "Approvals.Abolished"))));
        Assert.Contains(
            "“输出”的“文本”表达式无效", Assert.Single(Errors(Process(Activity("输出", "Elsa.WriteLine", ("text", Wrapped("JavaScript", "1 +")))))),
            StringComparison.Ordinal);

        var loop = Process(Activity("循环", "Elsa.WriteLine"));
        loop["root"]!["connections"]!.AsArray().Add(Connection("循环", "Done", "循环"));
        Assert.Equal(["从“循环”回到“循环”的循环中没有会等待的活动，流程将无法停下。"], Errors(loop));

        var loose = Process(Step("审批", """["head@owner"]"""));
        loose["root"]!["connections"]!.AsArray().Add(Connection("审批", "Done", "消失"));
        Assert.Equal(["连线“审批 → 消失”指向不存在的活动“消失”。"], Errors(loose));
    }

    [Fact]
    public void A_field_that_the_form_lacks_is_refused_in_settings_and_expressions()
    {
        var settings = Process(Step("审批", """["head@owner"]"""));
        settings["customProperties"]!["approvals"]!["subjectField"] = "nobody";
        Assert.Equal(["发起表单“申请表”（application）没有标题字段“nobody”（subjectField）。"], Errors(settings));

        Assert.Empty(Errors(Process(Activity("输出", "Elsa.WriteLine", ("text", Wrapped("JavaScript", "data.amount > 5 ? unitData.x : data.name"))))));
        Assert.Equal(
            ["“输出”：表达式引用了表单中没有的字段“amout”。"],
            Errors(Process(Activity("输出", "Elsa.WriteLine", ("text", Wrapped("Liquid", "{{ data.amout }}"))))));
    }

    [Fact]
    public void Settings_must_fit_the_process()
    {
        var settings = Process(Step("审批", """["head@section:rescue"]"""));
        settings["customProperties"]!["approvals"] = JsonNode.Parse(
            """{"isStartable":true,"startForm":"missing","startActivity":"审批","ownerSection":"closed"}""");
        Assert.Equal(
            ["发起表单“missing”不存在。", "发起环节“审批”（startActivity）不是本流程的填写表单环节。", "承办处室“closed”（ownerSection）不存在或已撤销。"],
            Errors(settings));
    }

    [Fact]
    public void A_damaged_form_or_document_text_is_refused_with_its_path()
    {
        var files = new Dictionary<string, string> { ["forms/application.json"] = Form, ["documents/letter.json"] = """{"titel":"错"}""" };
        Assert.StartsWith("documents/letter.json：文书模板格式有误", Assert.Single(Errors(Process(Step("审批", """["head@owner"]""")), files)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_text_whose_template_cannot_be_read_is_refused_with_its_path()
    {
        foreach (var part in new[] { """ "paragraphs":["{% if name %}您好"] """, """ "table":{"columns":[],"rows":[["{{ name "]]} """ })
        {
            var files = new Dictionary<string, string>
            {
                ["forms/application.json"] = Form, ["documents/letter.json"] = """{"title":"通知 {{ number }}",""" + part + "}",
            };
            Assert.StartsWith(
                "documents/letter.json：文书模板有误：", Assert.Single(Errors(Process(Step("审批", """["head@owner"]""")), files)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_probably_not_meant_is_only_warned_of()
    {
        var design = Process(Step("审批", """["head@owner"]"""));
        design["root"]!["activities"]!.AsArray().Add(Activity("孤立", "Elsa.WriteLine"));
        design["root"]!["activities"]![1]!["rightsKey"] = Literal("复核");
        var findings = Findings(design);
        Assert.Equal(
            ["没有连线通到“孤立”，它不会被执行。", "“部门审批”（审批）：表单“申请表”（application）没有规定“复核”的字段权限，将按其他环节的权限办理。"],
            findings.Select(finding => finding.Message));
        Assert.DoesNotContain(findings, finding => finding.IsError);
    }

    [Fact]
    public void Processes_that_start_each_other_in_a_circle_are_warned_of()
    {
        var design = Process(Activity("后续", "Approvals.StartCase", ("process", Literal("next"))));
        Assert.DoesNotContain(FindingsAmong(design, ("next", "last")), finding => finding.Code == "circle");
        var circle = Assert.Single(FindingsAmong(design, ("next", "last"), ("last", "checked"), ("last", "next")), finding => finding.Code == "circle");
        Assert.Equal(
            ("后续", false, "“后续”：流程“next”又会启动本流程；如果其间没有等待的环节，将循环不止。"),
            (circle.ActivityId, circle.IsError, circle.Message));
    }

    [Fact]
    public void A_fork_drawn_from_its_branches_needs_no_line_from_its_unnamed_port()
    {
        var design = Process(Activity("并行", "Elsa.FlowFork", ("branches", Wrapped("Object", """["甲"]"""))));
        Assert.Empty(Findings(design));
        design["root"]!["connections"]![1]!["source"]!["port"] = "甲";
        Assert.Empty(Findings(design));
    }

    [Fact]
    public void Without_an_organisation_people_are_not_looked_for() =>
        Assert.Empty(DesignChecks.Errors(DesignChecks.Find(Design(Process(Step("审批", """["head@section:nowhere"]""")), null, null))));

    private IReadOnlyList<string> Errors(JsonObject process, Dictionary<string, string>? files = null) =>
        DesignChecks.Errors(Findings(process, files));

    private IReadOnlyList<DesignFinding> Findings(JsonObject process, Dictionary<string, string>? files = null) =>
        DesignChecks.Find(Design(process, files, Organisation()));

    private IReadOnlyList<DesignFinding> FindingsAmong(JsonObject process, params (string Process, string Starts)[] others)
    {
        var design = Design(process, null, Organisation());
        return DesignChecks.Find(design with
        {
            World = design.World with { Starts = others.ToLookup(pair => pair.Process, pair => pair.Starts) },
        });
    }

    private static CheckedDesign Design(JsonObject process, Dictionary<string, string>? files, OrganisationSnapshot? organisation) => new(
        new WorkflowCompiler().Compile(WorkflowDefinition.FromJson((JsonObject)process.DeepClone()), Registry),
        ProcessSettings.Read(process.ToJsonString()),
        files ?? new Dictionary<string, string> { ["forms/application.json"] = Form },
        new DesignWorld(new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), Today, organisation));

    private OrganisationSnapshot Organisation() => new(
        [rescue, empty, closed],
        [new Position { PersonId = head.Id, OrgUnitId = rescue.Id, Kind = PositionKind.Head, Title = "处长", From = new(2020, 1, 1) }],
        [new RoleAssignment { PersonId = gone.Id, Role = Roles.Finance }],
        new Dictionary<Guid, Person> { [head.Id] = head, [gone.Id] = gone });

    /// <summary>Start, the activity, its approval and refusal both to the end of the case.</summary>
    private static JsonObject Process(JsonObject activity)
    {
        var id = (string)activity["id"]!;
        var ports = (string)activity["type"]! == "Approvals.ApprovalStep" ? new[] { "同意", "不同意" } : ["Done"];
        return new JsonObject
        {
            ["definitionId"] = "checked",
            ["name"] = "受检流程",
            ["customProperties"] = new JsonObject
            {
                ["approvals"] = new JsonObject { ["startForm"] = "application", ["ownerSection"] = "rescue", ["subjectField"] = "name" },
            },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["activities"] = new JsonArray(Activity("开始", "Elsa.Start"), activity, Activity("办结", "Approvals.CloseCase")),
                ["connections"] = new JsonArray(
                    [Connection("开始", "Done", id), .. ports.Select(port => Connection(id, port, "办结"))]),
            },
        };
    }

    private static JsonObject Step(string id, string who, params (string Name, JsonNode? Value)[] inputs)
    {
        var step = Activity(id, "Approvals.ApprovalStep", [("who", Wrapped("Object", who)), .. inputs]);
        step["metadata"] = new JsonObject { ["displayText"] = "部门审批" };
        return step;
    }

    private static JsonObject Activity(string id, string type, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
            activity[name] = value;
        return activity;
    }

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    private static JsonObject Literal(string value) => Wrapped("Literal", value);

    private static JsonObject Wrapped(string type, string value) =>
        new() { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
