using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Processes.Designing;
using Approvals.Web.Localisation;

namespace Approvals.Web.Tests.Studio;

/// <summary>Forms, document texts and settings of a process go along with a copy, an export and an import.</summary>
public sealed class FilesGoAlongTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private const string Process = "compensation";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>复制 and 另存为 post a new definition without ids, made of what Studio's objects hold of the one that was opened.</summary>
    [Fact]
    public async Task A_copy_has_forms_documents_and_settings_and_can_be_published()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync(Process);
        var copy = new JsonObject { ["name"] = "救援补偿 - 副本", ["isReadonly"] = false };
        foreach (var name in new[] { "description", "root", "inputs", "outputs", "variables", "options", "outcomes", "customProperties" })
            copy[name] = opened[name]?.DeepClone();

        var saved = await owner.PostAsync("/workflow-definitions", new JsonObject { ["model"] = copy, ["publish"] = false });

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        var key = (string)saved.Body["workflowDefinition"]!["definitionId"]!;
        var (from, to) = ((await studio.VersionsAsync(Process))[^1], Assert.Single(await studio.VersionsAsync(key)));
        Assert.Equal((from.Files, true), (to.Files, to.IsStartable));
        Assert.Contains("forms/claim.json", to.Files, StringComparison.Ordinal);
        Assert.DoesNotContain(PostedDefinition.OriginProperty, to.Json, StringComparison.Ordinal);
        Assert.Equal(Settings(from.Json), Settings(to.Json));
        Assert.Contains("compensation v1", Assert.Single(await studio.AuditAsync(key)), StringComparison.Ordinal);
        var published = await owner.PostAsync($"/workflow-definitions/{key}/publish", new JsonObject());
        Assert.True(published.Status == HttpStatusCode.OK, published.Text);

        // The English of all processes is one table: what a copy has in common with its original reads English there, too.
        var captions = JsonNode.Parse(to.Json)!["root"]!["activities"]!.AsArray()
            .Select(one => (string?)one!["metadata"]?["displayText"]).OfType<string>().ToList();
        Assert.NotEmpty(captions);
        Assert.Empty(await studio.App.ServiceAsync<Wording, List<string>>(
            wording => Task.FromResult(captions.Where(one => wording.InEnglish(one) == one).ToList())));
    }

    [Fact]
    public async Task An_exported_process_brings_its_files_to_a_bureau_that_has_never_seen_it()
    {
        using var owner = await studio.OwnerAsync();
        var (exported, from) = await ExportedAsync(owner);
        var file = exported["customProperties"]![DefinitionFileStore.Property]!.AsObject();
        file["documents/compensation-refusal.json"] = ((string)file["documents/compensation-refusal.json"]!).TrimEnd() + "\n\n";
        (exported["definitionId"], exported["id"], exported["name"]) = ("from-elsewhere", "from-elsewhere-v1", "外来流程");

        var imported = await owner.PostAsync("/workflow-definitions/import", exported);

        Assert.True(imported.Status == HttpStatusCode.OK, imported.Text);
        var row = Assert.Single(await studio.VersionsAsync("from-elsewhere"));
        Assert.DoesNotContain(DefinitionFileStore.Property, row.Json, StringComparison.Ordinal);
        Assert.Equal(Settings(from.Json), Settings(row.Json));
        var (theirs, ours) = (await ContentsAsync(row.Files), await ContentsAsync(from.Files));
        Assert.Equal(ours.Keys.Order(), theirs.Keys.Order());
        Assert.Equal(["documents/compensation-refusal.json"], ours.Keys.Where(path => ours[path] != theirs[path]));
        var published = await owner.PostAsync("/workflow-definitions/from-elsewhere/publish", new JsonObject());
        Assert.True(published.Status == HttpStatusCode.OK, published.Text);
    }

    [Fact]
    public async Task Importing_another_form_alone_begins_a_draft_and_the_same_again_does_not()
    {
        using var owner = await studio.OwnerAsync();
        var (exported, _) = await ExportedAsync(owner);
        (exported["definitionId"], exported["name"]) = ("own-files", "附带文件的流程");
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync("/workflow-definitions/import", exported)).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync("/workflow-definitions/import", exported)).Status);
        var first = Assert.Single(await studio.VersionsAsync("own-files"));

        var files = exported["customProperties"]![DefinitionFileStore.Property]!.AsObject();
        files["forms/claim.json"] = ((string)files["forms/claim.json"]!).TrimEnd() + "\n\n";
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync("/workflow-definitions/import", exported)).Status);

        var versions = await studio.VersionsAsync("own-files");
        Assert.Equal(2, versions.Count);
        Assert.NotEqual(first.Files, versions[^1].Files);
    }

    /// <summary>Paths become paths on a disk when processes are written back to files.</summary>
    [Theory]
    [InlineData("../../etc/cron.json", "{}")]
    [InlineData("forms/../../x.json", "{}")]
    [InlineData("/etc/x.json", "{}")]
    [InlineData("workflow.json", "{}")]
    [InlineData("forms/a.sh", "{}")]
    [InlineData("forms/a.json\n", "{}")]
    [InlineData("forms/a.json", "no JSON")]
    public async Task Files_that_are_none_of_a_process_are_refused_and_nothing_is_imported(string path, string content)
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("smuggled", "夹带", StudioApp.Activity("a", "Elsa.Finish"));
        made["customProperties"]![DefinitionFileStore.Property] = new JsonObject { [path] = content };

        var refused = await owner.PostAsync("/workflow-definitions/import", made);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("不是表单、文书模板或字典", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(await studio.VersionsAsync("smuggled"));
    }

    private static string? Settings(string json) => JsonNode.Parse(json)!["customProperties"]!["approvals"]?.ToJsonString();

    private async Task<(JsonObject Exported, Core.Processes.DefinitionVersion Row)> ExportedAsync(StudioClient owner)
    {
        var text = (await owner.GetAsync($"/workflow-definitions/{Process}/export?versionOptions=Published")).Text;
        return (JsonNode.Parse(text)!.AsObject(), (await studio.VersionsAsync(Process)).Single(row => row.IsPublished));
    }

    private async Task<IReadOnlyDictionary<string, string>> ContentsAsync(string files)
    {
        var row = new Core.Processes.DefinitionVersion { Id = "", DefinitionId = "", Name = "", Json = "", Hash = "", Files = files };
        return await studio.App.ServiceAsync<DefinitionFileStore, IReadOnlyDictionary<string, string>>(store => store.OfAsync(row, Stop));
    }
}
