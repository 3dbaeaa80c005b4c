using System.Net;
using System.Text.Json.Nodes;

namespace Approvals.Web.Tests.Studio;

/// <summary>The pages that compare two versions and publish with a reason.</summary>
public sealed class PublishPageTests(StudioApp studio) : IClassFixture<StudioApp>
{
    [Fact]
    public async Task A_draft_is_published_with_its_reason_after_its_differences_were_shown()
    {
        using var owner = await studio.OwnerAsync();
        using var page = await studio.App.SignedInAsync(StudioClient.Owner);
        var opened = await owner.OpenAsync("commander-appointment");
        opened["root"]!["activities"]!.AsArray().Single(one => (string)one!["id"]! == "recommend")!["deadlineDays"]!["expression"]!["value"] = "9";
        Assert.Equal(HttpStatusCode.OK, (await owner.SaveAsync(opened)).Status);

        var shown = await page.GetAsync("/processes/commander-appointment/publish");
        var text = WebUtility.HtmlDecode(shown.Text);
        Assert.Contains("的“办理期限（工作日）”由“5”改为“9”", text, StringComparison.Ordinal);
        Assert.Contains("flow-changed\" data-activity=\"recommend\"", text, StringComparison.Ordinal);

        var refused = await page.PostAsync(shown.Form("name=\"Reason\"").Set("Reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请填写发布理由", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);

        var published = await page.PostAsync(shown.Form("name=\"Reason\"").Set("Reason", "依据局务会纪要延长推荐期限"));
        Assert.Equal(HttpStatusCode.Redirect, published.Status);
        var row = (await studio.VersionsAsync("commander-appointment")).Single(one => one.IsPublished);
        Assert.Equal((2, "依据局务会纪要延长推荐期限"), (row.Version, row.PublishReason));
        Assert.Contains("依据局务会纪要延长推荐期限", (await studio.AuditAsync("commander-appointment"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_saved_again_after_it_was_shown_is_not_published()
    {
        using var owner = await studio.OwnerAsync();
        using var other = await studio.OtherOwnerAsync();
        using var page = await studio.App.SignedInAsync(StudioClient.Owner);
        await owner.SaveAsync(StudioApp.Chart("seen", "已看过", StudioApp.Activity("a", "Elsa.Finish")));
        var shown = await page.GetAsync("/processes/seen/publish");
        var opened = await other.OpenAsync("seen");
        opened["description"] = "看过之后的修改";
        Assert.Equal(HttpStatusCode.OK, (await other.SaveAsync(opened)).Status);

        var refused = await page.PostAsync(shown.Form("name=\"Reason\"").Set("Reason", "发布"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("内容已由王强于", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);
        Assert.False((await studio.VersionsAsync("seen")).Single().IsPublished);
    }

    [Fact]
    public async Task Unknown_activities_keep_a_draft_from_being_published_until_they_are_removed_on_purpose()
    {
        using var owner = await studio.OwnerAsync();
        using var page = await studio.App.SignedInAsync(StudioClient.Owner);
        var made = StudioApp.Chart("with-unknown", "含未知", StudioApp.Activity("a", "Elsa.Start"), StudioApp.Activity("b", "Approvals.Abolished", "旧环节"));
        await owner.PostAsync("/workflow-definitions/import", made);

        var shown = await page.GetAsync("/processes/with-unknown/publish");
        Assert.Contains("活动“旧环节”（b）的类型“Approvals.Abolished”不存在", WebUtility.HtmlDecode(shown.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Reason\"", shown.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync(shown.Form("RemoveUnknown"))).Status);
        var root = JsonNode.Parse((await studio.VersionsAsync("with-unknown")).Single().Json)!["root"]!;
        Assert.Equal((1, 0), (root["activities"]!.AsArray().Count, root["connections"]!.AsArray().Count));
        Assert.Contains(await studio.AuditAsync("with-unknown"), entry => entry.StartsWith("definition.unknown-removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Auditors_compare_and_do_not_publish()
    {
        using var owner = await studio.OwnerAsync();
        using var auditor = await studio.App.SignedInAsync(StudioClient.Auditor);
        using var applicant = await studio.App.SignedInAsync("liuzhiqiang");
        await owner.SaveAsync(StudioApp.Chart("compared", "比较", StudioApp.Activity("a", "Elsa.Start"), StudioApp.Activity("b", "Elsa.WriteLine", "旧步骤")), publish: true);
        var opened = await owner.OpenAsync("compared");
        opened["root"]!["activities"]![1] = StudioApp.Activity("c", "Elsa.WriteLine", "新步骤");
        opened["root"]!["connections"] = new JsonArray();
        await owner.SaveAsync(opened);

        var page = await auditor.GetAsync("/processes/compared/difference?from=1&to=2");
        var text = WebUtility.HtmlDecode(page.Text);
        Assert.Contains("新增环节“新步骤”", text, StringComparison.Ordinal);
        Assert.Contains("flow-added\" data-activity=\"c\"", text, StringComparison.Ordinal);
        Assert.Contains("flow-removed\" data-activity=\"b\"", text, StringComparison.Ordinal);
        Assert.Contains("flow-line flow-line-removed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("flow-line-added", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/processes/compared/publish")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync("/processes/compared/difference")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync("/processes/compared/difference?from=1&to=9")).Status);
    }
}
