using Approvals.Core.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>The accident insurance (T§20) that an appointment starts: quoted, signed by section and leader, policy checked and recorded in the register.</summary>
internal static class InsuranceJourney
{
    private const string Policy = "PICC-2026-000815";

    /// <summary>Walks through it, with a sum that is too low first.</summary>
    public static async Task WalkAsync(Visit visit, Office office)
    {
        var officer = await visit.SignInAsync("caoyu");
        await Expect(officer.Row("报价")).ToContainTextAsync("刘志强");
        await officer.OpenTaskAsync("报价");
        await Look.AtAsync(officer, "22-task-insurance");
        await officer.Type("insurer", "中国人民财产保险股份有限公司江州分公司");
        await officer.Type("insurerCode", "91500000MA5U00000W");
        await officer.Type("premium", "318.50");
        await officer.Type("validFrom", "2026-12-11");
        await officer.Type("validUntil", "2027-12-10");
        await officer.AttachAsync("quotation", "报价单.jpg", Application.Scan("报价单"), "image/jpeg");
        await officer.Type("sumInsured", "999999.99");
        await officer.ChooseAsync("approve", "");
        visit.Expect("status of 422");
        await officer.ClickAsync(".sheet-end button.decide-approve");
        await Expect(officer.Locator(".notice[role=alert], .form-error").Filter(new() { HasText = "1,000,000" }).First).ToBeVisibleAsync();
        await Expect(officer.Locator("[name='data.premium']")).ToHaveValueAsync("318.50");

        await officer.Type("sumInsured", "1200000");
        if (await officer.Locator(".form-files a").Filter(new() { HasText = "报价单.jpg" }).CountAsync() == 0)
        {
            await officer.AttachAsync("quotation", "报价单.jpg", Application.Scan("报价单"), "image/jpeg");
        }

        // What was refused stays as it was chosen: the sheet is still open.
        await officer.FillAsync("#d-opinion", "三家比价，报价最低。");
        await officer.SendAsync("approve");
        await SignAsync(visit, "wangqiang", "处室审核", "318.50");
        await SignAsync(visit, "wuhaifeng", "领导审批", "318.50");

        officer = await visit.SignInAsync("caoyu");
        await officer.OpenTaskAsync("登记保险单");
        await officer.Type("policies[0].policyNumber", Policy);
        await officer.AttachAsync("policyFiles", "保险单.jpg", Application.Scan("保险单"), "image/jpeg");
        await officer.ChooseAsync("approve", "已投保。");
        await officer.SendAsync("approve");

        var head = await visit.SignInAsync("wangqiang");
        await head.OpenTaskAsync("保险单核对");
        await Expect(head.Locator(".paper")).ToContainTextAsync("1,200,000.00");
        await Look.AtAsync(head, "26-task-insurance-check");
        await head.ChooseAsync("approve", "保额、期间与保险单一致。");
        await head.SendAsync("approve");
        await office.RunDueAsync();

        var policy = await office.ReadAsync(db => db.InsurancePolicies.AsNoTracking().SingleAsync());
        Assert.Equal((Policy, 1_200_000m, new DateOnly(2027, 12, 10)), (policy.PolicyNumber, policy.SumInsured, policy.ValidUntil));
        var ended = await office.CaseAsync("accident-insurance");
        Assert.Equal((CaseStatus.Completed, "已购买保险并登记"), (ended.Status, ended.Outcome));
        var keeper = await visit.SignInAsync("huangting");
        await keeper.GotoAsync("/commanders");
        await keeper.Row("刘").ClickAsync();
        await Expect(keeper.Locator("main")).ToContainTextAsync(Policy);
        await Expect(keeper.Locator("main")).ToContainTextAsync("1,200,000.00");
        await Look.AtAsync(keeper, "27-commander");
    }

    private static async Task SignAsync(Visit visit, string user, string step, string premium)
    {
        var signer = await visit.SignInAsync(user);
        await signer.OpenTaskAsync(step);
        await Expect(signer.Locator(".paper")).ToContainTextAsync(premium);
        await signer.ChooseAsync("approve", "同意。");
        await signer.SendAsync("approve");
    }
}
