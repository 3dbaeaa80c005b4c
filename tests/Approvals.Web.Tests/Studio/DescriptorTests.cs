using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>What Studio's toolbox and short lists are filled with.</summary>
public sealed class DescriptorTests : IAsyncLifetime
{
    private TestApp app = null!;
    private StudioClient owner = null!;

    public async ValueTask InitializeAsync()
    {
        app = new TestApp { RunsJobs = false };
        owner = await StudioClient.AsAsync(app, StudioClient.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Every_activity_type_of_every_stored_definition_is_described_once()
    {
        await StoreAsync("strange", isPublished: false, usable: false, new JsonObject
        {
            ["id"] = "x1", ["type"] = "Vendor.Gadget", ["version"] = 3, ["name"] = "x",
        }, new JsonObject { ["id"] = "x2", ["type"] = "Approvals.ApprovalStep", ["version"] = 7 });

        var items = (await owner.GetAsync("/descriptors/activities?Refresh=True")).Body["items"]!.AsArray();
        var described = items.Select(one => ((string)one!["typeName"]!, (int)one["version"]!)).ToList();
        Assert.Equal(described.Count, described.Distinct().Count());
        var stored = await app.DatabaseAsync(db => db.Definitions.Select(row => row.Json).ToListAsync(TestContext.Current.CancellationToken));
        foreach (var use in stored.SelectMany(json => Core.Processes.Designing.ActivityTree.Walk(JsonNode.Parse(json)!["root"]!.AsObject())))
            Assert.Contains((use.Type, (int?)use.Json["version"] ?? 1), described);

        var unknown = items.Single(one => (string)one!["typeName"]! == "Vendor.Gadget")!;
        Assert.Equal("未知活动", (string)unknown["displayName"]!);
        Assert.False((bool)unknown["isBrowsable"]!);
        Assert.Contains("出口甲", unknown["ports"]!.AsArray().Select(port => (string)port!["name"]!));
    }

    [Fact]
    public async Task An_unchanged_list_is_not_sent_twice_and_a_changed_one_is()
    {
        var first = await owner.GetAsync("/descriptors/activities?Refresh=True");
        var tag = first.Message.Headers.ETag!.ToString();
        owner.Client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", tag);

        var again = await owner.GetAsync("/descriptors/activities?Refresh=True");
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));

        await StoreAsync("shared", isPublished: true, usable: true);
        var changed = await owner.GetAsync("/descriptors/activities?Refresh=True");
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        var shared = changed.Body["items"]!.AsArray().Single(one => (string)one!["typeName"]! == "流程 shared")!;
        Assert.Equal(("9 已发布的流程", "WorkflowDefinitionActivity", "shared-v1"), (
            (string)shared["category"]!, (string)shared["customProperties"]!["RootType"]!,
            (string)shared["constructionProperties"]!["workflowDefinitionVersionId"]!));
    }

    [Fact]
    public async Task The_browser_gets_the_list_compressed()
    {
        owner.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        var answer = await owner.GetAsync("/descriptors/activities");
        Assert.Equal("br", Assert.Single(answer.Message.Content.Headers.ContentEncoding));
        await using var plain = new System.IO.Compression.BrotliStream(
            await answer.Message.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        Assert.NotNull(await JsonNode.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_descriptor_is_found_by_its_type_and_an_unknown_one_is_not()
    {
        var one = await owner.GetAsync("/descriptors/activities/Approvals.ApprovalStep");
        Assert.Equal("审批环节", (string)one.Body["displayName"]!);
        var missing = await owner.GetAsync("/descriptors/activities/Elsa.NoSuchActivity");
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Equal(404, (int)missing.Body["statusCode"]!);
    }

    [Theory]
    [InlineData("/descriptors/expression-descriptors")]
    [InlineData("/descriptors/variables")]
    [InlineData("/descriptors/storage-drivers")]
    [InlineData("/descriptors/workflow-activation-strategies")]
    [InlineData("/descriptors/incident-strategies")]
    [InlineData("/descriptors/log-persistence-strategies")]
    [InlineData("/descriptors/commit-strategies/workflows")]
    [InlineData("/descriptors/commit-strategies/activities")]
    [InlineData("/descriptors/output-converters?sourceType=String&destinationType=Int32")]
    [InlineData("/features/installed")]
    public async Task Short_lists_are_lists_in_Chinese(string address)
    {
        var answer = await owner.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var items = answer.Body["items"]!.AsArray();
        Assert.Equal(items.Count, (int)answer.Body["count"]!);
        Assert.All(items, item => Assert.Contains(
            (string)item!["displayName"]!, text => text is >= '\u4e00' and <= '\u9fff' || (string)item["displayName"]! is "JSON"));
    }

    [Fact]
    public async Task Languages_offered_are_those_the_runtime_compiles()
    {
        var items = (await owner.GetAsync("/descriptors/expression-descriptors")).Body["items"]!.AsArray();
        Assert.Equal(
            ["Literal", "Object", "Json", "JavaScript", "Liquid", "Variable", "Input"], items.Select(item => (string)item!["type"]!));
        Assert.Equal("JavaScript", (string)items.First(item => (bool)item!["isBrowsable"]!)!["type"]!);
    }

    private Task StoreAsync(string id, bool isPublished, bool usable, params JsonObject[] activities) => app.DatabaseAsync(async db =>
    {
        var json = new JsonObject
        {
            ["id"] = $"{id}-v1", ["definitionId"] = id, ["name"] = $"流程 {id}", ["version"] = 1,
            ["options"] = new JsonObject { ["usableAsActivity"] = usable },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = new JsonArray([.. activities]),
                ["connections"] = new JsonArray(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = "x1", ["port"] = "出口甲" },
                    ["target"] = new JsonObject { ["activity"] = "x2" },
                }),
            },
        }.ToJsonString();
        db.Definitions.Add(new DefinitionVersion
        {
            Id = $"{id}-v1", DefinitionId = id, Name = $"流程 {id}", Version = 1, IsLatest = true, IsPublished = isPublished, Json = json,
            Files = "{}", Hash = DefinitionHash.Of(json, "{}"), CreatedAt = app.Clock.GetUtcNow(),
        });
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
