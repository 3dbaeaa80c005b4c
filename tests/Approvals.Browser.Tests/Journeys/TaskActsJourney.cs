using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>What a signer does beside deciding: takes a decision back, delegates the work, asks a colleague to sign as well.</summary>
public sealed class TaskActsJourney(BrowserFixture browser)
{
    [Fact]
    public async Task A_recommendation_is_taken_back_the_work_delegated_and_a_colleague_signs_beside()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                var unit = await visit.SignInAsync("chenguihua");
                await Application.RecommendAsync(unit, "同意推荐。");
                await TakeBackAsync(unit);
                await EnglishAsync(unit);
                await Application.RecommendAsync(unit, "更正后同意推荐。");

                var head = await visit.SignInAsync("songmin");
                await DelegateAsync(visit, head);
                await AskBesideAsync(visit, head);
                await head.ApproveAsync("人事处德才审查", "经核查，符合条件，同意。");
                await head.GotoAsync($"/cases/{(await office.CaseAsync()).Id}");
                await Expect(head.Locator("section[aria-labelledby=history]")).ToContainTextAsync("请 陆文博 一同签署");
            },
            office.Address);

        // The step waits for the one who was asked beside.
        Assert.Equal(
            ["Open"],
            await office.ReadAsync(db => db.Tasks.Where(task => task.AddedPlace == AddedPlace.Beside).Select(task => task.State.ToString()).ToListAsync()));
    }

    private static async Task TakeBackAsync(IPage unit)
    {
        await unit.GotoAsync("/inbox?tab=done");
        await unit.Row("单位推荐").First.ClickAsync();
        await unit.ClickAsync("a[href$='/take-back']");
        await Look.AtAsync(unit, "35-take-back");
        await unit.ClickAsync("button[data-phrase='点错了，需要重新办理。']");
        await unit.ClickAsync(".panel button[type=submit]");
        await Expect(unit.Locator("p.notice[role=status]").First).ToContainTextAsync("“单位推荐”重新等待办理");
    }

    /// <summary>Beside the open sheet the columns are at their narrowest: English captions break between words, or at hyphens.</summary>
    private static async Task EnglishAsync(IPage unit)
    {
        await unit.OpenTaskAsync("单位推荐");
        await unit.Context.AddCookiesAsync([new Cookie { Name = ".AspNetCore.Culture", Value = "c%3Den%7Cuic%3Den", Url = unit.Url }]);
        await unit.ReloadAsync();
        await unit.ClickAsync("label[for=kind-reject]");
        var broken = await unit.EvaluateAsync<string[]>(
            """
            () => {
              const found = [...document.querySelectorAll('.paper th, .sheet-end .btn')]
                .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.trim());
              for (const head of document.querySelectorAll('.paper > tbody > tr > th')) {
                const words = [...head.textContent.matchAll(/[A-Za-z]+/g)];
                for (const word of words) {
                  const range = document.createRange();
                  range.setStart(head.firstChild, word.index);
                  range.setEnd(head.firstChild, word.index + word[0].length);
                  if (getComputedStyle(head).overflowWrap !== 'normal' && new Set([...range.getClientRects()].map(one => one.top)).size > 1)
                    found.push(word[0]);
                }
              }
              return found;
            }
            """);
        Assert.Empty(broken);
        await unit.Context.ClearCookiesAsync(new() { Name = ".AspNetCore.Culture" });
    }

    private static async Task DelegateAsync(Visit visit, IPage head)
    {
        await head.OpenTaskAsync("人事处德才审查");
        await head.ClickAsync(".decide-bar summary");
        await head.ClickAsync("a[href$='/hand-over']");
        await head.CheckAsync("input[name=ComesBack][value=true]");
        await head.SelectOptionAsync("select[name=To]", new SelectOptionValue { Label = await LabelAsync(head, "To", "彭飞") });
        await head.FillAsync("#reason", "请核实任职经历后提出意见。");
        await Look.AtAsync(head, "37-delegate");
        await head.ClickAsync(".panel button[type=submit]");
        await Expect(head.Locator("p.notice[role=status]").First).ToContainTextAsync("已委派 彭飞 办理");

        var colleague = await visit.SignInAsync("pengfei");
        await colleague.OpenTaskAsync("人事处德才审查");
        await Expect(colleague.Locator("label[for=kind-reject]")).ToHaveCountAsync(0);
        await colleague.ChooseAsync("approve", "经电话核实，任职属实，建议同意。");
        await Look.AtAsync(colleague, "39-delegated-task");
        await colleague.SignByHandAsync("approve");
    }

    private static async Task AskBesideAsync(Visit visit, IPage head)
    {
        await head.OpenTaskAsync("人事处德才审查");
        await Expect(head.Locator("section[aria-labelledby=history]")).ToContainTextAsync("建议同意");
        await head.ClickAsync(".decide-bar summary");
        await head.ClickAsync("a[href$='/add-signer']");
        await head.CheckAsync("input[name=Place][value=Beside]");
        await head.SelectOptionAsync("select[name=First]", new SelectOptionValue { Label = await LabelAsync(head, "First", "陆文博") });
        await head.FillAsync("#reason", "请一并把关。");
        await Look.AtAsync(head, "40-add-signer");
        await head.ClickAsync(".panel button[type=submit]");
        await Expect(head.Locator("p.notice[role=status]").First).ToContainTextAsync("已请 陆文博 与您一同签署");
        var colleague = await visit.SignInAsync("luwenbo");
        await Expect(colleague.Locator("a.row-link").Filter(new() { HasText = "人事处德才审查" })).ToHaveCountAsync(1);
    }

    private static async Task<string> LabelAsync(IPage page, string select, string name) =>
        (await page.Locator($"select[name={select}] option").Filter(new() { HasText = name }).First.TextContentAsync())!.Trim();
}
