using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.DryRuns;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Localisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.DryRuns;

/// <summary>Dry runs through the pages of a process owner.</summary>
public sealed partial class DryRunPageTests : IAsyncLifetime
{
    private const string Address = "/processes/commander-appointment/dry-run";

    private readonly TestApp _app = new() { RunsJobs = false };

    [Fact]
    public async Task AProcessOwnerChoosesPlaysAndReadsTheResult()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        var page = await owner.GetAsync(Address);
        Assert.Contains("单位推荐", page.Text, StringComparison.Ordinal);
        var answer = await owner.PostAsync(page.Form("Form.Version")
            .Set("Form.Objection", "dismissed").Set("Form.Scores", "55，80").Set("Form.Steps[1].Decision", "return"));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);

        var result = await ResultAsync(owner, answer.Location!);
        Assert.Contains("流程已办结", result.Text, StringComparison.Ordinal);
        Assert.Contains("已聘任为技术指挥官", result.Text, StringComparison.Ordinal);
        Assert.Contains("异议核查", result.Text, StringComparison.Ordinal);
        Assert.Contains("等待安排补考", result.Text, StringComparison.Ordinal);
        Assert.Contains("flow-done", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", result.Text, StringComparison.Ordinal);

        var pdf = await owner.GetAsync(answer.Location + "/documents/0");
        Assert.Equal("application/pdf", pdf.Message.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("%PDF", pdf.Text, StringComparison.Ordinal);
        var download = await owner.GetAsync(answer.Location + "/documents/0?download=true");
        Assert.Equal("attachment", download.Message.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(answer.Location + "/documents/99")).Status);

        var script = await owner.GetAsync(answer.Location + "/answers");
        Assert.Equal(55, DryRunAnswers.Parse(script.Text).Training[0].Score);
        Assert.Contains(
            await _app.DatabaseAsync(db => db.AuditEntries.Select(row => row.Action).ToListAsync(TestContext.Current.CancellationToken)),
            action => action == "definition.simulated");
    }

    [Fact]
    public async Task TheResultIsReadInEnglish()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        EnglishPages.Switch(owner);
        var page = await owner.GetAsync(Address);
        var answer = await owner.PostAsync(page.Form("Form.Version")
            .Set("Form.Objection", "dismissed").Set("Form.Scores", "55,80").Set("Form.Steps[1].Decision", "return"));
        var result = await ResultAsync(owner, answer.Location!);

        var english = new EnglishPages(_app);
        await english.ReadDataAsync();
        var left = english.LeftOn(SampleData().Replace(WebUtility.HtmlDecode(result.Text), "·"));
        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    [Fact]
    public async Task WhatIsWrongStandsBesideTheFieldAndWhatWasTypedIsKept()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        var page = await owner.GetAsync(Address);
        var answer = await owner.PostAsync(page.Form("Form.Version").Set("Form.Scores", "八十").Set("Form.Fields", "[1]").Set("Form.Applicant", "刘志强"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("“八十”不是成绩", answer.Text, StringComparison.Ordinal);
        Assert.Contains("应为 JSON 对象", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"刘志强\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScriptGoesBeforeTheChoices()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        var page = await owner.GetAsync(Address);
        var refused = await owner.PostAsync(page.Form("Form.Version").Set("Form.Script", "{\"step\":1}"));
        Assert.Contains("没有这个项目", refused.Text, StringComparison.Ordinal);
        var answer = await owner.PostAsync(page.Form("Form.Version").Set("Form.Script", """{"steps":{"recommend":{"decision":"reject"}}}"""));
        var result = await ResultAsync(owner, answer.Location!);
        Assert.Contains("所在单位不予推荐", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyElseMayPlayOrRead()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        var page = await owner.GetAsync(Address);
        var answer = await owner.PostAsync(page.Form("Form.Version").Set("Form.Script", """{"steps":{"recommend":{"decision":"reject"}}}"""));
        using var other = await _app.SignedInAsync("liuzhiqiang");
        foreach (var address in new[] { Address, answer.Location!, answer.Location + "/documents/0", answer.Location + "/answers" })
            Assert.NotEqual(HttpStatusCode.OK, (await other.GetAsync(address)).Status);
        using var stranger = _app.Browser();
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(answer.Location!)).Status);
    }

    [Fact]
    public async Task WhatIsNotThereIsNotFound()
    {
        using var owner = await _app.SignedInAsync("shenhong");
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/processes/nothing/dry-run")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(Address + "?version=nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{Address}/{Guid.CreateVersion7()}")).Status);
        var page = await owner.GetAsync(Address);
        var answer = await owner.PostAsync(page.Form("Form.Version").Set("Form.Script", """{"steps":{"recommend":{"decision":"reject"}}}"""));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await owner.GetAsync(answer.Location!.Replace("commander-appointment", "accident-insurance", StringComparison.Ordinal))).Status);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The page asks again by its Refresh header; a browser would wait two seconds.</summary>
    private static async Task<Page> ResultAsync(Browser owner, string address)
    {
        while (true)
        {
            var page = await owner.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            if (!page.Message.Headers.Contains("Refresh"))
                return page;
            await Task.Yield();
        }
    }

    /// <summary>Whom the sample is about, who the clerk of the sample's unit is, and numbers of documents.</summary>
    [GeneratedRegex(@"张三|\S+单位经办|江应急\w+〔\d+〕第?\d+号")]
    private static partial Regex SampleData();
}
