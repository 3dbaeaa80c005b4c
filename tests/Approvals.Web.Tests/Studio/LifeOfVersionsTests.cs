using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>Publishing, retracting, reverting, deleting and what each leaves behind.</summary>
public sealed class LifeOfVersionsTests : IAsyncDisposable
{
    private const string Process = "commander-appointment";

    /// <summary>A product for each test: several change the same process, and their order depends on where the clone lies.</summary>
    private readonly StudioApp studio = new();

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Fact]
    public async Task A_case_stays_on_its_version_and_keeps_it_from_being_deleted()
    {
        using var owner = await studio.OwnerAsync();
        using var applicant = await studio.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var opened = await owner.OpenAsync(Process);
        var first = (string)opened["id"]!;
        opened["description"] = "新版本";

        var published = await owner.SaveAsync(opened, publish: true);
        Assert.True(published.Status == HttpStatusCode.OK, published.Text);
        var second = (string)published.Body["workflowDefinition"]!["id"]!;

        Assert.Equal(first, await studio.App.DatabaseAsync(db => db.Cases.Where(one => one.Id == caseId).Select(one => one.DefinitionVersionId).SingleAsync()));
        Assert.NotEqual(first, second);
        Assert.Contains("有 1 件业务（含草稿），不能删除", (await owner.DeleteAsync($"/workflow-definition-versions/{first}")).Errors, StringComparison.Ordinal);
        Assert.Contains("有 1 件业务（含草稿），不能删除", (await owner.DeleteAsync($"/workflow-definitions/{Process}")).Errors, StringComparison.Ordinal);
        Assert.Contains("已发布，不能删除", (await owner.DeleteAsync($"/workflow-definition-versions/{second}")).Errors, StringComparison.Ordinal);
        var bulk = await owner.PostAsync("/bulk-actions/delete/workflow-definitions/by-id", new JsonObject { ["ids"] = new JsonArray(first, second) });
        Assert.Equal(2, bulk.Errors.Split('\n').Length);
        Assert.Equal(2, (await studio.VersionsAsync(Process)).Count);

        var draft = await Applications.DraftAsync(applicant);
        Assert.Equal(HttpStatusCode.OK, draft.Status);
        Assert.Equal(second, await studio.App.DatabaseAsync(db => db.Cases.Where(one => one.Id != caseId).Select(one => one.DefinitionVersionId).SingleAsync()));
        var entry = (await studio.AuditAsync(Process))[^1];
        Assert.StartsWith("definition.published", entry, StringComparison.Ordinal);
        Assert.Contains((await studio.VersionsAsync(Process))[1].Hash, entry, StringComparison.Ordinal);
        Assert.Contains("在设计器中发布", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retracted_version_keeps_its_content_and_the_next_save_begins_another()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("objection-handling");
        Assert.Contains("正被已发布的流程使用", (await RefusedWhenUsedAsync(owner)).Errors, StringComparison.Ordinal);

        var made = StudioApp.Chart("retracted", "撤下", StudioApp.Activity("a", "Elsa.Finish"));
        await owner.SaveAsync(made, publish: true);
        var answer = await owner.PostAsync("/workflow-definitions/retracted/retract", new JsonObject());
        Assert.Equal((1, false), ((int)answer.Body["version"]!, (bool)answer.Body["isPublished"]!));
        opened = await owner.OpenAsync("retracted");
        opened["description"] = "撤下后修改";
        Assert.Equal(2, (int)(await owner.SaveAsync(opened)).Body["workflowDefinition"]!["version"]!);

        Assert.Equal(["", "撤下后修改"], (await studio.VersionsAsync("retracted")).Select(row => row.Description ?? ""));
        Assert.Contains(await studio.AuditAsync("retracted"), one => one.StartsWith("definition.retracted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reverting_makes_a_draft_and_loses_neither_version_nor_files()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("accident-insurance");
        var name = (string)opened["name"]!;
        opened["name"] = "改名";
        var saved = await owner.SaveAsync(opened, publish: true);
        Assert.True(saved.Status == HttpStatusCode.OK, saved.Text);

        var reverted = await owner.PostAsync("/workflow-definitions/accident-insurance/revert/1");
        Assert.Equal((HttpStatusCode.Created, 3, name), (reverted.Status, (int)reverted.Body["version"]!, (string)reverted.Body["name"]!));
        await owner.PostAsync("/workflow-definitions/accident-insurance/revert/1");

        var versions = await studio.VersionsAsync("accident-insurance");
        Assert.Equal([name, "改名", name], versions.Select(row => row.Name));
        Assert.Equal(versions[0].Files, versions[2].Files);
        Assert.Equal((false, true, false), (versions[0].IsPublished, versions[1].IsPublished, versions[2].IsPublished));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/workflow-definition-versions/{versions[2].Id}")).Status);
        Assert.True((await studio.VersionsAsync("accident-insurance"))[^1].IsLatest);
    }

    [Fact]
    public async Task Importing_what_is_here_begins_a_draft_with_the_files_and_settings_of_the_process()
    {
        using var owner = await studio.OwnerAsync();
        var exported = JsonNode.Parse((await owner.GetAsync($"/workflow-definitions/{Process}/export?versionOptions=Published")).Text)!.AsObject();
        Assert.StartsWith("https://elsaworkflows.io/schemas/workflow-definition", (string)exported["$schema"]!, StringComparison.Ordinal);
        exported["name"] = "导入的版本";
        exported["customProperties"] = new JsonObject();
        var before = await studio.VersionsAsync(Process);

        var answer = await owner.PostAsync("/workflow-definitions/import", exported);

        Assert.Equal((HttpStatusCode.OK, false), (answer.Status, (bool)answer.Body["isPublished"]!));
        var versions = await studio.VersionsAsync(Process);
        Assert.Equal(before.Count + 1, versions.Count);
        Assert.Equal(versions[0].Files, versions[^1].Files);
        Assert.True(versions[^1].IsStartable);
    }

    [Fact]
    public async Task Several_definitions_are_exported_as_one_archive()
    {
        using var owner = await studio.OwnerAsync();
        var ids = (await owner.GetAsync("/workflow-definitions?versionOptions=Published")).Body["items"]!.AsArray()
            .Select(item => (string)item!["id"]!).Take(2).ToArray();
        var answer = await owner.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/elsa/api/bulk-actions/export/workflow-definitions")
        {
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
            Content = new StringContent(new JsonObject { ["ids"] = new JsonArray([.. ids]) }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        }, TestContext.Current.CancellationToken);

        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("workflow-definitions.zip", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(2, archive.Entries.Count);
        Assert.All(archive.Entries, entry => Assert.EndsWith(".json", entry.Name, StringComparison.Ordinal));
    }

    private static async Task<StudioAnswer> RefusedWhenUsedAsync(StudioClient owner)
    {
        var child = StudioApp.Chart("used-child", "被使用的子流程", StudioApp.Activity("a", "Elsa.Finish"));
        child["options"]!["usableAsActivity"] = true;
        await owner.SaveAsync(child, publish: true);
        var parent = StudioApp.Chart("using-parent", "使用者", StudioApp.Activity("s", "Elsa.Start"), StudioApp.Activity("c", "被使用的子流程"));
        await owner.SaveAsync(parent, publish: true);
        return await owner.PostAsync("/workflow-definitions/used-child/retract", new JsonObject());
    }
}
