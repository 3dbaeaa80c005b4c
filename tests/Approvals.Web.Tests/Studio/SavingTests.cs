using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>Saving in the designer: drafts only, cheap, and never over somebody else's work.</summary>
public sealed class SavingTests : IAsyncDisposable
{
    private const string Process = "commander-appointment";

    /// <summary>A product for each test: several change the same process, and their order depends on where the clone lies.</summary>
    private readonly StudioApp studio = new();

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Fact]
    public async Task Opening_a_definition_in_every_way_changes_nothing()
    {
        using var owner = await studio.OwnerAsync();
        using var auditor = await StudioClient.AsAsync(studio.App, StudioClient.Auditor);
        var before = await studio.RowsAsync();
        var audited = await studio.AuditAsync(Process);
        var id = (string)(await owner.OpenAsync(Process))["id"]!;
        foreach (var path in new[]
        {
            $"/workflow-definitions/by-definition-id/{Process}?versionOptions=Latest", $"/workflow-definitions/by-id/{id}",
            $"/workflow-definitions/many-by-id?ids={id}", $"/workflow-definitions/subgraph/{id}", $"/workflow-definitions/{Process}/versions",
            $"/workflow-definitions/subgraph/segments/{id}?childNodeId=Workflow1:Flowchart1:apply", $"/workflow-definitions/{Process}/consumers",
            $"/workflow-definitions/{Process}/export?versionOptions=Latest", "/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10",
            $"/workflow-definitions?versionOptions=AllVersions&DefinitionIds={Process}&OrderBy=Version&OrderDirection=Descending",
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(path)).Status);
        }

        Assert.Equal(before, await studio.RowsAsync());
        Assert.Equal(audited, await studio.AuditAsync(Process));
    }

    [Fact]
    public async Task Saving_over_a_published_version_begins_a_draft_and_later_saves_write_that_one_row_without_an_audit_entry()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("accident-insurance");
        var published = (await studio.VersionsAsync("accident-insurance")).Single();

        opened["description"] = "第一次修改";
        var draft = (await owner.SaveAsync(opened)).Body["workflowDefinition"]!.AsObject();
        Assert.Equal((2, true, false), ((int)draft["version"]!, (bool)draft["isLatest"]!, (bool)draft["isPublished"]!));
        var audited = await studio.AuditAsync("accident-insurance");
        Assert.StartsWith("definition.draft-begun", audited[^1], StringComparison.Ordinal);

        draft["description"] = "第二次修改";
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(draft)).Status);

        var versions = await studio.VersionsAsync("accident-insurance");
        Assert.Equal(2, versions.Count);
        Assert.Equal((published.Hash, true, false), (versions[0].Hash, versions[0].IsPublished, versions[0].IsLatest));
        Assert.Equal(("第二次修改", published.Files), (versions[1].Description, versions[1].Files));
        Assert.Equal(audited, await studio.AuditAsync("accident-insurance"));
    }

    [Fact]
    public async Task A_save_that_changes_nothing_makes_no_version_and_a_repeated_one_is_answered_alike()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("objection-handling");
        Assert.Equal(1, (int)(await owner.SaveAsync(opened)).Body["workflowDefinition"]!["version"]!);

        opened["description"] = "改动";
        var first = (await owner.SaveAsync(opened)).Body["workflowDefinition"]!;
        studio.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = (await owner.SaveAsync(opened)).Body["workflowDefinition"]!;

        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        Assert.Equal(2, (await studio.VersionsAsync("objection-handling")).Count);
    }

    [Fact]
    public async Task A_repeated_creation_makes_one_definition()
    {
        using var owner = await studio.OwnerAsync();
        var created = StudioApp.Chart("", "采购审批", StudioApp.Activity("c067c9650b83405c", "Elsa.Start"));
        created["definitionId"] = null;
        var first = (await owner.SaveAsync(created)).Body["workflowDefinition"]!;
        var again = (await owner.SaveAsync(created)).Body["workflowDefinition"]!;

        Assert.Equal((string)first["definitionId"]!, (string)again["definitionId"]!);
        Assert.False((bool)(await owner.GetAsync("/workflow-definitions/validation/is-name-unique?name=采购审批")).Body["isUnique"]!);
    }

    [Fact]
    public async Task Of_two_owners_who_edit_the_same_draft_the_second_is_told_and_nothing_is_overwritten()
    {
        using var owner = await studio.OwnerAsync();
        using var other = await studio.OtherOwnerAsync();
        var made = StudioApp.Chart("two-owners", "两人同时修改", StudioApp.Activity("a", "Elsa.Finish"));
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(made)).Status);
        var (mine, theirs) = (await owner.OpenAsync("two-owners"), await other.OpenAsync("two-owners"));

        mine["description"] = "沈红的修改";
        theirs["description"] = "王强的修改";
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(mine)).Status);
        studio.App.Clock.Advance(TimeSpan.FromMinutes(2));
        var refused = await other.SaveAsync(theirs);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Matches("该流程已由沈红于 2026-11-23 \\d\\d:\\d\\d 保存为版本 1。您的修改未保存，也没有覆盖任何内容。", refused.Errors);
        Assert.Equal("沈红的修改", (await studio.VersionsAsync("two-owners")).Single().Description);
    }

    [Fact]
    public async Task Of_two_owners_who_edit_the_same_published_version_only_the_first_begins_a_draft()
    {
        using var owner = await studio.OwnerAsync();
        using var other = await studio.OtherOwnerAsync();
        var made = StudioApp.Chart("two-drafts", "两人同时起草", StudioApp.Activity("a", "Elsa.Finish"));
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(made, publish: true)).Status);
        var (mine, theirs) = (await owner.OpenAsync("two-drafts"), await other.OpenAsync("two-drafts"));
        mine["description"] = "甲";
        theirs["description"] = "乙";

        Assert.Equal(HttpStatusCode.OK, (await other.SaveAsync(theirs)).Status);
        var refused = await owner.SaveAsync(mine);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("已由王强于", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["", "乙"], (await studio.VersionsAsync("two-drafts")).Select(row => row.Description ?? ""));
    }

    [Fact]
    public async Task Saves_at_the_very_same_time_leave_one_of_them_and_tell_the_other()
    {
        using var owner = await studio.OwnerAsync();
        using var other = await studio.OtherOwnerAsync();
        var made = StudioApp.Chart("race", "同时保存", StudioApp.Activity("a", "Elsa.Finish"));
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(made)).Status);
        var (mine, theirs) = (await owner.OpenAsync("race"), await other.OpenAsync("race"));
        mine["description"] = "甲";
        theirs["description"] = "乙";

        var answers = await Task.WhenAll(owner.SaveAsync(mine), other.SaveAsync(theirs));

        var kept = Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
        Assert.Single(answers, one => one.Status == HttpStatusCode.BadRequest);
        Assert.Equal((string)kept.Body["workflowDefinition"]!["description"]!, (await studio.VersionsAsync("race")).Single().Description);
    }

    [Fact]
    public async Task A_second_save_of_one_editor_that_overtakes_the_first_ones_answer_is_taken()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("overtaking", "连续保存", StudioApp.Activity("a", "Elsa.Finish"));
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(made, publish: true)).Status);
        var opened = await owner.OpenAsync("overtaking");
        opened["description"] = "一";
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(opened)).Status);
        opened["description"] = "二";
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(opened)).Status);

        studio.App.Clock.Advance(TimeSpan.FromSeconds(6));
        opened["description"] = "另一窗口";
        var refused = await owner.SaveAsync(opened);

        Assert.Contains("您本人在另一窗口", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("二", (await studio.VersionsAsync("overtaking"))[^1].Description);
    }

    [Fact]
    public async Task What_Studio_does_not_know_survives_its_save()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("unknown-properties", "保留", StudioApp.Activity("a", "Elsa.Finish"));
        made["inputs"] = new JsonArray(new JsonObject { ["name"] = "金额", ["type"] = "Decimal", ["defaultValue"] = "1.10" });
        made["extension"] = JsonNode.Parse("""{"kept":1.10}""");
        made["customProperties"]!["approvals"] = new JsonObject { ["isStartable"] = true, ["caseNumberPrefix"] = "CS" };
        await owner.PostAsync("/workflow-definitions/import", made);

        var opened = await owner.OpenAsync("unknown-properties");
        opened.Remove("extension");
        opened["customProperties"]!.AsObject().Remove("approvals");
        opened["inputs"]![0]!.AsObject().Remove("defaultValue");
        opened["description"] = "经设计器保存";
        await owner.SaveAsync(opened);

        var stored = JsonNode.Parse((await studio.VersionsAsync("unknown-properties")).Single().Json)!;
        Assert.Equal("""{"kept":1.10}""", stored["extension"]!.ToJsonString());
        Assert.Equal("1.10", (string)stored["inputs"]![0]!["defaultValue"]!);
        Assert.Equal("CS", (string)stored["customProperties"]!["approvals"]!["caseNumberPrefix"]!);
        Assert.Null(stored["customProperties"]!["approvalsRevision"]);
    }

    [Fact]
    public async Task An_auditor_and_a_foreign_page_save_nothing()
    {
        using var owner = await studio.OwnerAsync();
        using var auditor = await StudioClient.AsAsync(studio.App, StudioClient.Auditor);
        var before = await studio.RowsAsync();
        var opened = await owner.OpenAsync(Process);
        opened["description"] = "越权";
        var body = new JsonObject { ["model"] = opened, ["publish"] = true }.ToJsonString();

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.SaveAsync(opened)).Status);
        foreach (var (path, method) in new[] { ("/retract", "POST"), ("/revert/1", "POST"), ("", "DELETE"), ("/publish", "POST") })
        {
            var answer = await auditor.SendAsync(new HttpMethod(method), $"/workflow-definitions/{Process}{path}");
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        foreach (var site in new[] { "cross-site", "same-site", "none", null })
        {
            var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            var answer = await owner.SendAsync(HttpMethod.Post, "/workflow-definitions", content, site);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }

        var form = new StringContent(body, System.Text.Encoding.UTF8, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await owner.SendAsync(HttpMethod.Post, "/workflow-definitions", form)).Status);
        Assert.Equal(before, await studio.RowsAsync());
        Assert.Equal(0, await studio.App.DatabaseAsync(db => db.Definitions.CountAsync(row => row.Description == "越权")));
    }
}
