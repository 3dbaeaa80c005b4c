using System.Net;
using System.Text.Json.Nodes;

namespace Approvals.Web.Tests.Studio;

/// <summary>Activities that the designer cannot draw, or loses.</summary>
public sealed class NothingIsLostTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private const string Original =
        """{"id":"old","name":"旧环节1","type":"Approvals.Abolished","version":7,"customProperties":{"canStartWorkflow":false},"metadata":{"displayText":"已取消的环节"},"money":1234567890.10,"inner":{"id":"deep","type":"Approvals.AlsoAbolished","x":1E2}}""";

    [Fact]
    public async Task An_activity_of_an_unknown_type_is_shown_as_not_found_and_comes_back_whole()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("unknown", "含未知活动", StudioApp.Activity("a", "Elsa.Start"), JsonNode.Parse(Original)!.AsObject());
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync("/workflow-definitions/import", made)).Status);

        var opened = await owner.OpenAsync("unknown");
        var shown = opened["root"]!["activities"]![1]!;
        Assert.Equal("Elsa.NotFoundActivity", (string)shown["type"]!);
        Assert.Equal(("Approvals.Abolished", 7), ((string)shown["missingTypeName"]!, (int)shown["missingTypeVersion"]!));
        Assert.Equal("Workflow1:Flowchart1:old", (string)shown["nodeId"]!);

        shown["metadata"]!["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 300, ["y"] = 40 } };
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(opened)).Status);

        var exported = JsonNode.Parse((await owner.GetAsync("/workflow-definitions/unknown/export")).Text)!["root"]!["activities"]![1]!.AsObject();
        Assert.Equal(300, (int)exported["metadata"]!["designer"]!["position"]!["x"]!);
        exported["metadata"]!.AsObject().Remove("designer");
        exported.Remove("nodeId");
        exported["inner"]!.AsObject().Remove("nodeId");
        Assert.Equal(Original, exported.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task A_save_that_lost_its_unknown_activity_is_refused()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("lost-unknown", "丢失未知活动", StudioApp.Activity("a", "Elsa.Start"), JsonNode.Parse(Original)!.AsObject());
        await owner.PostAsync("/workflow-definitions/import", made);
        var before = await studio.RowsAsync();

        var opened = await owner.OpenAsync("lost-unknown");
        opened["root"]!["activities"]!.AsArray().RemoveAt(1);
        opened["root"]!["connections"] = new JsonArray();
        var refused = await owner.SaveAsync(opened);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("未知活动“已取消的环节”（类型“Approvals.Abolished”）不在提交的流程中", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await studio.RowsAsync());
    }

    [Fact]
    public async Task An_emptied_canvas_is_refused_also_inside_of_an_activity()
    {
        using var owner = await studio.OwnerAsync();
        var before = await studio.RowsAsync();
        var opened = await owner.OpenAsync("commander-appointment");
        opened["root"]!["activities"] = new JsonArray();
        opened["root"]!["connections"] = new JsonArray();
        Assert.Contains("提交的流程图是空的", (await owner.SaveAsync(opened)).Errors, StringComparison.Ordinal);
        Assert.Contains("提交的流程图是空的", (await owner.SaveAsync(opened, publish: true)).Errors, StringComparison.Ordinal);
        Assert.Equal(before, await studio.RowsAsync());

        var inner = (JsonObject)StudioApp.Chart("x", "x", StudioApp.Activity("line", "Elsa.WriteLine"))["root"]!.DeepClone();
        inner["id"] = "Inner";
        var made = StudioApp.Chart("emptied", "嵌套", StudioApp.Activity("a", "Elsa.Start"), StudioApp.Activity("if", "Elsa.If", "判断", ("then", inner)));
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(made)).Status);
        opened = await owner.OpenAsync("emptied");
        opened["root"]!["activities"]![1]!["then"]!["activities"] = new JsonArray();
        Assert.Contains("“Flowchart1”中的活动全部丢失", (await owner.SaveAsync(opened)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_with_an_unknown_activity_is_not_published()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("unpublishable", "不能发布", StudioApp.Activity("a", "Elsa.Start"), JsonNode.Parse(Original)!.AsObject());
        await owner.PostAsync("/workflow-definitions/import", made);

        var refused = await owner.PostAsync("/workflow-definitions/unpublishable/publish", new JsonObject());

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("活动“已取消的环节”（旧环节1）的类型“Approvals.Abolished”不存在", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_without_its_original_is_refused()
    {
        using var owner = await studio.OwnerAsync();
        var made = StudioApp.Chart("placeholder", "占位", StudioApp.Activity("a", "Elsa.Start"), StudioApp.Activity("b", "Elsa.NotFoundActivity", "丢了"));
        Assert.Contains("未知活动“丢了”的原始内容已丢失", (await owner.SaveAsync(made)).Errors, StringComparison.Ordinal);
    }
}
