using System.Net;
using Approvals.Core.Cases;
using Approvals.Core.Insurance;
using Approvals.Web.Tests.Draws;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// An event of <c>zouping</c> under the command of <c>linxiuying</c> with a mission of <c>luojianming</c> that runs and one that has ended
/// and was claimed; purchase, policy and claim of insurance; a claim of the rescue team of <c>majunjie</c>; a draw.
/// </summary>
internal static class RescueThings
{
    /// <summary>Makes the event and its missions, and lets two days pass.</summary>
    public static async Task MakeMissionsAsync(Desk desk, Things things)
    {
        things["event"] = await OpenAsync(desk, "江州港区泄漏事故", "linxiuying");
        things["event", Things.Another] = await OpenAsync(desk, "江州城北仓库泄漏事故", "zhouzhengguo");

        // Whom the command could be handed over to.
        things["general"] = await PersonAsync(desk, "zhouzhengguo");
        things["general", Things.Another] = await PersonAsync(desk, "linxiuying");
        var running = await AppointAsync(desk, things["event"], "linxiuying", "luojianming");
        var ended = await AppointAsync(desk, things["event"], "linxiuying", "fangzhiyuan");
        var others = await AppointAsync(desk, things["event", Things.Another], "zhouzhengguo", "tanli");
        things["mission", Things.Another] = others.Id;
        things["commander"] = running.CommanderId;
        things["case", Things.Mission] = running.CaseId;
        things["mission"] = running.Id;
        desk.Wait(TimeSpan.FromDays(2));
        await desk.SignAsync("linxiuying", ended.CaseId, "Approve", ("data.terminationReason", "over"));
        things["task", Things.Mission] = await desk.TaskAsync(running.CaseId, "linxiuying");
        await ClaimAllowanceAsync(desk, things);
        await desk.SignAsync("zhouzhengguo", others.CaseId, "Approve", ("data.terminationReason", "over"));
        await BeginAllowanceAsync(desk, things);
    }

    /// <summary>Makes insurance, compensation and the draw.</summary>
    public static async Task MakeOthersAsync(Desk desk, Things things)
    {
        var officer = await desk.AsAsync("caoyu");
        var purchase = Guid.Parse((await officer.PostAsync((await officer.GetAsync("/insurance")).Form("handler=Open"))).Location!.Split('/')[^1]);
        things["case", Things.Insurance] = purchase;
        things["task", Things.Insurance] = await desk.TaskAsync(purchase, "caoyu");
        await desk.App.DatabaseAsync(async db =>
        {
            var claim = await db.InsuranceClaims.SingleAsync();
            var file = await db.Files.FirstAsync();
            var scan = new CaseAttachment { CaseId = purchase, FieldKey = "policyFiles", FileName = "保险单.png", FileId = file.Id };
            var given = new InsuranceClaimFile { ClaimId = claim.Id, FileId = file.Id, FileName = "诊断书.png" };
            db.AddRange(scan, given);
            await db.SaveChangesAsync();
            var policy = claim.PolicyId;
            await db.InsurancePolicies.Where(row => row.Id == policy).ExecuteUpdateAsync(set => set.SetProperty(row => row.ScanId, scan.Id));
            await db.Commanders.Where(row => row.PersonId != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.PhotoFileId, file.Id));
            (things["claim"], things["policy"], things["claim file"]) = (claim.Id, policy, given.Id);
            things["member"] = (await db.InsuranceMembers.FirstAsync(row => row.CaseId == purchase)).Id;
            return true;
        });

        var claimed = await ClaimCompensationAsync(desk, "majunjie", form => form);
        things["case", Things.Compensation] = claimed;
        things["case", Things.OtherCompensation] = await ClaimCompensationAsync(desk, "chenguihua", form => form
            .Set("data.teamName", "江州化工集团专职救援队").Set("data.payeeName", "江州化工集团专职救援队")
            .Set("data.invoices[0].number", "25500000000087654321").Set("data.creditCode", "91500000MA5U00000W"));
        things["task", Things.Compensation] = await desk.TaskAsync(claimed, "wangqiang");

        await DrawScene.StartAsync(desk.App);
        things["draw"] = await desk.App.DatabaseAsync(db => db.DrawRequests.Select(row => row.Id).SingleAsync());
    }

    private static async Task<string> OpenAsync(Desk desk, string name, string general)
    {
        var duty = await desk.AsAsync("zouping");
        var form = (await duty.GetAsync("/events/new")).Form("name=\"Input.Name\"");
        var opened = await duty.PostAsync(form.Set("Input.Name", name).Set("Input.Specialty", "hazchem")
            .Set("Input.Level", "Larger").Set("Input.Region", "county").Set("Input.Place", "江州港区三号泊位")
            .Set("Input.GeneralCommanderId", (await PersonAsync(desk, general)).ToString()));
        Assert.True(opened.Location?.StartsWith("/events/", StringComparison.Ordinal), opened.Text);
        return opened.Location!["/events/".Length..];
    }

    private static async Task<Approvals.Core.Missions.Mission> AppointAsync(
        Desk desk, object eventId, string general, string commander)
    {
        var person = await PersonAsync(desk, commander);
        var commanderId = await desk.App.DatabaseAsync(db => db.Commanders.Where(row => row.PersonId == person).Select(row => row.Id).SingleAsync());
        var browser = await desk.AsAsync(general);
        var page = await browser.GetAsync($"/events/{eventId}");
        var chosen = await browser.PostAsync(page.Form($"value=\"{commanderId}\""));
        Assert.True(chosen.Location?.StartsWith("/tasks/", StringComparison.Ordinal), chosen.Text);
        var caseId = await desk.App.DatabaseAsync(db => db.Missions.Where(row => row.CommanderId == commanderId).Select(row => row.CaseId).SingleAsync());
        await desk.SignAsync(general, caseId);
        await desk.SignAsync(commander, caseId);
        return await desk.App.DatabaseAsync(db => db.Missions.AsNoTracking().SingleAsync(row => row.CaseId == caseId));
    }

    private static async Task ClaimAllowanceAsync(Desk desk, Things things)
    {
        var caseId = await AllowanceAsync(desk, things["event"]);
        await desk.SignAsync("wangqiang", caseId);
        await desk.SignAsync("jinmingzhu", caseId);
        await desk.SignAsync("wuhaifeng", caseId);
        things["entitlement"] = await desk.App.DatabaseAsync(
            db => db.Entitlements.OrderBy(row => row.Number).Select(row => row.Id).FirstAsync());
    }

    /// <summary>One that <c>jinmingzhu</c> has before them.</summary>
    private static async Task BeginAllowanceAsync(Desk desk, Things things)
    {
        var caseId = await AllowanceAsync(desk, things["event", Things.Another]);
        await desk.SignAsync("wangqiang", caseId);
        things["case", Things.Allowance] = caseId;
        things["task", Things.Allowance] = await desk.TaskAsync(caseId, "jinmingzhu");
    }

    private static async Task<Guid> AllowanceAsync(Desk desk, object eventId)
    {
        var officer = await desk.AsAsync("huangting");
        var sheet = await officer.GetAsync($"/allowances/new/{eventId}");
        var sent = await officer.PostAsync(sheet.Form("handler=Submit").To($"/allowances/new/{eventId}?handler=Submit"));
        Assert.True(sent.Location?.StartsWith("/cases/", StringComparison.Ordinal), sent.Text);
        return Guid.Parse(sent.Location!["/cases/".Length..]);
    }

    private static async Task<Guid> ClaimCompensationAsync(Desk desk, string representative, Func<HtmlForm, HtmlForm> change)
    {
        var team = await desk.AsAsync(representative);
        var draft = await team.SubmitAsync((await team.GetAsync("/start")).Form("value=\"compensation\""));
        var sent = await team.PostAsync(change(Claim(draft)), "file:invoiceFiles", "发票.png", Applications.Picture());
        Assert.True(sent.Location?.StartsWith("/cases/", StringComparison.Ordinal), sent.Text);
        return Guid.Parse(sent.Location!["/cases/".Length..]);
    }

    private static HtmlForm Claim(Page draft) => draft.Form("id=\"draft\"")
        .Set("data.eventNumber", "TFSJ-2025-0001").Set("data.teamName", "江州矿山救护大队").Set("data.contactPhone", "13800001111")
        .Set("data.rescueText", "出动二十人、三台装备参加塌方清障，持续三天。")
        .Set("data.invoices[0].kind", "supplies").Set("data.invoices[0].item", "支护材料").Set("data.invoices[0].from", "2025-12-03")
        .Set("data.invoices[0].number", "25500000000012345678").Set("data.invoices[0].date", "2025-12-05")
        .Set("data.invoices[0].seller", "江州器材有限公司").Set("data.invoices[0].amount", "3000").Set("data.invoices[0].scan", "1")
        .Set("data.invoices[0].currency", "CNY").Set("data.responsibility", "none").Set("data.responsibilityText", "强降雨引发，属于自然灾害。")
        .Set("data.notPaidDeclared", "true").Set("data.payeeName", "江州矿山救护大队").Set("data.creditCode", "91500101MA0000007H").Set("act", "submit");

    private static Task<Guid> PersonAsync(Desk desk, string user) => desk.App.DatabaseAsync(db => db.Users.Where(row => row.UserName == user)
        .Select(row => row.PersonId).SingleAsync());
}
