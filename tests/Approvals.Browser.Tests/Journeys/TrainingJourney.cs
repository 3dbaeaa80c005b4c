using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>Training and examination (T§13(四)): below the pass mark, then the resit.</summary>
internal static class TrainingJourney
{
    /// <summary>Walks through both sessions.</summary>
    public static async Task WalkAsync(Visit visit, Office office)
    {
        await office.ComeInOnAsync(new DateOnly(2026, 12, 1));
        var officer = await visit.SignInAsync("zhangwei");
        await officer.GotoAsync("/training");
        await Look.AtAsync(officer, "16-training");
        await PlanAsync(officer, "2026年第一期技术指挥官培训班", "2026-12-03");

        await office.ComeInOnAsync(new DateOnly(2026, 12, 4));
        officer = await visit.SignInAsync("zhangwei");
        await ExamineAsync(officer, "2026年第一期技术指挥官培训班", "59.5");
        await Expect(officer.Locator("p.notice[role=status]")).ToContainTextAsync("待补考 1 人");
        await office.RunDueAsync();
        await officer.GotoAsync("/training");
        await Expect(officer.Locator("main")).ToContainTextAsync("补考（第 2 次）");
        await PlanAsync(officer, "2026年第一期补考", "2026-12-04");
        await ExamineAsync(officer, "2026年第一期补考", "88");
        await Expect(officer.Locator("p.notice[role=status]")).ToContainTextAsync("合格 1 人");
        await Look.AtAsync(officer, "19-training-published");
        await office.RunDueAsync();
    }

    /// <summary>Walks through one session, passed at once.</summary>
    public static async Task PassAsync(Visit visit, Office office)
    {
        const string Title = "2026年第一期技术指挥官培训班";
        await office.ComeInOnAsync(new DateOnly(2026, 12, 1));
        await PlanAsync(await visit.SignInAsync("zhangwei"), Title, "2026-12-03");
        await office.ComeInOnAsync(new DateOnly(2026, 12, 4));
        var officer = await visit.SignInAsync("zhangwei");
        await ExamineAsync(officer, Title, "88");
        await Expect(officer.Locator("p.notice[role=status]")).ToContainTextAsync("合格 1 人");
        await office.RunDueAsync();
    }

    private static async Task PlanAsync(IPage officer, string title, string day)
    {
        await officer.GotoAsync("/training/edit");
        await officer.FillAsync("#name", title);
        await officer.FillAsync("#held", day);
        await officer.FillAsync("#capacity", "30");
        await officer.FillAsync("#place", "江州市应急救援培训基地");
        await officer.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(officer.Locator("h1")).ToHaveTextAsync(title);
        await officer.GetByLabel("刘志强").CheckAsync();
        await officer.GetByRole(AriaRole.Button, new() { Name = "安排到本班次" }).ClickAsync();
        await Expect(officer.Locator("p.notice[role=status]")).ToContainTextAsync("已安排 1 人");
        await Look.AtAsync(officer, "17-training-session");
    }

    private static async Task ExamineAsync(IPage officer, string title, string score)
    {
        await officer.GotoAsync("/training");
        await officer.Row(title).First.ClickAsync();
        await officer.GetByLabel("刘志强 出勤").SelectOptionAsync("yes");
        await officer.GetByLabel("刘志强 成绩").FillAsync(score);
        await officer.GetByRole(AriaRole.Button, new() { Name = "保存出勤和成绩" }).ClickAsync();
        await Expect(officer.Locator("p.notice[role=status]")).ToContainTextAsync("已保存");
        await officer.Locator("summary").GetByText("公布成绩").ClickAsync();
        await officer.GetByRole(AriaRole.Button, new() { Name = "确认公布" }).ClickAsync();
    }
}
