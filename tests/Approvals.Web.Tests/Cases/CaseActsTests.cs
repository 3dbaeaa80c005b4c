using System.Net;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Cases;

/// <summary>催办 and 评论 through the front doors.</summary>
public sealed class CaseActsTests(ApiApp api) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task The_applicant_urges_by_the_page_once_and_the_representative_is_told()
    {
        using var applicant = await api.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var page = await applicant.GetAsync($"/cases/{caseId}");

        var done = await applicant.SubmitAsync(page.Form("handler=Urge").Set("Message", "单位急需"));
        Assert.Contains("已催办 陈桂花", WebUtility.HtmlDecode(done.Text));
        Assert.Contains("催办 陈桂花", WebUtility.HtmlDecode(done.Text));
        var again = await applicant.SubmitAsync(done.Form("handler=Urge"));
        Assert.Contains("刚刚催办过", WebUtility.HtmlDecode(again.Text));

        using var token = await api.AsAsync("liuzhiqiang");
        var refused = await token.PostAsync($"/cases/{caseId}/urge", new { });
        Assert.Equal((HttpStatusCode.TooManyRequests, "urn:approvals:too-soon"), (refused.Status, refused["type"]));
        using var stranger = await api.AsAsync("hezhe");
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync($"/cases/{caseId}/urge", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/cases/{Guid.NewGuid()}/urge", new { })).Status);
    }

    [Fact]
    public async Task A_comment_is_kept_when_it_is_wrong_shown_when_it_is_right_and_hidden_from_the_applicant_when_internal()
    {
        using var applicant = await api.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var head = await api.App.SignedInAsync("wangqiang");
        var page = await head.GetAsync($"/cases/{caseId}");

        var wrong = await head.PostAsync(page.Form("handler=Comment").Set("Comment", new string('长', 2001)).Set("IsInternal", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("评论最多 2000 字，现为 2001 字", WebUtility.HtmlDecode(wrong.Text));
        Assert.Contains("长长长", WebUtility.HtmlDecode(wrong.Text));
        var done = await head.PostAsync(wrong.Form("handler=Comment").Set("Comment", "请@陈桂花 核实单位印章 <b>"));
        Assert.Equal(HttpStatusCode.Redirect, done.Status);

        var seen = (await head.GetAsync($"/cases/{caseId}")).Text;
        Assert.Contains("核实单位印章 <b>", WebUtility.HtmlDecode(seen));
        Assert.DoesNotContain("核实单位印章 <b>", seen);
        Assert.DoesNotContain("核实单位印章", WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text));
        using var representative = await api.App.SignedInAsync("chenguihua");
        Assert.Contains("核实单位印章", WebUtility.HtmlDecode(
            (await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(api.App, caseId)}")).Text));
    }

    [Fact]
    public async Task With_a_token_comments_are_written_and_read_by_those_who_may_read_the_case()
    {
        using var applicant = await api.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var mine = await api.AsAsync("liuzhiqiang");
        using var stranger = await api.AsAsync("hezhe");

        Assert.Equal(HttpStatusCode.NoContent, (await mine.PostAsync($"/cases/{caseId}/comments", new { text = "请查收" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await mine.PostAsync($"/cases/{caseId}/comments", new { text = " " })).Status);
        Assert.Equal("请查收", (await mine.GetAsync($"/cases/{caseId}/comments")).Body!.AsArray().Single()!["text"]!.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/cases/{caseId}/comments")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync($"/cases/{caseId}/comments", new { text = "路过" })).Status);
        Assert.Equal(1, await api.App.DatabaseAsync(db => db.CaseComments.CountAsync(one => one.CaseId == caseId, TestContext.Current.CancellationToken)));
    }
}
