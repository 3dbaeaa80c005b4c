using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>From what finance owes the two commanders of the event to a packet that is paid, with one transfer the bank sent back.</summary>
internal static class PaymentLeg
{
    private const string FirstCard = "6222020000000000018";
    private const string WrongCard = "6222020000000000026";
    private const string RightCard = "6222020000000000034";

    public static async Task PaidAsync(Visit visit, Office office)
    {
        await AccountAsync(visit, "luojianming", FirstCard, "收款账户已登记");
        await AccountAsync(visit, "qiulan", WrongCard, "收款账户已登记");
        var packet = await PacketAsync(visit, office);
        await ResultAsync(visit, packet);
        await AccountAsync(visit, "qiulan", RightCard, "收款账户已登记");
        await ConfirmAsync(visit);
        await CorrectAsync(visit, office);
        await ReconcileAsync(visit);
    }

    private static async Task AccountAsync(Visit visit, string who, string card, string said)
    {
        var payee = await visit.SignInAsync(who, phone: true);
        await payee.GotoAsync("/profile/account");
        await payee.FillAsync("#number", card[..^1] + (card[^1] == '9' ? '0' : (char)(card[^1] + 1)));
        await payee.FillAsync("#bankName", "江州银行营业部");
        await payee.FillAsync("#secret", "Demo-2026!");
        visit.Expect("status of 422");
        await payee.GetByRole(AriaRole.Button, new() { Name = "确认并保存" }).ClickAsync();
        await Expect(payee.Locator("#number-error")).ToContainTextAsync("校验位不正确");
        await Expect(payee.Locator("#bankName")).ToHaveValueAsync("江州银行营业部");
        await Look.AtAsync(payee, $"56-profile-account-{who}");
        await payee.FillAsync("#number", card);
        await payee.FillAsync("#secret", "Demo-2026!");
        await payee.GetByRole(AriaRole.Button, new() { Name = "确认并保存" }).ClickAsync();
        await Expect(payee.Locator("p.notice[role=status]")).ToContainTextAsync(said);
        await Expect(payee.Locator("main")).Not.ToContainTextAsync(card);
    }

    private static async Task<string> PacketAsync(Visit visit, Office office)
    {
        var cashier = await visit.SignInAsync("mengqiu");
        await cashier.GotoAsync("/finance");
        await Expect(cashier.Locator("main")).ToContainTextAsync("2 笔已审批的应付还没有进入批次，合计 1,575.00 元");
        await cashier.GotoAsync("/finance/new?programme=commander-allowance");
        await Expect(cashier.Locator("main")).ToContainTextAsync("可由银行代发：2 笔，1,575.00 元");
        await Look.AtAsync(cashier, "57-finance-new");
        await cashier.GetByRole(AriaRole.Button, new() { Name = "生成批次" }).ClickAsync();
        await Expect(cashier.Locator(".finance-capitals")).ToHaveTextAsync("人民币壹仟伍佰柒拾伍元整");
        await Look.AtAsync(cashier, "58-finance-packet-rendering");
        var address = new Uri(cashier.Url).AbsolutePath;
        await cashier.FillAsync("#term", "罗建");
        await office.RunDueAsync();

        // The page finds the files by itself, and leaves alone what is being typed.
        await Expect(cashier.Locator("button[name=kind][value=Portfolio]")).ToBeVisibleAsync();
        await Expect(cashier.Locator("#term")).ToHaveValueAsync("罗建");
        await Expect(cashier.Locator(".finance-checks .refused")).ToHaveCountAsync(0);
        var file = await DownloadAsync(cashier, cashier.Locator("button[name=kind][value=Portfolio]"));
        Assert.Equal("%PDF", System.Text.Encoding.ASCII.GetString(file, 0, 4));

        // The page stays as it is after a file, and gives the next one.
        var sheet = await DownloadAsync(cashier, cashier.Locator("button[name=kind][value=Workbook]"));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(sheet, 0, 2));
        if (Environment.GetEnvironmentVariable("APPROVALS_PICTURES") is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "packet.pdf"), file);
        }

        await cashier.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
        await Expect(cashier.GetByText("导出银行代发文件（2 笔待付）")).ToBeVisibleAsync();
        await Look.AtAsync(cashier, "59-finance-packet");
        return address;
    }

    /// <summary>The bank paid one line and sent the other back; a third is of another packet.</summary>
    private static async Task ResultAsync(Visit visit, string packet)
    {
        var cashier = await visit.SignInAsync("mengqiu");
        await cashier.GotoAsync(packet);
        var rows = CsvText.Read(BankEncoding.Decode(await DownloadAsync(cashier, cashier.GetByText("导出银行代发文件（2 笔待付）")))!);
        Assert.Equal(3, rows.Count);
        string Answer(IReadOnlyList<string> cells, string result) => $"{cells[1]},{cells[2]},{cells[3]},{cells[6]},{result}\r\n";
        var first = rows.Skip(1).Single(row => row.Cells[2] == "罗建明").Cells;
        var second = rows.Skip(1).Single(row => row.Cells[2] == "邱岚").Cells;
        var result = "明细编号,户名,账号,金额,处理结果,失败原因\r\n" + Answer(first, "成功,") + Answer(second, "失败,账户已销户")
            + "PC-2020-0001-000001,外人,6222020000000000042,1.00,成功,\r\n";
        await cashier.SetInputFilesAsync("#result", new FilePayload
        {
            Name = "回盘.csv", MimeType = "text/csv", Buffer = BankEncoding.Encode(result, "GB18030"),
        });
        await cashier.GetByRole(AriaRole.Button, new() { Name = "预览" }).ClickAsync();
        await Expect(cashier.Locator("main")).ToContainTextAsync("未找到 1 笔");
        await Look.AtAsync(cashier, "60-finance-result");
        await cashier.GetByRole(AriaRole.Button, new() { Name = "应用相符的 2 笔" }).ClickAsync();
        await Expect(cashier.Locator("p.notice[role=status]")).ToContainTextAsync("已按银行结果登记 2 笔");
        await Expect(cashier.Locator("main")).ToContainTextAsync("成功 1 笔，失败 1 笔");
        await Look.AtAsync(cashier, "61-finance-packet-partly");
    }

    private static async Task ConfirmAsync(Visit visit)
    {
        var accountant = await visit.SignInAsync("jinmingzhu");
        await accountant.GotoAsync("/finance/accounts");
        await Look.AtAsync(accountant, "62-finance-accounts");
        await accountant.Row("邱岚").ClickAsync();
        await accountant.GetByRole(AriaRole.Button, new() { Name = "已向收款人核实" }).ClickAsync();
        await Expect(accountant.Locator("p.notice[role=status]")).ToContainTextAsync("账户已核实");
        await Look.AtAsync(accountant, "63-finance-account");
    }

    private static async Task CorrectAsync(Visit visit, Office office)
    {
        var cashier = await visit.SignInAsync("mengqiu");
        await cashier.GotoAsync("/finance/corrections");
        await Expect(cashier.Locator("main")).ToContainTextAsync("账户已销户");
        await cashier.CheckAsync("input[name=lines]");
        await Look.AtAsync(cashier, "64-finance-corrections");
        await cashier.GetByRole(AriaRole.Button, new() { Name = "生成更正批次" }).ClickAsync();
        await Expect(cashier.Locator("main")).ToContainTextAsync("更正批次");
        await office.RunDueAsync();
        await cashier.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
        await cashier.GetByText("全部待付标记为已付").ClickAsync();
        await Expect(cashier.Locator("details[open]")).ToContainTextAsync("将 1 笔共");
        await cashier.GetByRole(AriaRole.Button, new() { Name = "确认全部已付" }).ClickAsync();
        await Expect(cashier.Locator("p.notice[role=status]")).ToContainTextAsync("已标记 1 笔");
        Assert.Equal(
            [LineState.Paid, LineState.Paid, LineState.Failed],
            (await office.ReadAsync(db => db.PacketLines.AsNoTracking().Select(line => line.State).ToListAsync())).Order());
    }

    private static async Task ReconcileAsync(Visit visit)
    {
        var cashier = await visit.SignInAsync("mengqiu");
        await cashier.GotoAsync("/finance/reconciliation");
        await Expect(cashier.Locator("main")).ToContainTextAsync("审批数与拨付数逐项相等");
        await Expect(cashier.Locator("tr.finance-sum")).ToContainTextAsync("1,575.00");
        await Look.AtAsync(cashier, "65-finance-reconciliation");
        await cashier.GotoAsync("/finance/reconciliation?by=Payee");
        await Look.AtAsync(cashier, "66-finance-reconciliation-payees");
        await cashier.GotoAsync("/finance");
        await Expect(cashier.Locator("ul.rows > li")).ToHaveCountAsync(2);
        await Look.AtAsync(cashier, "67-finance");
        var officer = await visit.SignInAsync("huangting");
        foreach (var (page, name) in new[] { ("/allowances/rates", "68-allowance-rates"), ("/allowances", "70-allowances-paid") })
        {
            await officer.GotoAsync(page);
            await Look.AtAsync(officer, name);
        }

        var commander = await visit.SignInAsync("luojianming", phone: true);
        await commander.GotoAsync("/missions");
        await Look.AtAsync(commander, "69-missions");
        await officer.GetByText("应付 2 笔").ClickAsync();
        await officer.Locator("a[href*='/allowances/correct']").First.ClickAsync();
        await Look.AtAsync(officer, "71-allowance-correct");
    }

    private static async Task<byte[]> DownloadAsync(IPage page, ILocator button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
