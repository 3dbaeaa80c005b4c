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
                await ImportAsync(owner, await EditorAsync(owner));
                await DryRunAsync(owner);
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

    /// <returns>The process as it was exported.</returns>
    private static async Task<string> EditorAsync(IPage owner)
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
        return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>An exported file comes back as the draft of a new version; what is none is refused in words, and the list stays.</summary>
    private static async Task ImportAsync(IPage owner, string exported)
    {
        await owner.OpenStudioAsync("/studio/workflows/definitions", "#studio table tbody tr");
        var told = owner.Locator(".mud-snackbar");
        await ChooseFileAsync(owner, exported.Replace("抢险救援技术指挥官", "抢险救援现场技术指挥官", StringComparison.Ordinal));
        await Expect(told.Last).ToContainTextAsync("已导入 1 个流程");
        await Expect(owner.Locator("#studio table tbody tr").Filter(new() { HasText = "commander-appointment" })).ToContainTextAsync("2");
        await ChooseFileAsync(owner, "{}");
        await Expect(told.Last).ToContainTextAsync("1 个文件没有导入：不是从本系统或 Elsa 导出的流程文件。");
        await ChooseFileAsync(owner, "{\n\"root\":");
        await Expect(told.Last).ToContainTextAsync("1 个文件没有导入：第 2 行不是有效的 JSON。");
        await IsChineseAsync(owner);
    }

    private static async Task ChooseFileAsync(IPage owner, string content)
    {
        await owner.Locator(".mud-button-group-root button").Last.ClickAsync();
        var chooser = await owner.RunAndWaitForFileChooserAsync(
            () => owner.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = "导入" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "流程.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(content),
        });
    }

    /// <summary>From the editor and from the list, Studio's run button leads to what a dry run comes to.</summary>
    private static async Task DryRunAsync(IPage owner)
    {
        await owner.OpenStudioAsync(Editor, ".x6-node");
        await owner.GetByRole(AriaRole.Button, new() { Name = "试运行", Exact = true }).ClickAsync();
        await SeesResultAsync(owner);
        await owner.OpenStudioAsync("/studio/workflows/definitions", "#studio table tbody tr");
        await owner.Locator("#studio table tbody tr").Filter(new() { HasText = "commander-appointment" }).Locator(".mud-menu button").ClickAsync();
        await owner.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = "试运行" }).ClickAsync();
        await SeesResultAsync(owner);
    }

    private static async Task SeesResultAsync(IPage owner)
    {
        await owner.WaitForURLAsync("**/dry-run/*", new() { Timeout = 60_000 });
        await Expect(owner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("试运行结果");
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
        foreach (var act in new[] { "保存", "发布", "试运行" })
            await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = act, Exact = true })).ToHaveCountAsync(0);
        await IsChineseAsync(auditor);
        await Look.PictureAsync(auditor, "65-studio-auditor");

        await auditor.OpenStudioAsync("/studio/workflows/definitions", "#studio table tbody tr");
        foreach (var act in new[] { "新建流程", "批量操作" })
            await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = act })).ToHaveCountAsync(0);
        await Expect(auditor.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await auditor.Locator("#studio table tbody .mud-menu button").First.ClickAsync();
        await Expect(auditor.Locator(".mud-popover-open .mud-menu-item:visible")).ToHaveTextAsync(["查看", "导出"]);
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
