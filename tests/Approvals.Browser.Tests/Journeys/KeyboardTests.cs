using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>Filling in and deciding without a mouse: the page stays where one works, and focus never lies under something else.</summary>
public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_form_keeps_its_place_when_rows_change_a_file_is_sent_or_it_is_refused()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var applicant = await visit.SignInAsync("liuzhiqiang");
                await applicant.GotoAsync("/start");
                await applicant.GetByRole(AriaRole.Button, new() { Name = "开始填写：技术指挥官聘任" }).ClickAsync();
                var add = applicant.Locator("button[name=rows-add][value=commandHistory]");
                await add.PressAsync("Enter");
                await Expect(applicant.Locator("fieldset.form-row").Nth(1)).ToBeFocusedAsync();
                await applicant.Keyboard.PressAsync("Tab");
                await Expect(applicant.Locator("[name='data.commandHistory[1].from']")).ToBeFocusedAsync();
                await applicant.Locator("button[name=rows-remove][value='commandHistory[1]']").PressAsync("Enter");
                await Expect(add).ToBeFocusedAsync();

                await applicant.AttachAsync("healthCertificate", "体检证明.jpg", Application.Scan("体检合格"), "image/jpeg");
                await Expect(applicant.Locator("[name='file:healthCertificate']")).ToBeFocusedAsync();
                await Expect(applicant.Locator("[name='file:healthCertificate']")).ToBeInViewportAsync();

                visit.Expect("status of 422");
                await applicant.Locator("button[name=act][value=submit]").PressAsync("Enter");
                await Expect(applicant.Locator("#form-errors")).ToBeFocusedAsync();
            },
            office.Address);
    }

    [Fact]
    public async Task A_decision_is_reached_and_left_by_keys_and_never_covers_what_has_focus()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                var unit = await visit.SignInAsync("chenguihua");
                await unit.OpenTaskAsync("单位推荐");
                await unit.FocusAsync("#kind-approve");
                await unit.Keyboard.PressAsync("Space");
                await unit.Keyboard.PressAsync("Tab");
                await Expect(unit.Locator("#d-opinion")).ToBeFocusedAsync();
                await unit.Keyboard.PressAsync("Shift+Tab");
                await Expect(unit.Locator("#kind-approve")).ToBeFocusedAsync();
                await unit.Keyboard.PressAsync("Tab");
                await unit.Keyboard.PressAsync("Escape");
                await Expect(unit.Locator(".decide-sheet")).ToBeHiddenAsync();
                await Expect(unit.Locator("#kind-none")).ToBeCheckedAsync();

                await unit.FocusAsync("#kind-approve");
                await unit.Keyboard.PressAsync("Space");
                visit.Expect("status of 422");
                await unit.Locator(".sheet-end button.decide-approve").PressAsync("Enter");
                await Expect(unit.Locator(".decide-sheet .notice-problem")).ToBeFocusedAsync();
                await Look.AtAsync(unit, "46-task-refused");
            },
            office.Address);
    }
}
