using System.Net;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Compensation;

/// <summary>应急救援补偿 on the pages people use, from the start page to what waits for finance.</summary>
public sealed class CompensationPagesTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_claim_is_made_audited_with_a_cut_signed_and_waits_for_finance()
    {
        using var team = await app.SignedInAsync("majunjie");
        var draft = await team.SubmitAsync((await team.GetAsync("/start")).Form("value=\"compensation\""));
        var wrong = await team.PostAsync(
            Claim(draft, "12.345").Set("data.invoices[0].currency", "USD").Set("act", "submit"), "file:invoiceFiles", "发票.png", Applications.Picture());
        Assert.Contains("最多两位小数", wrong.Text);
        Assert.Contains("value=\"12.345\"", wrong.Text);
        Assert.Contains("value=\"江州器材有限公司\"", wrong.Text);
        var foreign = await team.PostAsync(Claim(wrong, "3000").Set("data.invoices[0].currency", "USD").Set("act", "submit"));
        Assert.Contains("只能以人民币申请", foreign.Text);
        Assert.Equal(0, await app.DatabaseAsync(db => db.CompensationInvoices.CountAsync(Stop)));

        var sent = await team.PostAsync(Claim(foreign, "3000").Set("data.invoices[0].currency", "CNY").Set("act", "submit"));
        var caseId = Guid.Parse(sent.Location!["/cases/".Length..]);
        Assert.Contains("江州高速公路隧道塌方救援", (await team.GetAsync($"/cases/{caseId}")).Text);
        await AccountAsync(team, caseId);

        using var head = await app.SignedInAsync("wangqiang");
        var task = await head.GetAsync($"/tasks/{await Applications.OpenTaskAsync(app, caseId)}");
        Assert.Contains("没有责任单位", task.Text);
        var tooMuch = await head.PostAsync(Cut(task, "3000.01"));
        Assert.Contains("超过第 1 行申请的 3,000.00 元", tooMuch.Text);
        Assert.Contains("value=\"超出采购标准\"", tooMuch.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await head.PostAsync(Cut(tooMuch, "500"))).Status);

        using var leader = await app.SignedInAsync("wuhaifeng");
        var last = await leader.GetAsync($"/tasks/{await Applications.OpenTaskAsync(app, caseId)}");
        Assert.Contains("第 1 行申请 3,000.00 元，核减 500.00 元，核定 2,500.00 元（超出采购标准）。", last.Text);
        Assert.Contains("人民币贰仟伍佰元整", last.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await leader.PostAsync(Applications.Decision(last, "Approve"))).Status);

        using var finance = await app.SignedInAsync("mengqiu");
        var preview = await finance.GetAsync("/finance/new?programme=compensation");
        Assert.Contains("应急救援补偿（1 笔，2,500.00 元）", preview.Text);
        Assert.Contains("没有经确认的收款账户，将暂停：1 笔", preview.Text);
        Assert.Equal(0, await app.DatabaseAsync(db => db.Incidents.CountAsync(Stop)));
    }

    /// <summary>The claimant gives the account, with a wrong number first; nobody else sees the page.</summary>
    private async Task AccountAsync(Browser team, Guid caseId)
    {
        var address = $"/compensation/{caseId}/account";
        var form = (await team.GetAsync(address)).Form("name=\"bankName\"").Set("number", "1234").Set("bankName", "江州银行营业部");
        var refused = await team.PostAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("单位账号应为 8 至 30 位数字，现为 4 位", refused.Text);
        Assert.Contains("value=\"江州银行营业部\"", refused.Text);
        var saved = await team.SubmitAsync(form.Set("number", "3105 0161 3600 0000 0123"));
        Assert.Contains("收款账户已登记，财务核实后即可支付。", saved.Text);
        Assert.Contains("**** **** **** 0123", saved.Text);
        Assert.DoesNotContain("31050161360000000123", saved.Text);
        using var other = await app.SignedInAsync("chenguihua");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await team.GetAsync($"/compensation/{Guid.NewGuid()}/account")).Status);
    }

    private static HtmlForm Cut(Page task, string amount) => Applications.Decision(task, "Approve")
        .Set("data.cuts[0].line", "1").Set("data.cuts[0].amount", amount).Set("data.cuts[0].reason", "超出采购标准");

    private static HtmlForm Claim(Page draft, string amount) => draft.Form("id=\"draft\"")
        .Set("data.eventNumber", "TFSJ-2025-0001").Set("data.teamName", "江州矿山救护大队").Set("data.contactPhone", "13800001111")
        .Set("data.rescueText", "出动二十人、三台装备参加塌方清障，持续三天。")
        .Set("data.invoices[0].kind", "supplies").Set("data.invoices[0].item", "支护材料").Set("data.invoices[0].from", "2025-12-03")
        .Set("data.invoices[0].number", "25500000000012345678").Set("data.invoices[0].date", "2025-12-05")
        .Set("data.invoices[0].seller", "江州器材有限公司").Set("data.invoices[0].amount", amount).Set("data.invoices[0].scan", "1")
        .Set("data.responsibility", "none").Set("data.responsibilityText", "强降雨引发，属于自然灾害。").Set("data.notPaidDeclared", "true")
        .Set("data.payeeName", "江州矿山救护大队").Set("data.creditCode", "91500101MA0000007H");
}
