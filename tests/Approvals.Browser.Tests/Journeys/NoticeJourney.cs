using Approvals.Core.Calendar;
using Approvals.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>The public notice (T§13(三)) with an objection that is dismissed.</summary>
internal static class NoticeJourney
{
    /// <summary>Walks through it until the notice has ended; returns its id.</summary>
    public static async Task<Guid> WalkAsync(Visit visit, Office office)
    {
        await office.RunDueAsync();
        var notice = await office.ReadAsync(db => db.Notices.AsNoTracking().SingleAsync());
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30)), (notice.PublishedOn, notice.EndsOn));

        var receipt = await ObjectAsync(visit, notice);
        await office.ComeInOnAsync(new DateOnly(2026, 11, 24));
        await InvestigateAsync(visit);
        await DismissAsync(visit);
        await office.RunDueAsync();
        var objector = await visit.NewPersonAsync();
        await objector.GotoAsync($"/public/objections/{receipt}");
        await Expect(objector.Locator(".facts")).ToContainTextAsync("经核查，异议不成立。");

        // Still running on its last day, ended with it, and told once although it is rung twice.
        office.App.Clock.SetUtcNow(ChinaTime.EndOf(notice.EndsOn).AddSeconds(-1));
        await office.RunDueAsync();
        Assert.Equal(NoticeStatus.Running, await StatusAsync(office));
        office.App.Clock.SetUtcNow(ChinaTime.EndOf(notice.EndsOn));
        await office.RunDueAsync();
        await office.RunDueAsync();
        Assert.Equal(NoticeStatus.Ended, await StatusAsync(office));
        await objector.GotoAsync($"/public/notices/{notice.Id}");
        await Expect(objector.Locator("article")).ToContainTextAsync("公示期满，无成立的异议");
        Assert.DoesNotContain("刘志强", await objector.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        return notice.Id;
    }

    /// <summary>Lets the notice run out without an objection.</summary>
    public static async Task RunOutAsync(Office office)
    {
        await office.RunDueAsync();
        var notice = await office.ReadAsync(db => db.Notices.AsNoTracking().SingleAsync());
        office.App.Clock.SetUtcNow(ChinaTime.EndOf(notice.EndsOn));
        await office.RunDueAsync();
        Assert.Equal(NoticeStatus.Ended, await StatusAsync(office));
    }

    private static Task<NoticeStatus> StatusAsync(Office office) =>
        office.ReadAsync(db => db.Notices.AsNoTracking().Select(row => row.Status).SingleAsync());

    private static async Task<string> ObjectAsync(Visit visit, PublicNotice notice)
    {
        var anybody = await visit.NewPersonAsync();
        await anybody.GotoAsync("/public/notices");
        await Look.AtAsync(anybody, "10-public-notices");
        await anybody.Row(notice.Number).ClickAsync();
        await Expect(anybody.Locator("article")).ToContainTextAsync("拟聘任刘志强同志为抢险救援技术指挥官");
        await Look.AtAsync(anybody, "11-public-notice");
        var pdf = await anybody.ReadPdfAsync($"/public/documents/{notice.DocumentId}");
        Assert.Contains("刘志强", pdf, StringComparison.Ordinal);
        Assert.Contains(Papers.AsPrinted(notice.Number), pdf, StringComparison.Ordinal);

        await anybody.FillAsync("#name", "周某某");
        await anybody.FillAsync("#contact", "13900000000");
        await anybody.FillAsync("#content", "其所填 2015 年任职时间与实际不符，请核查。");
        await anybody.SetInputFilesAsync(
            "#evidence", new FilePayload { Name = "证明.jpg", MimeType = "image/jpeg", Buffer = Application.Scan("任职证明") });
        await anybody.GetByRole(AriaRole.Button, new() { Name = "提交异议" }).ClickAsync();
        await Expect(anybody.Locator("p.notice[role=status]")).ToContainTextAsync("异议已提交");
        await Look.AtAsync(anybody, "12-objection-filed");
        return anybody.Url.Split('/')[^1].Split('?')[0];
    }

    private static async Task InvestigateAsync(Visit visit)
    {
        var handler = await visit.SignInAsync("pengfei");
        await handler.OpenTaskAsync("异议核查");
        await Look.AtAsync(handler, "13-task-investigate");
        var url = handler.Url;
        await handler.GotoAsync("/objections");
        await handler.Row("回执").ClickAsync();
        await Expect(handler.Locator(".facts")).ToContainTextAsync("任职时间与实际不符");
        await Expect(handler.Locator(".facts")).ToContainTextAsync("周某某");
        var evidence = await handler.Context.APIRequest.GetAsync((await handler.Locator("a[href*='evidence']").GetAttributeAsync("href"))!);
        Assert.Equal((200, "image/jpeg"), (evidence.Status, evidence.Headers["content-type"]));
        Assert.Equal(Application.Scan("任职证明"), await evidence.BodyAsync());
        await Look.AtAsync(handler, "14-objection");
        await handler.GotoAsync(url);
        await handler.Type("objectionInvestigation", "经调阅人事档案并走访单位，任职时间属实，反映问题不成立。");
        await handler.SelectOptionAsync("[name='data.objectionProposal']", "dismiss");
        await handler.ChooseAsync("approve", "");
        await handler.SendAsync("approve");
    }

    private static async Task DismissAsync(Visit visit)
    {
        var leader = await visit.SignInAsync("wuhaifeng");
        await leader.OpenTaskAsync("异议裁定");
        await Expect(leader.Locator(".paper")).ToContainTextAsync("经调阅人事档案并走访单位");
        await leader.Type("objectionRuling", "事实清楚，异议不成立，公示继续。");
        await Look.AtAsync(leader, "15-task-rule");
        await leader.ChooseAsync("approve", "同意核查意见。");
        await leader.SignStoredAsync("approve");
    }
}
