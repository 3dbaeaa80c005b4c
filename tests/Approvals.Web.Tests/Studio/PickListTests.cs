using System.Text;
using System.Text.Json.Nodes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>Pick lists of the property panel, as Studio asks for them from its page.</summary>
public sealed class PickListTests(PickListTests.Bureau bureau) : IClassFixture<PickListTests.Bureau>
{
    /// <summary>The demonstration bureau, read only.</summary>
    public sealed class Bureau : IAsyncLifetime
    {
        public TestApp App { get; } = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

        public StudioClient Owner { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Owner = await StudioClient.AsAsync(App, StudioClient.Owner);

        public async ValueTask DisposeAsync()
        {
            Owner.Dispose();
            await App.DisposeAsync();
        }
    }

    [Fact]
    public async Task People_are_picked_in_words()
    {
        var items = await ItemsAsync("Approvals.ApprovalStep", "Who", "checklist", "checkList");
        Assert.Equal("申请人", items["applicant"]);
        Assert.Equal("承办处室负责人", items["head@owner"]);
        Assert.Equal("承办处室分管领导", items["leader@owner"]);
        Assert.Equal("申请人所在单位经办人", items["rep@unit"]);
        Assert.Equal("救援协调处负责人", items["head@section:rescue"]);
        Assert.Equal("角色：公示异议经办", items["role:objection-handler"]);
        Assert.Equal("“单位推荐”环节的办理人", items["decider@recommend"]);
        Assert.DoesNotContain("role:system-admin", items.Keys);
    }

    [Fact]
    public async Task A_stored_value_that_is_not_offered_stays_in_the_list()
    {
        string[] stored = ["head@owner", "role:auditor", "person:3f2504e0-4f89-11d3-9a0c-0305e82c3301", "leader@section:gone", "nonsense"];
        var items = await ItemsAsync("Approvals.ApprovalStep", "Who", "checklist", "checkList", new JsonObject
        {
            ["who"] = Wrapped("Object", new JsonArray([.. stored.Select(one => JsonValue.Create(one))]).ToJsonString()),
        });
        Assert.All(stored, one => Assert.Contains(one, items.Keys));
        Assert.Equal("角色：审计管理员", items["role:auditor"]);
        Assert.Equal("指定人员（已不存在）", items["person:3f2504e0-4f89-11d3-9a0c-0305e82c3301"]);
        Assert.Equal("nonsense（无法识别）", items["nonsense"]);

        var forms = await ItemsAsync("Approvals.FormFilling", "Form", "dropdown", "selectList", new JsonObject
        {
            ["form"] = Wrapped("Literal", "retired-form"),
        });
        Assert.Equal("retired-form（不在列表中）", forms["retired-form"]);
    }

    [Fact]
    public async Task An_expression_is_no_stored_value()
    {
        var items = await ItemsAsync("Approvals.FormFilling", "Form", "dropdown", "selectList", new JsonObject
        {
            ["form"] = Wrapped("JavaScript", "getInput('form')"),
        });
        Assert.DoesNotContain("getInput('form')", items.Keys);
    }

    /// <summary>Studio shows the answer it got for one step in the panels of all steps of the type, and drops what is not in it.</summary>
    [Fact]
    public async Task An_answer_holds_what_every_step_of_the_process_stores_and_is_not_asked_for_again()
    {
        var answer = await AskAsync("Approvals.ApprovalStep", "Who", []);
        Assert.Null(answer["items"]!["Refresh"]);
        var offered = answer["items"]!["checklist"]!["checkList"]!["items"]!.AsArray().Select(item => (string)item!["value"]!).ToList();
        var json = JsonNode.Parse(await bureau.App.DatabaseAsync(db => db.Definitions
            .Where(row => row.DefinitionId == "commander-appointment").Select(row => row.Json).SingleAsync(TestContext.Current.CancellationToken)))!;
        var stored = json["root"]!["activities"]!.AsArray().Where(one => (string)one!["type"]! == "Approvals.ApprovalStep")
            .SelectMany(one => JsonNode.Parse((string)one!["who"]!["expression"]!["value"]!)!.AsArray().Select(who => (string)who!)).Distinct().ToList();
        Assert.NotEmpty(stored);
        Assert.Equal(stored.ToHashSet(), offered.Take(stored.Count).ToHashSet());
    }

    [Fact]
    public async Task Forms_rights_and_templates_are_those_of_the_process_whose_page_is_open()
    {
        var forms = await ItemsAsync("Approvals.ApprovalStep", "Form", "dropdown", "selectList");
        Assert.Contains("application", forms.Keys);
        var rights = await ItemsAsync("Approvals.ApprovalStep", "RightsKey", "dropdown", "selectList");
        Assert.Equal("同“单位推荐”", rights["recommend"]);
        var documents = await ItemsAsync("Approvals.IssueDocument", "Text", "dropdown", "selectList");
        Assert.Equal("培训考核不合格通知书（training-failed）", documents["training-failed"]);
        var rules = await ItemsAsync("Approvals.RuleCheck", "RuleSet", "dropdown", "selectList");
        Assert.Contains("commander-appointment", rules.Keys);
        var processes = await ItemsAsync("Approvals.StartCase", "Process", "dropdown", "selectList");
        Assert.Contains("accident-insurance", processes.Keys);
        Assert.DoesNotContain("commander-appointment", processes.Keys);
        Assert.DoesNotContain("objection-handling", processes.Keys);
    }

    [Fact]
    public async Task Messages_are_those_that_some_process_waits_for_and_specialties_those_of_the_register()
    {
        var waiting = new JsonObject { ["message"] = Wrapped("Literal", "保单已出具") };
        Assert.Contains("保单已出具", (await ItemsAsync("Approvals.SendMessage", "Message", "dropdown", "selectList", waiting)).Keys);

        // Without a process, whose dictionary would count.
        var answer = await bureau.Owner.PostAsync("/descriptors/activities/Approvals.Draw/options/Specialties", new JsonObject { ["context"] = new JsonObject() });
        var specialties = answer.Body["items"]!["checklist"]!["checkList"]!["items"]!.AsArray().Select(item => (string)item!["value"]!).ToList();
        Assert.Equal(
            await bureau.App.DatabaseAsync(db => db.Commanders.Select(row => row.Specialty).Distinct().OrderBy(one => one)
                .ToListAsync(TestContext.Current.CancellationToken)),
            specialties);
        Assert.Contains("hazchem", specialties);
    }

    [Fact]
    public async Task Without_a_page_the_lists_that_need_a_process_are_empty_and_nothing_fails()
    {
        var answer = await bureau.Owner.PostAsync("/descriptors/activities/Approvals.ApprovalStep/options/Form", new JsonObject { ["context"] = new JsonObject() });
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Body["items"]!["dropdown"]!["selectList"]!["items"]!.AsArray());
    }

    [Fact]
    public async Task An_auditor_reads_the_lists_too()
    {
        using var auditor = await StudioClient.AsAsync(bureau.App, StudioClient.Auditor);
        var answer = await auditor.PostAsync("/descriptors/activities/Approvals.ApprovalStep/options/Who", new JsonObject { ["context"] = new JsonObject() });
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task The_editor_of_expressions_knows_the_fields_of_the_form()
    {
        var answer = await bureau.Owner.PostAsync("/scripting/javascript/type-definitions/commander-appointment", new JsonObject
        {
            ["workflowDefinitionId"] = "commander-appointment", ["activityTypeName"] = "Elsa.FlowDecision", ["propertyName"] = "Condition",
        });
        Assert.Equal("application/x-typescript", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("commandHistory?: {", answer.Text, StringComparison.Ordinal);
        Assert.Contains("specialtyName?: string;", answer.Text, StringComparison.Ordinal);
        Assert.Contains("declare const caseNumber: string;", answer.Text, StringComparison.Ordinal);
        Assert.Contains("declare function getVariable(name: string): any;", answer.Text, StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, string>> ItemsAsync(string type, string input, string hint, string list, JsonObject? inputs = null) =>
        (await AskAsync(type, input, inputs ?? []))["items"]![hint]![list]!["items"]!.AsArray()
        .ToDictionary(item => (string)item!["value"]!, item => (string)item!["text"]!);

    private async Task<JsonNode> AskAsync(string type, string input, JsonObject inputs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/descriptors/activities/{type}/options/{input}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Referrer = new Uri("http://localhost/studio/workflows/definitions/commander-appointment/edit");
        request.Content = new StringContent(new JsonObject { ["context"] = inputs }.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await bureau.Owner.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static JsonObject Wrapped(string type, string value) => new()
    {
        ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value }, ["memoryReference"] = null,
    };
}
