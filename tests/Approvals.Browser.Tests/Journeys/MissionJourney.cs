using Approvals.Core.Missions;
using Approvals.Core.Payouts;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>An event from the duty office's first report to what finance paid the commanders (T§6, §9, §10, §15(4), §19–21).</summary>
public sealed class MissionJourney(BrowserFixture browser)
{
    private const string Event = "江州化工园区“11·23”泄漏事故";

    [Fact]
    public async Task An_event_goes_from_the_roster_to_the_paid_packet_of_its_commanders()
    {
        await using var office = Office.Open(new TestApp
        {
            RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" },
        });
        await browser.VisitAsync(
            async visit =>
            {
                var eventId = await OpenAsync(visit);
                var first = await AppointAsync(visit, office, eventId);
                await OverrideAsync(visit, office, eventId);
                await LogAsync(visit, eventId);
                await TerminateAsync(visit, office, eventId, first);
                await ReportAsync(visit, office);
                await ClaimAsync(visit, office, eventId);
                await SignAsync(visit, office);
                await PaymentLeg.PaidAsync(visit, office);
            },
            office.Address);

        var owed = await office.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal([EntitlementKind.Allowance, EntitlementKind.Allowance], owed.Select(one => one.Kind));
        Assert.Equal(1575m, owed.Sum(one => one.Amount));
        Assert.Equal(0, await office.ReadAsync(db => db.Incidents.CountAsync()));
    }

    private static async Task<Guid> OpenAsync(Visit visit)
    {
        var duty = await visit.SignInAsync("zouping");
        await duty.GotoAsync("/events");
        await Look.AtAsync(duty, "40-events-empty");
        await duty.GotoAsync("/events/new");
        visit.Expect("status of 422");
        await duty.FillAsync("#name", Event);
        await duty.GetByRole(AriaRole.Button, new() { Name = "开启并提供名册" }).ClickAsync();
        await Expect(duty.Locator("#specialty-error")).ToContainTextAsync("请选择所需专业领域");
        await Expect(duty.Locator("#name")).ToHaveValueAsync(Event);
        await Look.AtAsync(duty, "41-event-new-error");
        await duty.SelectOptionAsync("#specialty", "hazchem");
        await duty.SelectOptionAsync("#level", "Larger");
        await duty.SelectOptionAsync("#region", "county");
        await duty.FillAsync("#place", "化工园区三号路江北储罐区");
        await duty.FillAsync("#latitude", "29.63");
        await duty.FillAsync("#longitude", "106.61");
        await duty.SelectOptionAsync("#general", new SelectOptionValue { Label = "周正国" });
        await duty.FillAsync("#description", "一台苯储罐法兰泄漏，现场无明火，周边已警戒。");
        await duty.GetByRole(AriaRole.Button, new() { Name = "开启并提供名册" }).ClickAsync();
        await Expect(duty.Locator("p.notice[role=status]")).ToContainTextAsync("参考名册已提供给总指挥");
        await Look.AtAsync(duty, "42-event-duty");
        return Guid.Parse(duty.Url.Split('/')[^1]);
    }

    private static async Task<Guid> AppointAsync(Visit visit, Office office, Guid eventId)
    {
        var general = await visit.SignInAsync("zhouzhengguo", phone: true);
        await general.GotoAsync($"/events/{eventId}");
        var roster = general.Locator("li[id^=commander-]");
        await Expect(roster).ToHaveCountAsync(4);
        await Expect(roster.First).ToContainTextAsync("1. 罗建明");
        await Expect(roster.First).ToContainTextAsync("距现场");
        await Expect(roster.Filter(new() { HasText = "邱岚" })).ToContainTextAsync("无有效保险");
        await Look.AtAsync(general, "43-event-roster-phone");
        await roster.First.Locator("input[name=assignment]").FillAsync("负责泄漏罐区堵漏和现场监测");
        await roster.First.GetByRole(AriaRole.Button, new() { Name = "任命" }).ClickAsync();
        await Expect(general.Locator(".task-form")).ToBeVisibleAsync();
        await Look.AtAsync(general, "44-task-appoint");
        await general.ChooseAsync("approve", "");
        await general.SignStoredAsync("approve");
        await office.RunDueAsync();

        var commander = await visit.SignInAsync("luojianming", phone: true, javaScript: true);
        await commander.OpenTaskAsync("本人答复", "罗建明");
        await Look.AtAsync(commander, "45-task-answer");
        await commander.ChooseAsync("approve", "");
        await commander.SignByHandAsync("approve");
        var mission = await office.ReadAsync(db => db.Missions.AsNoTracking().SingleAsync());
        Assert.Equal((MissionStatus.Active, (DateOnly?)office.Today), (mission.Status, mission.FirstDay));
        await commander.GotoAsync($"/cases/{mission.CaseId}");
        var order = await commander.ReadDocumentAsync("任命罗建明同志");
        Assert.Contains(Papers.AsPrinted("现任命罗建明同志"), order, StringComparison.Ordinal);
        Assert.Contains(Papers.AsPrinted("江应急令〔2026〕1号"), order, StringComparison.Ordinal);
        Assert.Contains(Papers.AsPrinted("负责泄漏罐区堵漏和现场监测"), order, StringComparison.Ordinal);
        return mission.Id;
    }

    // Without valid cover nothing takes effect until the leader in charge has given a reason.
    private static async Task OverrideAsync(Visit visit, Office office, Guid eventId)
    {
        var general = await visit.SignInAsync("zhouzhengguo", phone: true);
        await general.GotoAsync($"/events/{eventId}");
        await general.Locator("li[id^=commander-]").Filter(new() { HasText = "邱岚" })
            .GetByRole(AriaRole.Button, new() { Name = "任命" }).ClickAsync();
        await Expect(general.Locator("section[aria-labelledby=findings]")).ToContainTextAsync("无有效保险");
        await general.ChooseAsync("approve", "燃气管线并行，须有燃气专业指挥官。");
        await general.SignStoredAsync("approve");
        var leader = await visit.SignInAsync("wuhaifeng");
        await leader.OpenTaskAsync("无保险特批", "邱岚");
        await leader.ChooseAsync("approve", "同意。");
        await leader.Type("waiverReason", "燃气专业唯一可用指挥官，保单当日补办。");
        await Look.AtAsync(leader, "46-task-override");
        await leader.SignStoredAsync("approve");
        var commander = await visit.SignInAsync("qiulan", phone: true);
        await commander.OpenTaskAsync("本人答复", "邱岚");
        await commander.ChooseAsync("approve", "");
        await commander.SignByHandAsync("approve");
        await office.RunDueAsync();
    }

    private static async Task LogAsync(Visit visit, Guid eventId)
    {
        var commander = await visit.SignInAsync("luojianming", phone: true, javaScript: false);
        await commander.GotoAsync($"/events/{eventId}");
        await commander.CheckAsync("input[name=kind][value=Withdrawal]");
        await commander.FillAsync("#log-text", "储罐有爆裂征兆，决定全员撤至 300 米外。");
        await commander.GetByRole(AriaRole.Button, new() { Name = "记入现场记录" }).ClickAsync();
        await Expect(commander.Locator("p.notice[role=status]")).ToContainTextAsync("已记入现场记录");
        var duty = await visit.SignInAsync("zouping");
        await duty.GotoAsync("/profile/notifications");
        await Expect(duty.Locator("main")).ToContainTextAsync("撤离决定（罗建明）");
        await duty.GotoAsync($"/events/{eventId}");
        await Expect(duty.Locator("main")).ToContainTextAsync("无有效保险，吴海峰特批：燃气专业唯一可用指挥官，保单当日补办。");
        await Look.AtAsync(duty, "47-event-log");
    }

    private static async Task TerminateAsync(Visit visit, Office office, Guid eventId, Guid first)
    {
        await office.ComeInOnAsync(office.Today.AddDays(2));
        var general = await visit.SignInAsync("zhouzhengguo", phone: true);
        foreach (var name in new[] { "罗建明", "邱岚" })
        {
            await general.GotoAsync($"/events/{eventId}");
            await general.Locator("li.row-link").Filter(new() { HasText = name }).GetByText("办理：终止指令").First.ClickAsync();
            await general.SelectOptionAsync("[name='data.terminationReason']", "over");
            await general.ChooseAsync("approve", "");
            await general.SignStoredAsync("approve");
        }

        await general.GotoAsync($"/events/{eventId}");
        await general.GetByText("结束事件", new() { Exact = true }).First.ClickAsync();
        await general.FillAsync("#note", "泄漏点封堵完成，监测合格，转入善后。");
        await general.GetByRole(AriaRole.Button, new() { Name = "结束事件" }).ClickAsync();
        await Expect(general.Locator("p.notice[role=status]")).ToContainTextAsync("事件已结束");
        await Look.AtAsync(general, "48-event-closed");
        await office.RunDueAsync();
        var mission = await office.ReadAsync(db => db.Missions.AsNoTracking().SingleAsync(row => row.Id == first));
        Assert.Equal(MissionStatus.Ended, mission.Status);
    }

    private static async Task ReportAsync(Visit visit, Office office)
    {
        var commander = await visit.SignInAsync("luojianming");
        await commander.OpenTaskAsync("提交工作报告", "罗建明");
        await commander.Type("reportText", "到场后组织侦检，制定带压堵漏方案并组织实施，11 月 24 日泄漏点封堵完成，现场监测合格。");
        await commander.ChooseAsync("approve", "");
        await commander.SendAsync("approve");
        var head = await visit.SignInAsync("wangqiang");
        await head.OpenTaskAsync("现场处置评估", "罗建明");
        await head.SelectOptionAsync("[name='data.evaluationGrade']", "excellent");
        await head.Type("evaluationText", "处置科学、指挥有力，成效明显。");
        await Look.AtAsync(head, "49-task-evaluate");
        await head.ChooseAsync("approve", "");
        await head.SignStoredAsync("approve");
        await office.RunDueAsync();
        var keeper = await visit.SignInAsync("huangting");
        await keeper.GotoAsync("/events");
        await Expect(keeper.Row(Event)).ToContainTextAsync("待交报告 1 份");
        await Look.AtAsync(keeper, "50-events");
    }

    private static async Task ClaimAsync(Visit visit, Office office, Guid eventId)
    {
        var officer = await visit.SignInAsync("huangting");
        await officer.GotoAsync("/allowances");
        await Expect(officer.Row(Event)).ToContainTextAsync("待编报 6 人天");
        await Look.AtAsync(officer, "51-allowances");
        await officer.Row(Event).ClickAsync();
        await Expect(officer.Locator("#total")).ToHaveTextAsync("2,100.00");

        // The second of the two was there for half of the second day and not at all on the third.
        var sheet = officer.Locator("fieldset.sheet").Filter(new() { HasText = "邱岚" });
        await sheet.Locator("select").Nth(1).SelectOptionAsync("Half");
        await sheet.Locator("select").Nth(2).SelectOptionAsync("Absent");
        visit.Expect("status of 422");
        await officer.GetByRole(AriaRole.Button, new() { Name = "提交审批" }).ClickAsync();
        await Expect(sheet.Locator(".form-error")).ToContainTextAsync("请说明情况");
        await Expect(officer.Locator("#total")).ToHaveTextAsync("1,575.00");
        await Look.AtAsync(officer, "52-allowance-error");
        await sheet.Locator("select").Nth(2).SelectOptionAsync("");
        await sheet.Locator("select").Nth(1).SelectOptionAsync("Half");
        await sheet.Locator("input[name^='n:']").FillAsync("24 日下午交接撤离。");
        await officer.GetByRole(AriaRole.Button, new() { Name = "重新计算" }).ClickAsync();
        await Look.AtAsync(officer, "53-allowance-sheet");
        await officer.GetByRole(AriaRole.Button, new() { Name = "提交审批" }).ClickAsync();
        await Expect(officer.Locator("p.notice[role=status]").First).ToContainTextAsync("GZBZ-2026-0001");
        await office.RunDueAsync();
    }

    private static async Task SignAsync(Visit visit, Office office)
    {
        foreach (var (who, step) in new[] { ("wangqiang", "处室审核"), ("jinmingzhu", "财务审核"), ("wuhaifeng", "领导审批") })
        {
            var signer = await visit.SignInAsync(who);
            await signer.OpenTaskAsync(step, Event);
            await Expect(signer.Locator(".paper")).ToContainTextAsync("人民币");
            if (step == "财务审核")
            {
                await Look.AtAsync(signer, "54-task-allowance");
            }

            await signer.ChooseAsync("approve", "同意。");
            await signer.SignStoredAsync("approve");
        }

        await office.RunDueAsync();
        var officer = await visit.SignInAsync("huangting");
        await officer.GotoAsync("/allowances");
        await officer.GetByText("应付 2 笔").ClickAsync();
        await Expect(officer.Locator("main")).ToContainTextAsync("YF-2026-000001");
        await Look.AtAsync(officer, "55-allowances-granted");
    }
}
