using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>What goes wrong between the designer and the server is told in words, and no edit is lost by it.</summary>
public sealed class StudioTroubles(BrowserFixture browser)
{
    private const string Editor = "/studio/workflows/definitions/allowance/edit";
    private const string Saves = "**/elsa/api/workflow-definitions";

    /// <summary>The cookie that is gone when a sign-in has run out; the others stay.</summary>
    private static readonly BrowserContextClearCookiesOptions SignIn = new() { Name = "approvals" };

    [Fact]
    public async Task An_edit_outlasts_a_lost_sign_in_a_lost_connection_and_every_refusal()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                foreach (var status in new[] { "status of 401", "status of 403", "status of 404", "status of 409", "net::ERR_INTERNET_DISCONNECTED" })
                    visit.Expect(status);
                // The code editor of the chosen activity fetches its worker when it is first shown: signed out or without a connection, too.
                visit.Expect("editor.worker");
                visit.Expect(": ErrorEvent");
                var owner = await visit.SignInAsync("shenhong");
                await owner.OpenStudioAsync(Editor, ".x6-node");
                await LoseSignInAsync(owner);
                await LoseConnectionAsync(owner);
                await BeRefusedAsync(owner);
                await LoseSignInWhileLoadingAsync(owner);
            },
            office.Address);
    }

    /// <summary>The server wants to know that its words were read: they stand there with a button, and nothing is done before it is pressed.</summary>
    [Fact]
    public async Task What_an_end_brings_with_it_is_told_and_asked_back()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                visit.Expect("status of 409");
                const string Cancel = "/elsa/api/cancel/workflow-instances/0197b7a0-0000-7000-8000-000000000001";
                const string Says = "终止后，主流程“技术指挥官聘任”不再等它，将从“公示”按出口“结束”继续办理。";
                var asked = new List<string?>();
                var owner = await visit.SignInAsync("shenhong");
                await owner.OpenStudioAsync(Editor, ".x6-node");
                await owner.RouteAsync("**" + Cancel, async route =>
                {
                    asked.Add(await route.Request.HeaderValueAsync("X-Confirmed"));
                    await route.FulfillAsync(asked[^1] == "token"
                        ? new() { Status = 200 }
                        : new() { Status = 409, ContentType = "application/problem+json", Body = $$"""{"message":"{{Says}}","confirm":"token"}""" });
                });

                await owner.EvaluateAsync("address => { fetch(address, { method: 'POST' }); }", Cancel);
                var bar = owner.Locator("#studio-bar");
                await Expect(bar).ToContainTextAsync(Says);
                await Look.PictureAsync(owner, "studio-end-asked");
                Assert.Equal([null], asked);

                await bar.GetByRole(AriaRole.Button, new() { Name = "确认终止" }).ClickAsync();
                await owner.WaitForStudioAsync(".x6-node");
                await Expect(bar).ToBeHiddenAsync();
                Assert.Equal([null, "token"], asked);
            },
            office.Address);
    }

    /// <summary>
    /// Studio takes the server's copy of an activity into its panel when a save is answered; what was typed between the save and its answer
    /// must not be written over by it.
    /// </summary>
    [Fact]
    public async Task The_answer_to_a_save_undoes_nothing_that_was_typed_meanwhile()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var owner = await visit.SignInAsync("shenhong");
                await owner.OpenStudioAsync(Editor, ".x6-node");
                await owner.Activity("处室审核").Locator(".activity-label").ClickAsync(new() { Force = true });
                await owner.TabAsync("常规");
                var (sent, held) = (new TaskCompletionSource(), new TaskCompletionSource());
                await owner.RouteAsync(Saves, async route =>
                {
                    if (route.Request.Method == "POST" && sent.TrySetResult())
                        await held.Task;
                    await route.ContinueAsync();
                });

                await FillAsync(owner, "显示文字", "处室先审");
                await sent.Task.WaitAsync(TimeSpan.FromMinutes(1));
                await FillAsync(owner, "说明", "五个工作日内提出意见");
                await Expect(owner.Locator("#studio-saved")).Not.ToContainTextAsync("已保存");
                held.SetResult();
                await Expect(owner.Locator("#studio-saved")).ToContainTextAsync("已保存", new() { Timeout = 60_000 });
                await Expect(Field(owner, "说明")).ToHaveValueAsync("五个工作日内提出意见");
                await FillAsync(owner, "名称", "first-review");
                await Expect(owner.Locator("#studio-saved")).ToContainTextAsync("已保存", new() { Timeout = 60_000 });

                var stored = await owner.EvaluateAsync<string>(
                    "async () => await (await fetch('/elsa/api/workflow-definitions/by-definition-id/allowance?versionOptions=Latest')).text()");
                var review = JsonNode.Parse(stored)!["root"]!["activities"]!.AsArray()
                    .Single(one => (string?)one!["metadata"]?["displayText"] == "处室先审")!;
                Assert.Equal(
                    ("first-review", "五个工作日内提出意见"), ((string?)review["name"], (string?)review["metadata"]!["description"]));
            },
            office.Address);
    }

    private static async Task LoseSignInAsync(IPage owner)
    {
        await owner.Context.ClearCookiesAsync(SignIn);
        await RenameAsync(owner, "处室审核", "处室先审");
        var bar = owner.Locator("#studio-bar");
        await Expect(bar).ToContainTextAsync("您的修改已暂存在本浏览器", new() { Timeout = 60_000 });

        // Reads after it do not make the message forget the edit.
        await owner.Activity("财务审核").ClickAsync();
        await Expect(bar).ToContainTextAsync("您的修改已暂存在本浏览器");
        await bar.GetByRole(AriaRole.Button, new() { Name = "重新登录" }).ClickAsync();
        await owner.ClickAsync("[data-demo='shenhong']");
        await owner.WaitForURLAsync("**" + Editor);
        await owner.WaitForStudioAsync(".x6-node");
        await Expect(bar).ToContainTextAsync("登录失效前的修改已经保存。");
        await Expect(owner.Activity("处室先审")).ToHaveCountAsync(1);
        await Expect(owner.Locator("#studio-state")).ToContainTextAsync("草稿 第 2 版");
    }

    private static async Task LoseConnectionAsync(IPage owner)
    {
        await owner.Context.SetOfflineAsync(true);
        await RenameAsync(owner, "处室先审", "处室再审");
        var bar = owner.Locator("#studio-bar");
        await Expect(bar).ToContainTextAsync("与服务器的连接中断，修改还没有保存", new() { Timeout = 60_000 });
        await owner.Context.SetOfflineAsync(false);
        await Expect(bar).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(owner.Locator("#studio-saved")).ToContainTextAsync("已保存");
    }

    /// <summary>Each refusal is told and leaves the edit on the page; the next save brings it along.</summary>
    private static async Task BeRefusedAsync(IPage owner)
    {
        var name = "处室再审";
        foreach (var (status, message) in new[]
        {
            (403, "您没有这项操作的权限。"), (404, "要找的内容不存在，可能已被删除。"), (409, "内容已被他人修改，请重新载入后再改。"),
        })
        {
            await owner.RouteAsync(Saves, route => route.Request.Method == "POST"
                ? route.FulfillAsync(new() { Status = status, Body = "{}", ContentType = "application/json" })
                : route.ContinueAsync());
            var next = $"处室审核{status}";
            await RenameAsync(owner, name, next);
            await Expect(owner.Locator(".mud-snackbar").Filter(new() { HasText = message })).ToHaveCountAsync(1, new() { Timeout = 60_000 });
            await Expect(owner.Locator("#studio-saved")).ToContainTextAsync("未保存");
            await Expect(owner.Locator("#studio-bar")).ToContainTextAsync("最近的修改没有保存：");
            await Expect(owner.Locator("#studio-bar").GetByRole(AriaRole.Button, new() { Name = "下载" })).ToHaveCountAsync(1);
            await Expect(owner.Activity(next)).ToHaveCountAsync(1);
            await owner.UnrouteAsync(Saves);
            name = next;
        }

        await RenameAsync(owner, name, "处室终审");
        await Expect(owner.Locator("#studio-saved")).ToContainTextAsync("已保存", new() { Timeout = 60_000 });
        await Expect(owner.Locator("#studio-bar")).ToBeHiddenAsync();
    }

    /// <summary>With nothing drawn yet there is nothing to keep: straight to the sign-in, and back.</summary>
    private static async Task LoseSignInWhileLoadingAsync(IPage owner)
    {
        const string Read = "**/elsa/api/workflow-definitions/by-definition-id/**";
        var lost = false;
        await owner.RouteAsync(Read, async route =>
        {
            // Once: a second read may already be on its way, and must not take the next sign-in with it.
            if (!Interlocked.Exchange(ref lost, true))
                await owner.Context.ClearCookiesAsync(SignIn);
            await route.FulfillAsync(new() { Status = 401, Body = "{}" });
        });
        await owner.GotoAsync(Editor);
        await owner.WaitForURLAsync("**/account/sign-in?returnUrl=**", new() { Timeout = 120_000 });
        await owner.UnrouteAsync(Read);
        await owner.ClickAsync("[data-demo='shenhong']");
        await owner.WaitForStudioAsync(".x6-node");
        await Expect(owner.Activity("处室终审")).ToHaveCountAsync(1);
    }

    private static async Task RenameAsync(IPage owner, string from, string to)
    {
        // Forced: an activity that is chosen already lies behind the frame around it.
        await owner.Activity(from).Locator(".activity-label").ClickAsync(new() { Force = true });
        await owner.TabAsync("常规");
        var field = owner.Locator(".mud-tab-panel").GetByLabel("显示文字", new() { Exact = true }).First;
        await Expect(field).ToHaveValueAsync(from);
        await field.FillAsync(to);
        await field.BlurAsync();
    }

    private static ILocator Field(IPage owner, string label) =>
        owner.Locator(".mud-tab-panel").GetByLabel(label, new() { Exact = true }).First;

    private static async Task FillAsync(IPage owner, string label, string text)
    {
        await Field(owner, label).FillAsync(text);
        await Field(owner, label).BlurAsync();
    }
}
