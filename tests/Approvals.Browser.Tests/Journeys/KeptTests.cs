using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>What was typed outlives a sign-in that ran out and a page that was left.</summary>
public sealed class KeptTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_draft_says_that_it_is_not_saved_and_has_its_text_again_after_signing_in()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var applicant = await visit.SignInAsync("liuzhiqiang");
                await applicant.GotoAsync("/start");
                await applicant.GetByRole(AriaRole.Button, new() { Name = "开始填写：技术指挥官聘任" }).ClickAsync();
                await applicant.ClickAsync("button[name=rows-add][value=commandHistory]");
                await applicant.Context.ClearCookiesAsync();
                await applicant.Type("achievements", "会话过期后继续填写的内容");
                await applicant.Type("commandHistory[1].post", "第二行也要留下");
                await Expect(applicant.Locator("#saved [role=alert]")).ToContainTextAsync("未能保存：登录已过期。");
                await Look.AtAsync(applicant, "60-draft-not-saved");

                await applicant.ClickAsync("#saved a");
                await Expect(applicant.Locator("form.sign-in [role=status]")).ToContainTextAsync("登录已过期，请重新登录。");
                await applicant.ClickAsync("[data-demo='liuzhiqiang']");

                await Expect(applicant.Locator("[data-kept-line]")).ToBeVisibleAsync();
                await Expect(applicant.Locator("[name='data.achievements']")).ToHaveValueAsync("会话过期后继续填写的内容");
                Assert.Equal(1, await applicant.EvaluateAsync<int>(
                    "() => [...document.querySelectorAll('[name$=\"].post\"]')].filter((one) => one.value === '第二行也要留下').length"));
                await Look.AtAsync(applicant, "61-draft-restored");
                await applicant.WaitForFunctionAsync("() => sessionStorage.length === 0");
                var stored = await office.ReadAsync(db => Task.FromResult(db.Cases.Select(one => one.Data).Single()));
                Assert.Contains("会话过期后继续填写的内容", System.Text.RegularExpressions.Regex.Unescape(stored), StringComparison.Ordinal);
            },
            office.Address);
    }

    [Fact]
    public async Task A_task_keeps_what_was_typed_for_its_person_until_it_is_decided_or_they_sign_out()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                var unit = await visit.SignInAsync("chenguihua");
                await unit.OpenTaskAsync("单位推荐");
                var asked = 0;
                unit.Dialog += async (_, dialog) =>
                {
                    asked++;
                    await dialog.AcceptAsync();
                };
                await unit.Type("recommendationOpinion", "写了一半的推荐意见");
                await unit.ReloadAsync();
                Assert.Equal(1, asked);
                await Expect(unit.Locator("[data-kept-line]")).ToBeVisibleAsync();
                await Expect(unit.Locator("[name='data.recommendationOpinion']")).ToHaveValueAsync("写了一半的推荐意见");

                // A wrong password shows everything again; what is shown is still stored nowhere.
                await unit.ChooseAsync("approve", "情况属实。");
                await unit.FillAsync("#d-secret", "wrong");
                visit.Expect("status of 422");
                await unit.ClickAsync(".sheet-end button.decide-approve");
                await Expect(unit.Locator("#d-opinion")).ToHaveValueAsync("情况属实。");
                Assert.DoesNotContain("wrong", await unit.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"), StringComparison.Ordinal);

                await unit.GotoAsync("/inbox");
                Assert.Equal(1, await unit.EvaluateAsync<int>("() => sessionStorage.length"));
                await unit.ClickAsync("summary:has(.avatar-letter)");
                await unit.ClickAsync("form[action='/account/sign-out'] button");
                await Expect(unit.Locator("form.sign-in")).ToBeVisibleAsync();
                Assert.Equal(0, await unit.EvaluateAsync<int>("() => sessionStorage.length"));
            },
            office.Address);
    }
}
