using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Insurance;

/// <summary>Accident insurance through the front door: roster, quotation, signatures, policies, claims, and what is refused on the way.</summary>
public sealed class InsurancePagesTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_purchase_goes_from_the_roster_to_cover_in_the_register_and_a_claim_to_its_payment()
    {
        await using var app = new TestApp { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };
        using var officer = await app.SignedInAsync("caoyu");
        var roster = await officer.GetAsync("/insurance");
        Assert.Contains("邱岚", Said(roster));
        Assert.DoesNotContain("罗建明", Said(roster));
        var none = await officer.PostAsync(roster.Form("handler=Open").Without("insured"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.Status);
        Assert.Contains("请勾选投保，或者写明本次不投保的原因", Said(none));
        var opened = await officer.PostAsync(roster.Form("handler=Open"));
        var caseId = Guid.Parse(opened.Location!.Split('/')[^1]);
        Assert.Contains("已在", Said(await officer.GetAsync("/insurance")));

        await QuoteAsync(app, officer, caseId);
        await SignAsync(app, "wangqiang", caseId);
        await SignAsync(app, "wuhaifeng", caseId);
        var granted = await app.DatabaseAsync(db => db.Entitlements.AsNoTracking().SingleAsync(row => row.CaseId == caseId, Stop));
        Assert.Equal(318.5m, granted.Amount);
        using (var finance = await app.SignedInAsync("mengqiu"))
        {
            Assert.Contains("技术指挥官意外伤害保险费", Said(await finance.GetAsync("/finance/new")));
            Assert.Contains("江州财产保险股份有限公司", Said(await finance.GetAsync("/finance/accounts")));
        }

        await RecordAsync(app, officer, caseId);
        await SignAsync(app, "wangqiang", caseId);
        Assert.Equal(CaseStatus.Completed, await app.DatabaseAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync(Stop)));
        Assert.Contains("当日在聘人员都有有效保险", Said(await officer.GetAsync("/insurance?day=2026-12-01")));
        var policies = await officer.GetAsync("/insurance/policies");
        Assert.Contains("PJZ-NEW-1", Said(policies));
        var policy = await app.DatabaseAsync(db => db.InsurancePolicies.AsNoTracking().SingleAsync(row => row.CaseId == caseId, Stop));
        Assert.Equal("application/pdf", (await officer.GetAsync($"/insurance/policies/{policy.Id}/scan")).Message.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("PK", (await officer.PostAsync(policies.Form("handler=Export"))).Text, StringComparison.Ordinal);
        Assert.Contains("PJZ-NEW-1", Said(await officer.GetAsync($"/commanders/{policy.CommanderId}")));

        await ClaimAsync(app, officer, policy.Id);
    }

    private static async Task QuoteAsync(TestApp app, Browser officer, Guid caseId)
    {
        var address = $"/tasks/{await TaskAsync(app, caseId, "caoyu")}";
        HtmlForm Filled(Page page) => Submit(page).Set("data.insurer", "江州财产保险股份有限公司").Set("data.insurerCode", "91500000MA5U00000W")
            .Set("data.premium", "318.50").Set("data.sumInsured", "1000000").Set("data.validFrom", "2026-12-01").Set("data.validUntil", "2027-11-30");
        async Task RefusedAsync(string field, string value, string message, string? file = null, byte[]? content = null)
        {
            // A file is taken, or refused, before anything is decided; the page is then shown again.
            var form = Filled(await officer.GetAsync(address)).Set(field, value);
            var answer = file is null ? await officer.PostAsync(form) : await officer.PostAsync(form, "file:quotation", file, content!);
            Assert.Equal(content == Pdf || file is null ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, answer.Status);
            Assert.Contains(message, Said(answer));
            Assert.Contains("江州财产保险股份有限公司", Said(answer));
            Assert.Null(await app.DatabaseAsync(db => db.Entitlements.FirstOrDefaultAsync(row => row.CaseId == caseId, Stop)));
        }

        await RefusedAsync("data.premium", "318.50", "请上传“报价单”");
        await RefusedAsync("data.premium", "318.50", "扫描件只能是 PDF", "报价.xlsx", Workbook());
        await RefusedAsync("data.premium", "318.505", "最多两位小数", "报价单.pdf", Pdf);
        await RefusedAsync("data.premium", "USD 318", "不是有效金额");
        await RefusedAsync("data.sumInsured", "999999.99", "1,000,000.00");
        await RefusedAsync("data.validUntil", "2026-11-30", "不能早于 2026-12-01");
        await RefusedAsync("data.insurerCode", "91500000MA5U000007", "校验位不正确");
        var sent = await officer.PostAsync(Filled(await officer.GetAsync(address)));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
    }

    private static async Task RecordAsync(TestApp app, Browser officer, Guid caseId)
    {
        var address = $"/tasks/{await TaskAsync(app, caseId, "caoyu")}";
        async Task RefusedAsync(string field, string value, string message, bool isFirst = false)
        {
            var form = Submit(await officer.GetAsync(address)).Set("data.policies[0].policyNumber", "PJZ-NEW-1").Set(field, value);
            var answer = isFirst ? await officer.PostAsync(form, "file:policyFiles", "保险单.pdf", Pdf) : await officer.PostAsync(form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(message, Said(answer));
            Assert.Contains($"value=\"{value}\"", Said(answer));
        }

        await RefusedAsync("data.policies[0].name", "路人甲", "“路人甲”不在本次投保名单中", isFirst: true);
        await RefusedAsync("data.policies[0].policyNumber", "PJZ202600001", "已登记给罗建明");
        await RefusedAsync("data.policies[0].sumInsured", "500000.00", "不能少于 1,000,000.00 元");
        await RefusedAsync("data.policies[0].validUntil", "2026-11-01", "不能早于");
        Assert.Equal(0, await app.DatabaseAsync(db => db.InsurancePolicies.CountAsync(row => row.CaseId == caseId, Stop)));
        var sent = await officer.PostAsync(Submit(await officer.GetAsync(address)).Set("data.policies[0].policyNumber", "PJZ-NEW-1"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
    }

    private static async Task ClaimAsync(TestApp app, Browser officer, Guid policyId)
    {
        var page = await officer.GetAsync($"/insurance/claims/new?policy={policyId}");
        HtmlForm Filled(string day, string sum) => page.Form("accidentOn").Set("accidentOn", day).Set("claimedSum", sum).Set("injury", "左臂骨折");
        var wrong = await officer.PostAsync(Filled("2026-11-20", "2000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("出险日期不在保险期间内", Said(wrong));
        Assert.Contains("不能超过保险金额 1,000,000.00 元", Said(wrong));
        Assert.Contains("左臂骨折", Said(wrong));
        app.Clock.Advance(TimeSpan.FromDays(20));
        using var later = await app.SignedInAsync("caoyu");
        page = await later.GetAsync($"/insurance/claims/new?policy={policyId}");
        var program = await later.PostAsync(Filled("2026-12-05", "8000"), "files", "诊断书.pdf", Encoding.ASCII.GetBytes("MZ-not a scan"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, program.Status);
        var recorded = await later.PostAsync(Filled("2026-12-05", "8000"), "files", "诊断书.pdf", Pdf);
        var address = recorded.Location!;
        await AddFilesAsync(later, address);
        async Task StepAsync(string next, string sum, string text, HttpStatusCode status) => Assert.Equal(status, (await later.PostAsync(
            (await later.GetAsync(address)).Form($"value=\"{next}\"").Set("on", "2026-12-10").Set("sum", sum).Set("text", text))).Status);
        await StepAsync("Decided", "8000.001", "按条款核定", HttpStatusCode.UnprocessableEntity);
        await StepAsync("Decided", "7600", "扣除免赔额", HttpStatusCode.Redirect);
        await StepAsync("Paid", "7600.01", "", HttpStatusCode.UnprocessableEntity);
        await StepAsync("Paid", "7600", "", HttpStatusCode.Redirect);
        var claim = await app.DatabaseAsync(db => db.InsuranceClaims.AsNoTracking().SingleAsync(row => row.PolicyId == policyId, Stop));
        Assert.Equal((InsuranceClaimState.Paid, 7600m), (claim.State, claim.PaidSum));
        var ended = (await later.GetAsync(address)).Form("name=\"files\"");
        var late = await later.PostAsync(ended, "files", "现场照片.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("不能再补充材料", Said(late));
        using var self = await app.SignedInAsync("qiulan");
        using var other = await app.SignedInAsync("tanli");
        Assert.Contains("左臂骨折", Said(await self.GetAsync(address)));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/insurance/policies")).Status);
    }

    /// <summary>Documents that arrive later: a picture and a scan are kept and can be read again, nothing else is.</summary>
    private static async Task AddFilesAsync(Browser officer, string address)
    {
        var page = await officer.GetAsync(address);
        var none = await officer.PostAsync(page.Form("name=\"files\"").Without("files"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.Status);
        Assert.Contains("请先选择文件", Said(none));
        (string, byte[], string)[] later = [("现场照片.png", Applications.Picture(), "image/png"), ("住院发票.pdf", Pdf, "application/pdf")];
        foreach (var (name, content, type) in later)
        {
            var added = await officer.PostAsync(page.Form("name=\"files\""), "files", name, content);
            Assert.Equal(HttpStatusCode.Redirect, added.Status);
            var shown = Said(await officer.FollowAsync(added));
            var file = await officer.GetAsync(Regex.Match(shown, $"href=\"(?<to>[^\"]*/files/[^\"]+)\"[^>]*>{name}<").Groups["to"].Value);
            Assert.Equal(type, file.Message.Content.Headers.ContentType!.MediaType);
            Assert.Equal(content, await file.Message.Content.ReadAsByteArrayAsync(Stop));
        }
    }

    private static async Task SignAsync(TestApp app, string user, Guid caseId)
    {
        using var browser = await app.SignedInAsync(user);
        var page = await browser.GetAsync($"/tasks/{await TaskAsync(app, caseId, user)}");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync(Applications.Decision(page, "Approve"))).Status);
    }

    private static HtmlForm Submit(Page task) => task.Form("ShownHash").Set("Kind", "Submit").Without("redraw");

    private static Task<Guid> TaskAsync(TestApp app, Guid caseId, string user) => app.DatabaseAsync(db => (
        from task in db.Tasks
        join account in db.Users on task.AssigneeId equals account.PersonId
        where task.CaseId == caseId && task.State == TaskState.Open && account.UserName == user
        select task.Id).SingleAsync(Stop));

    private static string Said(Page page) => WebUtility.HtmlDecode(page.Text);

    private static byte[] Workbook() => Approvals.Documents.Sheets.Workbook.Write(
        new Approvals.Documents.Sheets.Sheet("报价", [new("项目", Approvals.Documents.Sheets.SheetColumnKind.Text)], [["保险费"]]));
}
