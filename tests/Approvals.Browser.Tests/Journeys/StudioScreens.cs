using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>
/// Every screen of Elsa Studio that a process owner or an auditor can reach. The visit fails when one leaves an error in the console or
/// asks for anything outside; each screen is also looked through for labels that stayed English.
/// </summary>
public sealed class StudioScreens(BrowserFixture browser)
{
    private const string Editor = "/studio/workflows/definitions/commander-appointment/edit";

    [Fact]
    public async Task Every_screen_is_Chinese_and_leaves_no_error_in_the_console()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                var owner = await visit.SignInAsync("shenhong");
                await ListAsync(owner);
                await EditorAsync(owner);
                await RunsAsync(owner);
                await AuditorAsync(await visit.SignInAsync("shenji"));
            },
            office.Address);
    }

    private static async Task ListAsync(IPage owner)
    {
        await owner.OpenStudioAsync("/studio/workflows/definitions", "#studio table tbody tr");
        await IsChineseAsync(owner);
        await owner.GetByRole(AriaRole.Button, new() { Name = "新建流程" }).First.ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await IsChineseAsync(owner);
        await owner.Keyboard.PressAsync("Escape");
        await Expect(owner.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await owner.Locator("#studio table tbody .mud-menu button").First.ClickAsync();
        await Expect(owner.Locator(".mud-popover-open")).ToBeVisibleAsync();
        await IsChineseAsync(owner);
        await Look.PictureAsync(owner, "63-studio-list");
    }

    private static async Task EditorAsync(IPage owner)
    {
        await owner.OpenStudioAsync(Editor, ".x6-node");
        foreach (var panel in new[] { "变量", "输入输出", "版本记录", "属性" })
        {
            await owner.TabAsync(panel);
            await IsChineseAsync(owner);
        }

        await owner.Activity("救援协调处审查").ClickAsync();
        foreach (var panel in new[] { "输出", "常规", "信息", "输入", "代码" })
        {
            await owner.TabAsync(panel);
            await IsChineseAsync(owner);
        }

        await Look.PictureAsync(owner, "64-studio-code");
        await owner.TabAsync("技术指挥官聘任");
        await owner.Locator("#studio .mud-toolbar .mud-menu button").Last.ClickAsync();
        await owner.Locator(".mud-popover-open").GetByText("导出", new() { Exact = true }).ClickAsync();
        var dialog = owner.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await IsChineseAsync(owner);
        var download = await owner.RunAndWaitForDownloadAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "导出", Exact = true }).ClickAsync(), new() { Timeout = 60_000 });
        Assert.EndsWith(".json", download.SuggestedFilename, StringComparison.Ordinal);
    }

    private static async Task RunsAsync(IPage owner)
    {
        await owner.OpenStudioAsync("/studio/workflows/instances", "#studio table tbody tr");
        await IsChineseAsync(owner);
        await owner.Locator("#studio table tbody tr").GetByText("技术指挥官聘任").First.ClickAsync();
        await owner.WaitForStudioAsync(".x6-node");
        foreach (var panel in new[] { "故障", "变量", "输入输出", "详情", "活动调用路径", "经过" })
        {
            await owner.TabAsync(panel);
            await IsChineseAsync(owner);
        }

        await owner.Activity("单位推荐").ClickAsync();
        await owner.Locator(".mud-tab").Filter(new() { HasText = "执行记录" }).ClickAsync();
        await Expect(owner.Locator(".mud-tab-active").Filter(new() { HasText = "执行记录" })).ToHaveCountAsync(1);
        await IsChineseAsync(owner);
    }

    /// <summary>The auditor sees the same process and is offered nothing that would change it.</summary>
    private static async Task AuditorAsync(IPage auditor)
    {
        await auditor.OpenStudioAsync(Editor, ".x6-node");
        await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true })).ToHaveCountAsync(0);
        await IsChineseAsync(auditor);
        await Look.PictureAsync(auditor, "65-studio-auditor");
    }

    /// <summary>Visible words of two Latin letters and more, but for names of keys, types and languages.</summary>
    private static async Task IsChineseAsync(IPage page)
    {
        var left = await page.EvaluateAsync<string[]>(
            """
            () => {
              const own = '.activity-label, .monaco-editor, td, .mud-table-cell, code, script, style, noscript, [data-own]';
              const known = /^(JavaScript|JSON|Liquid|[A-Z0-9]{4}-\d{4}-\d+|[a-zA-Z]+(-[a-zA-Z]+)+|[0-9a-fA-F-]{16,})$/;
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const text = node.data.trim();
                const element = node.parentElement;
                if (/[A-Za-z]{2}/.test(text) && !/[\u4e00-\u9fff]/.test(text) && !known.test(text) && !element.closest(own)
                  && element.checkVisibility()) found.push(text);
              }
              return found;
            }
            """);
        Assert.True(left.Length == 0, $"Still English at {page.Url}: {string.Join(" | ", left)}");
    }
}
