using System.Net;
using System.Text.Json.Nodes;

namespace Approvals.Web.Tests.Studio;

/// <summary>A process pins the version of another one that it uses as an activity; the designer moves the pin.</summary>
public sealed class UpdateReferencesTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private const int Child = 112;
    private const int Parent = 114;

    [Fact]
    public async Task A_process_that_uses_another_one_takes_its_new_version_when_told_to()
    {
        using var owner = await studio.OwnerAsync();
        foreach (var recorded in new[] { Child, Parent })
        {
            var model = RecordedPair.Read(recorded).Body!["model"]!.DeepClone();
            var imported = await owner.PostAsync("/workflow-definitions/import", model);
            Assert.True(imported.Status == HttpStatusCode.OK, imported.Text);
            var published = await owner.PostAsync($"/workflow-definitions/{model["definitionId"]}/publish", new JsonObject());
            Assert.True(published.Status == HttpStatusCode.OK, published.Text);
        }

        var changed = await owner.OpenAsync("child");
        changed["description"] = "第二版";
        var saved = await owner.SaveAsync(changed, publish: true);
        Assert.True(saved.Message.IsSuccessStatusCode, saved.Text);

        var answer = await owner.PostAsync("/workflow-definitions/child/update-references", new JsonObject());
        Assert.Equal(["parent"], answer.Body["affectedWorkflows"]!.AsArray().Select(one => (string)one!));
        var newest = (await studio.VersionsAsync("child")).MaxBy(row => row.Version)!;
        Assert.Equal(2, newest.Version);
        Assert.Contains(newest.Id, (await studio.VersionsAsync("parent")).MaxBy(row => row.Version)!.Json, StringComparison.Ordinal);
        var again = await owner.PostAsync("/workflow-definitions/child/update-references", new JsonObject());
        Assert.Empty(again.Body["affectedWorkflows"]!.AsArray());
    }
}
