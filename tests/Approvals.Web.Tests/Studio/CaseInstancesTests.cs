using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>Instances of real applications: found by their numbers, shown without their people's data, ended with their case.</summary>
public sealed class CaseInstancesTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_owner_finds_a_case_by_number_and_sees_its_structure_but_nobodys_data()
    {
        using var owner = await studio.OwnerAsync();
        var found = await SubmittedAsync();
        var list = await owner.PostAsync("/workflow-instances", new JsonObject { ["searchTerm"] = found.Number });
        var line = Assert.Single(list.Body["items"]!.AsArray())!;
        Assert.Equal((found.Number, found.InstanceId.ToString(), "Suspended"), ((string)line["name"]!, (string)line["id"]!, (string)line["subStatus"]!));

        var everything = string.Concat(
            (await owner.GetAsync($"/workflow-instances/{found.InstanceId}")).Text,
            (await owner.GetAsync($"/workflow-instances/{found.InstanceId}/journal")).Text,
            (await owner.GetAsync($"/workflow-instances/{found.InstanceId}/variables")).Text,
            (await owner.GetAsync($"/workflow-instances/{found.InstanceId}/export")).Text,
            (await owner.GetAsync($"/activity-executions/list?workflowInstanceId={found.InstanceId}")).Text);
        Assert.Contains("Workflow1:Flowchart1:recommend", everything, StringComparison.Ordinal);
        Assert.Contains("●●●", everything, StringComparison.Ordinal);
        foreach (var personal in new[] { "11010119800307103", "13800000001", "刘志强" })
            Assert.DoesNotContain(personal, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_read_the_case_sees_what_the_workflow_was_told()
    {
        using var auditor = await StudioClient.AsAsync(studio.App, StudioClient.Auditor);
        var found = await SubmittedAsync();
        var view = await auditor.GetAsync($"/workflow-instances/{found.InstanceId}");
        Assert.Equal(found.Number, (string?)view.Body["workflowState"]!["input"]!["caseNumber"]);
    }

    [Fact]
    public async Task An_auditor_reads_and_ends_nothing()
    {
        using var auditor = await StudioClient.AsAsync(studio.App, StudioClient.Auditor);
        var found = await SubmittedAsync();
        Assert.Equal(HttpStatusCode.OK, (await auditor.PostAsync("/workflow-instances", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.OK, (await auditor.PostAsync($"/workflow-instances/{found.InstanceId}/journal", new JsonObject())).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await auditor.PostAsync("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = found.InstanceId.ToString() })).Status);
        foreach (var path in new[] { $"/cancel/workflow-instances/{found.InstanceId}", "/bulk-actions/cancel/workflow-instances", "/alterations/workflows/retry" })
            Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync(path, new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.DeleteAsync($"/workflow-instances/{found.InstanceId}")).Status);
        Assert.Equal(CaseStatus.Running, await StatusAsync(found.Id));
    }

    [Fact]
    public async Task Ending_an_instance_ends_its_case_closes_its_tasks_and_tells_the_applicant()
    {
        using var owner = await studio.OwnerAsync();
        var found = await SubmittedAsync();
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync($"/cancel/workflow-instances/{found.InstanceId}")).Status);
        Assert.Equal(CaseStatus.Withdrawn, await StatusAsync(found.Id));
        Assert.Equal(0, await studio.App.DatabaseAsync(db => db.Tasks.CountAsync(task => task.CaseId == found.Id && task.State == TaskState.Open, Stop)));
        Assert.True(await studio.App.DatabaseAsync(db => db.Notifications.AnyAsync(line => line.PersonId == found.ApplicantId && line.Text.Contains("终止办理"), Stop)));
        Assert.True(await studio.App.DatabaseAsync(db => db.AuditEntries.AnyAsync(
            one => one.Action == "instance.cancelled" && one.SubjectId == found.InstanceId.ToString(), Stop)));
    }

    [Fact]
    public async Task A_refusal_is_in_the_language_of_the_page()
    {
        using var owner = await studio.OwnerAsync();
        var chinese = await owner.PostAsync("/bulk-actions/import/workflow-instances");
        owner.Client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");
        var english = await owner.PostAsync("/bulk-actions/import/workflow-instances");
        var missing = await owner.GetAsync($"/workflow-instances/{Guid.NewGuid()}");

        Assert.Equal((HttpStatusCode.BadRequest, "流程实例是办理记录，不能导入。"), (chinese.Status, (string?)chinese.Body["message"]));
        Assert.Equal((HttpStatusCode.BadRequest, "Process instances are records of what was done and cannot be imported."), (english.Status, (string?)english.Body["message"]));
        Assert.Equal((HttpStatusCode.NotFound, "Not found."), (missing.Status, (string?)missing.Body["message"]));
    }

    [Fact]
    public async Task A_sub_process_that_is_waited_for_is_ended_only_after_what_follows_was_shown()
    {
        using var owner = await studio.OwnerAsync();
        var found = await SubmittedAsync();
        var child = await WaitedForAsync(found);

        var asked = await owner.PostAsync($"/cancel/workflow-instances/{child}");
        var bulk = await owner.PostAsync("/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(child.ToString()) });

        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains($"这是业务件 {found.Number} 的子流程“公示异议处理”。终止后，主流程“技术指挥官聘任”不再等它，将从“单位推荐”按出口“Done”继续办理", (string)asked.Body["message"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)asked.Body["confirm"]!);
        Assert.Equal(HttpStatusCode.BadRequest, bulk.Status);

        using var administrator = await studio.App.SignedInAsync("xitong");
        var page = await administrator.GetAsync("/admin/incidents");
        Assert.Contains("主流程“技术指挥官聘任”不再等它", page.Text);
        var form = page.Form("name=\"confirmation\"");
        var refused = await administrator.PostAsync(form.Set("reason", "不再核查"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("终止会使主流程继续办理，请先确认。", refused.Text);
        Assert.Contains("value=\"不再核查\"", refused.Text);
        Assert.Contains("终止办理须写明原因。", (await administrator.PostAsync(form.Set("reason", ""))).Text);
        var stale = await administrator.PostAsync(form.Set("reason", "不再核查").Set("confirmation", "of something else"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("情况已经变化，未终止。请看清上面的说明，再次确认。", stale.Text);
        Assert.Equal("Running", await studio.App.DatabaseAsync(db => db.Instances.Where(row => row.Id == child).Select(row => row.Status).SingleAsync(Stop)));
    }

    /// <summary>As if a step of the case had started another process and waited for it, which has stopped at a fault.</summary>
    private Task<Guid> WaitedForAsync(Case found) => studio.App.DatabaseAsync(async db =>
    {
        var version = await db.Definitions.SingleAsync(row => row.DefinitionId == "objection-handling" && row.IsPublished, Stop);
        var now = studio.App.Clock.GetUtcNow();
        var bookmark = new WorkflowBookmarkRow
        {
            Id = Guid.CreateVersion7(), InstanceId = found.InstanceId!.Value, ActivityId = "recommend", NodeId = "recommend", ActivityRunId = Guid.NewGuid(),
            Kind = "Child", CreatedAt = now,
        };
        var child = new WorkflowInstanceRow
        {
            DefinitionId = version.DefinitionId, DefinitionVersionId = version.Id, Version = version.Version, CaseId = found.Id,
            ParentInstanceId = found.InstanceId, ParentBookmarkId = bookmark.Id, Status = "Running", SubStatus = "Suspended", State = "{}",
            CreatedAt = now, UpdatedAt = now,
        };
        var incident = new WorkflowIncidentRow
        {
            Id = Guid.CreateVersion7(), InstanceId = child.Id, ActivityId = "investigate", NodeId = "investigate", Message = "故障", At = now,
        };
        db.AddRange(bookmark, child, incident);
        await db.SaveChangesAsync(Stop);
        return child.Id;
    });

    [Fact]
    public async Task The_history_of_a_case_cannot_be_deleted_and_a_version_is_not_ended_at_once()
    {
        using var owner = await studio.OwnerAsync();
        var found = await SubmittedAsync();
        await owner.PostAsync($"/cancel/workflow-instances/{found.InstanceId}");
        var refused = await owner.DeleteAsync($"/workflow-instances/{found.InstanceId}");
        Assert.Contains("不能删除", refused.Errors, StringComparison.Ordinal);

        var other = await SubmittedAsync();
        var version = await studio.App.DatabaseAsync(db => db.Instances.Where(row => row.Id == other.InstanceId).Select(row => row.DefinitionVersionId).SingleAsync(Stop));
        var whole = await owner.PostAsync("/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = null, ["definitionVersionId"] = version });
        Assert.Equal(HttpStatusCode.BadRequest, whole.Status);
        Assert.Equal(CaseStatus.Running, await StatusAsync(other.Id));
    }

    [Fact]
    public async Task Lists_filter_sort_and_page()
    {
        using var owner = await studio.OwnerAsync();
        var first = await SubmittedAsync();
        var second = await SubmittedAsync();
        Task<StudioAnswer> ListAsync(string filter) => owner.PostAsync("/workflow-instances", JsonNode.Parse(filter));
        string[] Ids(StudioAnswer answer) => [.. answer.Body["items"]!.AsArray().Select(one => (string)one!["id"]!)];
        var ours = """ "definitionIds":["commander-appointment"],"statuses":["Running"],"subStatuses":["Suspended"] """;

        var newest = await ListAsync($$"""{ {{ours}},"orderBy":"Created","orderDirection":"Descending","page":0,"pageSize":1}""");
        var oldest = await ListAsync($$"""{ {{ours}},"orderBy":"Created","orderDirection":"Ascending","page":0,"pageSize":200}""");
        Assert.Equal(second.InstanceId.ToString(), Assert.Single(Ids(newest)));
        Assert.True((int)newest.Body["totalCount"]! >= 2);
        Assert.Equal(Ids(oldest).Length, (int)oldest.Body["totalCount"]!);
        Assert.Contains(first.InstanceId.ToString(), Ids(oldest));
        Assert.Empty(Ids(await ListAsync("""{"status":"Running","version":77}""")));
        Assert.Empty(Ids(await ListAsync("""{"isSystem":true}""")));
        Assert.Equal([first.InstanceId.ToString()], Ids(await ListAsync($$"""{"correlationId":"{{first.Id}}"}""")));
        Assert.Equal([first.InstanceId.ToString()], Ids(await ListAsync($$"""{"searchTerm":"{{first.InstanceId}}"}""")));
        Assert.Empty(Ids(await ListAsync("""{"timestampFilters":[{"column":"CreatedAt","operator":"GreaterThan","timestamp":"2030-01-01T00:00:00Z"}]}""")));
        Assert.NotEmpty(Ids(await ListAsync("""{"timestampFilters":[{"column":"CreatedAt","operator":"LessThanOrEqual","timestamp":"2030-01-01T00:00:00Z"}]}""")));
        foreach (var order in new[] { "LastExecuted", "Finished", "Name" })
            Assert.Equal(HttpStatusCode.OK, (await ListAsync($$"""{"orderBy":"{{order}}","pageSize":5}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/workflow-instances?page=0&pageSize=10&hasIncidents=False")).Status);
    }

    [Fact]
    public async Task Rounds_after_going_back_are_counted_and_withdrawn_runs_do_not_look_busy()
    {
        using var owner = await studio.OwnerAsync();
        using var representative = await studio.App.SignedInAsync("chenguihua");
        var found = await SubmittedAsync();
        var task = await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(studio.App, found.Id)}");
        await representative.PostAsync(Applications.Decision(task, "Return", "请补充").Set("ReturnTo", "apply"));
        var report = await owner.PostAsync("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = found.InstanceId.ToString() });
        var badges = report.Body["stats"]!.AsArray().ToDictionary(one => (string)one!["activityId"]!);
        Assert.Equal((2, true), ((int)badges["apply"]!["startedCount"]!, (bool)badges["apply"]!["isBlocked"]!));
        Assert.False((bool)badges["recommend"]!["isBlocked"]!);
    }

    private async Task<Case> SubmittedAsync()
    {
        using var applicant = await studio.App.SignedInAsync("liuzhiqiang");
        var id = await Applications.SubmittedAsync(applicant);
        return await studio.App.DatabaseAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == id, Stop));
    }

    private Task<CaseStatus> StatusAsync(Guid id) => studio.App.DatabaseAsync(db => db.Cases.Where(row => row.Id == id).Select(row => row.Status).SingleAsync(Stop));
}
