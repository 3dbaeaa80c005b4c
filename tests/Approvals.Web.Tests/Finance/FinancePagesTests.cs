using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
using Approvals.Core.Files;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Localisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Finance;

public sealed class FinancePagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_packet_is_built_received_paid_by_file_and_corrected()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m, 400m, 200m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        await desk.AccountAsync(cashier, accountant, 1, FinanceDesk.Cards[1]);

        var preview = await cashier.GetAsync("/finance/new?programme=commander-allowance");
        Assert.Contains("1,200.00", preview.Text);
        Assert.Contains("没有经确认的收款账户，将暂停：1 笔，200.00 元", preview.Text);
        var address = await desk.PacketAsync(cashier);
        var page = await cashier.GetAsync(address);
        Assert.Contains("人民币壹仟贰佰元整", page.Text);
        Assert.Contains("批次合计 1,200.00 元，3 笔明细合计 1,200.00 元，审批的应付合计 1,200.00 元", page.Text);
        Assert.DoesNotContain(FinanceDesk.Cards[0], page.Text);
        Assert.DoesNotContain(FinanceDesk.Payees[0].Number, page.Text);

        var transfer = await cashier.Client.SendAsync(Post(page.Form("handler=Transfer")), Stop);
        var csv = CsvText.Read(BankEncoding.Decode(await transfer.Content.ReadAsByteArrayAsync(Stop))!);
        Assert.Equal(3, csv.Count);
        Assert.Equal(FinanceDesk.Cards[0], csv[1].Cells[3]);

        var result = BankEncoding.Encode(
            $"明细编号,户名,账号,金额,处理结果,失败原因\r\n{csv[1].Cells[1]},{csv[1].Cells[2]},{csv[1].Cells[3]},600.00,成功,\r\n"
            + $"{csv[2].Cells[1]},{csv[2].Cells[2]},{csv[2].Cells[3]},400.00,失败,账户已销户\r\n", "GB18030");
        var shown = await cashier.FollowAsync(await cashier.PostAsync(page.Form("handler=Result"), "result", "回盘.csv", result));
        Assert.Contains("应用相符的 2 笔", shown.Text);
        Assert.Contains("成功 1 笔 600.00 元，失败 1 笔 400.00 元", WebUtility.HtmlDecode(shown.Text));
        var applied = await cashier.SubmitAsync(shown.Form("name=\"digest\""));
        Assert.Contains("成功 1 笔，失败 1 笔", applied.Text);
        Assert.Contains("已按银行结果登记 2 笔：成功 600.00 元，失败 400.00 元。", WebUtility.HtmlDecode(applied.Text));

        await desk.AccountAsync(cashier, accountant, 1, FinanceDesk.Cards[3]);
        var corrections = await cashier.GetAsync("/finance/corrections");
        Assert.Contains("账户已销户", corrections.Text);
        Assert.Contains("没有经确认的收款账户", corrections.Text);
        var failed = await desk.App.DatabaseAsync(db => db.PacketLines.SingleAsync(row => row.State == LineState.Failed, Stop));
        var built = await cashier.PostAsync(corrections.Form("name=\"programme\"").Set("lines", failed.Id.ToString()));
        Assert.Contains("/finance/packets/", built.Location);
        await desk.WorkAsync();
        await cashier.PostAsync((await cashier.GetAsync(built.Location!)).Form("handler=Acknowledge"));
        var paid = await cashier.SubmitAsync((await cashier.GetAsync(built.Location!)).Form("handler=PayAll"));
        Assert.Contains("已标记 1 笔，合计 400.00 元", paid.Text);

        // The line that the other packet paid stays in the first one's sums, and lists say where it went.
        var first = WebUtility.HtmlDecode((await cashier.GetAsync(address)).Text);
        var states = first[first.IndexOf("finance-states", StringComparison.Ordinal)..];
        var sums = Regex.Matches(states[..states.IndexOf("</ul>", StringComparison.Ordinal)], "<b class=\"number\">(?<sum>[^<]+)</b>");
        Assert.Equal(1200m, sums.Sum(sum => decimal.Parse(sum.Groups["sum"].Value, CultureInfo.InvariantCulture)));
        Assert.Contains("已更正 1", (await cashier.GetAsync("/finance")).Text);
        var export = await cashier.Client.SendAsync(Post((await cashier.GetAsync(address)).Form("handler=Export")), Stop);
        await using var workbook = new ZipArchive(await export.Content.ReadAsStreamAsync(Stop));
        using var rows = new StreamReader(await workbook.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Stop));
        Assert.Contains("付款失败（已更正）", await rows.ReadToEndAsync(Stop));

        var reconciliation = await cashier.GetAsync("/finance/reconciliation");
        Assert.Contains("审批数与拨付数逐项相等", reconciliation.Text);
        Assert.Contains("1,000.00", reconciliation.Text);
        var payees = WebUtility.HtmlDecode((await cashier.GetAsync("/finance/reconciliation?by=Payee")).Text);
        Assert.Contains($"data-label=\"收款人\">{FinanceDesk.Payees[0].Name}<", payees);
        Assert.Contains("data-label=\"证件号码\"", payees);
        Assert.DoesNotContain("data-label=\"项目\"", payees);
    }

    [Fact]
    public async Task Every_file_and_number_is_for_finance_alone_and_every_look_is_audited()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        var address = await desk.PacketAsync(cashier);
        var line = await desk.App.DatabaseAsync(db => db.PacketLines.Select(row => row.Id).SingleAsync(Stop));
        foreach (var user in new[] { "liuzhiqiang", "wuhaifeng", "xitong", "shenji" })
        {
            using var other = await desk.App.SignedInAsync(user);
            foreach (var forbidden in new[] { "/finance", "/finance/new", address, $"/finance/lines/{line}", "/finance/accounts", "/finance/corrections", "/finance/reconciliation" })
                Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(forbidden)).Status);
        }

        var before = await AuditAsync(desk);
        var page = await cashier.GetAsync($"/finance/lines/{line}");
        Assert.Contains("市内现场，2026-11-20", page.Text);
        Assert.Contains("办法第二十条", page.Text);
        Assert.DoesNotContain(FinanceDesk.Cards[0], page.Text);
        Assert.Equal(before, await AuditAsync(desk));
        Assert.Contains(FinanceDesk.Cards[0], (await cashier.PostAsync(page.Form("handler=Reveal"))).Text);
        var packet = await cashier.GetAsync(address);
        var pdf = await cashier.Client.SendAsync(Post(packet.Form("handler=File").Set("kind", "Portfolio")), Stop);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Contains("no-store", pdf.Headers.CacheControl!.ToString());
        await cashier.Client.SendAsync(Post(packet.Form("handler=Transfer")), Stop);
        await cashier.Client.SendAsync(Post(packet.Form("handler=Export")), Stop);
        Assert.Equal(
            ["account.viewed", "packet.file-downloaded", "packet.transfer-file", "packet.lines-exported"], (await AuditAsync(desk)).Skip(before.Count));
    }

    [Fact]
    public async Task A_payee_is_found_by_a_part_of_the_name_and_a_line_opens_what_it_rests_on_and_nothing_else()
    {
        await using var desk = new FinanceDesk();
        var (own, other) = (await AttachedAsync(desk, "依据.pdf"), await AttachedAsync(desk, "别的.pdf"));
        await desk.GrantAsync("0001", [new BasisReference(BasisKind.Attachment, own, "审批表")], 600m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        var found = await cashier.SubmitAsync((await cashier.GetAsync("/finance/accounts")).Form("handler=Search").Set("term", "志强"));
        Assert.Contains("刘志强", found.Text);
        Assert.DoesNotContain("志强", found.Address);

        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        await desk.PacketAsync(cashier);
        var line = await desk.App.DatabaseAsync(db => db.PacketLines.Select(row => row.Id).SingleAsync(Stop));
        var answer = await cashier.Client.GetAsync($"/finance/lines/{line}?handler=Basis&document={own}", Stop);
        Assert.Equal("%PDF-1.7", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await cashier.GetAsync($"/finance/lines/{line}?handler=Basis&document={other}")).Status);
    }

    [Fact]
    public async Task A_line_stopped_after_the_packet_was_built_is_not_in_the_transfer_file()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m, 400m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        await desk.AccountAsync(cashier, accountant, 1, FinanceDesk.Cards[1]);
        var address = await desk.PacketAsync(cashier);
        using var payee = await desk.App.SignedInAsync("liuzhiqiang");
        var own = (await payee.GetAsync("/profile/account")).Form("name=\"secret\"").Set("number", FinanceDesk.Cards[2]).Set("bankName", "江州农商行");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await payee.PostAsync(own.Set("secret", "wrong"))).Status);
        var changed = await payee.SubmitAsync(own.Set("secret", "Demo-2026!"));
        Assert.Contains("1 笔待付款项已暂停", changed.Text);
        Assert.DoesNotContain(FinanceDesk.Cards[2], changed.Text);

        var page = await cashier.GetAsync(address);
        Assert.Contains("审批后收款账户有变更，已暂停支付", page.Text);
        var transfer = await cashier.Client.SendAsync(Post(page.Form("handler=Transfer")), Stop);
        var csv = BankEncoding.Decode(await transfer.Content.ReadAsByteArrayAsync(Stop))!;
        Assert.DoesNotContain(FinanceDesk.Cards[0], csv);
        Assert.Contains(FinanceDesk.Cards[1], csv);
        Assert.Contains("变更待核实", (await cashier.GetAsync("/finance/accounts")).Text);
    }

    /// <summary>The bank may still pay a line to the old account: whoever looks at it sees that, and it cannot be chosen to be paid again.</summary>
    [Fact]
    public async Task A_stopped_line_that_the_bank_has_is_shown_so_and_waits_for_its_result()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        var address = await desk.PacketAsync(cashier);
        await cashier.Client.SendAsync(Post((await cashier.GetAsync(address)).Form("handler=Transfer")), Stop);
        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[3]);

        var page = await cashier.GetAsync(address);
        Assert.Contains("已提交银行", page.Text);
        Assert.Contains("请先导入回盘文件，或写明凭证号标记为已付、失败", page.Text);
        var corrections = await cashier.GetAsync("/finance/corrections");
        Assert.Contains("已提交银行，须先登记银行结果", corrections.Text);
        Assert.DoesNotContain("name=\"lines\"", corrections.Text);
        Assert.Contains($"{address}?lines=1#lines", corrections.Text);
        var line = await desk.App.DatabaseAsync(db => db.PacketLines.SingleAsync(Stop));
        Assert.Contains("提交银行", (await cashier.GetAsync($"/finance/lines/{line.Id}")).Text);
        EnglishPages.Switch(accountant);
        Assert.Contains(
            "It was handed to the bank; enter the bank's result first", WebUtility.HtmlDecode((await accountant.GetAsync("/finance/corrections")).Text));
        Assert.Contains("Handed to the bank", (await accountant.GetAsync(address)).Text);
        var marked = await cashier.SubmitAsync(page.Form("handler=Mark").Set("chosen", line.Id.ToString()).Set("to", "Failed").Set("note", "银行退回 7 号"));
        Assert.Contains("已标记 1 笔", marked.Text);
        Assert.Contains("name=\"lines\"", (await cashier.GetAsync("/finance/corrections")).Text);
    }

    [Fact]
    public async Task Bad_input_is_answered_at_its_place_and_keeps_what_was_typed()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 600m);
        using var cashier = await desk.App.SignedInAsync("mengqiu");
        using var accountant = await desk.App.SignedInAsync("jinmingzhu");
        var address = $"/finance/accounts/{await desk.PayeeAsync(0)}";
        var form = (await cashier.GetAsync(address)).Form("name=\"bankName\"").Set("number", "6222020000000000019").Set("holder", "别人").Set("bankName", "江州银行");
        var refused = await cashier.PostAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("银行卡号校验位不正确", refused.Text);
        Assert.Contains("不能付到他人账户", refused.Text);
        Assert.Contains("value=\"江州银行\"", refused.Text);

        await desk.AccountAsync(cashier, accountant, 0, FinanceDesk.Cards[0]);
        var packet = await desk.PacketAsync(cashier);
        var page = await cashier.GetAsync(packet);
        var wrong = await cashier.PostAsync(page.Form("handler=Result"), "result", "x.csv", "名称,数量\r\n1,2\r\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("第 1 行的表头缺少", wrong.Text);
        var unmarked = await cashier.PostAsync(page.Form("name=\"note\"").Set("to", "Failed"));
        Assert.Contains("请至少选择一笔", unmarked.Text);
        var line = await desk.App.DatabaseAsync(db => db.PacketLines.Select(row => row.Id).SingleAsync(Stop));
        var noReason = await cashier.PostAsync(page.Form("name=\"note\"").Set("chosen", line.ToString()).Set("to", "Failed"));
        Assert.Contains("请写明原因或凭证号", noReason.Text);
        Assert.Contains("checked", noReason.Text);
        var sum = await cashier.PostAsync(page.Form("name=\"note\"").Set("chosen", line.ToString()).To($"{packet}?handler=Sum"));
        Assert.Contains("已选 1 笔，合计 600.00 元", sum.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await cashier.GetAsync($"/finance/packets/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cashier.GetAsync($"/finance/lines/{line}?handler=Basis&document={Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_namesakes_number_cannot_be_taken_over()
    {
        await using var desk = new FinanceDesk();
        await desk.GrantAsync("0001", 1m, 2m);
        using var other = await desk.App.SignedInAsync("sunlimei");
        var page = await other.GetAsync("/profile/account");
        var refused = await other.PostAsync(page.Form("name=\"secret\"").Set("identityNumber", FinanceDesk.Payees[1].Number)
            .Set("number", FinanceDesk.Cards[0]).Set("bankName", "行").Set("secret", "Demo-2026!"));
        Assert.Contains("请持身份证到财务处核对后办理", refused.Text);
        Assert.Equal(0, await desk.App.DatabaseAsync(db => db.PayeeAccounts.CountAsync(Stop)));
    }

    private static async Task<Guid> AttachedAsync(FinanceDesk desk, string name)
    {
        var file = await desk.App.ServiceAsync<FileStore, StoredFile>(files =>
            files.SaveAsync(new MemoryStream("%PDF-1.7"u8.ToArray()), "application/pdf", null, Stop));
        var somebody = await desk.App.DatabaseAsync(db => db.People.Select(row => row.Id).FirstAsync(Stop));
        var of = new Case
        {
            Number = $"T-{name}", ProcessKey = "allowance", ProcessName = "工作补助", DefinitionVersionId = "none", SubjectName = "补助",
            StarterId = somebody, ApplicantId = somebody, Status = CaseStatus.Completed, Data = "{}",
        };
        var attachment = new CaseAttachment { CaseId = of.Id, FieldKey = "files", FileName = name, FileId = file.Id };
        await desk.App.DatabaseAsync(db =>
        {
            if (!db.Files.Any(row => row.Id == file.Id))
                db.Files.Add(file);
            db.Cases.Add(of);
            db.Attachments.Add(attachment);
            return db.SaveChangesAsync(Stop);
        });
        return attachment.Id;
    }

    private static HttpRequestMessage Post(HtmlForm form) =>
        new(HttpMethod.Post, form.Action) { Content = new FormUrlEncodedContent(form.Values) };

    private static Task<List<string>> AuditAsync(FinanceDesk desk) => desk.App.DatabaseAsync(db => db.AuditEntries.OrderBy(row => row.Sequence)
        .Where(row => row.Action != "account.signed-in" && !row.Action.StartsWith("sign")).Select(row => row.Action).ToListAsync(Stop));
}
