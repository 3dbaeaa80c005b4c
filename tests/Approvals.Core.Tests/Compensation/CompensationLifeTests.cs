using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Compensation;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Compensation;

public sealed class CompensationLifeTests
{
    [Theory, OnEachDatabase]
    public async Task A_claim_audited_with_cuts_and_signed_becomes_one_entitlement_with_its_working_and_is_paid_by_a_packet(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 3000), ClaimDesk.Invoice(2, 1200.5m, "personnel"));
        Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(caseId, (1, 500, "超出采购标准")));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Leader, DecisionKind.Approve));

        var one = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.Equal((3700.5m, EntitlementKind.Compensation, "2026-03"), (one.Amount, one.Kind, one.Period));
        Assert.Equal((desk.Claimant.Id, world.Leader.Id), (one.ClaimedById, one.ApprovedById));
        Assert.Equal([3000m, -500m, 1200.5m], PayoutJson.WorkingOf(one).Select(line => line.Amount));
        Assert.Equal("第 1 行核减：超出采购标准", PayoutJson.WorkingOf(one)[1].Text);
        Assert.Contains(PayoutJson.BasisOf(one), basis => basis.Title == "应急救援补偿核定通知书");
        Assert.Equal(3, PayoutJson.BasisOf(one).Count);
        var row = await world.Kernel.ReadAsync(db => db.Cases.SingleAsync(row => row.Id == caseId));
        Assert.Equal((CaseStatus.Completed, "已核定补偿并登记应付"), (row.Status, row.Outcome));
        Assert.Equal("人民币叁仟柒佰元零伍角整", JsonNode.Parse(row.Data)!["approvedCapital"]!.GetValue<string>());
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));

        var saved = Assert.IsType<AccountOutcome.Saved>(await world.AsAsync(desk.Claimant, scope => scope.GetRequiredService<UnitAccount>()
            .SaveAsync(caseId, new AccountInput("单位7", "31050161360000000123", "江州银行营业部", null), default)));
        Assert.Null(saved.Account.ConfirmedAt);
        Assert.Null(await world.AsAsync(world.Finance, scope => scope.GetRequiredService<ConfirmAccount>()
            .ConfirmAsync(saved.Account.Id, world.Finance.Id, default)));
        var packet = Assert.IsType<BuildOutcome.Built>(await world.AsAsync(world.Finance, scope => scope.GetRequiredService<BuildPacket>()
            .BuildAsync(new PacketRange("compensation", "2026-03", "2026-03"), world.Finance.Id, default))).Packet;
        Assert.Equal(3700.5m, packet.Total);
        Assert.Equal(LineState.Pending, await world.Kernel.ReadAsync(db => db.PacketLines.Select(line => line.State).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task An_invoice_is_claimed_once_whichever_case_is_first_and_is_free_again_after_a_refusal(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var drafts = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            drafts.Add(await desk.DraftAsync("invoiceFiles"));
        }

        var outcomes = await Task.WhenAll(drafts.Select(draft => Task.Run(() =>
            desk.SubmitAsync(draft, desk.Fields(ClaimDesk.Invoice(1, 100), ClaimDesk.Invoice(2, 200))))));
        var first = Assert.Single(outcomes.OfType<SubmitOutcome.Submitted>());
        var refused = outcomes.OfType<SubmitOutcome.Invalid>().ToList();
        Assert.Equal(3, refused.Count);
        Assert.All(refused, one => Assert.Equal(
            [("invoices[0].number", true), ("invoices[1].number", true)],
            one.Errors.Select(error => (error.Path, error.Message.Contains(first.Number, StringComparison.Ordinal)))));

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(first.CaseId, world.Head, DecisionKind.Reject, "材料不足。"));
        var again = await desk.SubmittedAsync(ClaimDesk.Invoice(2, 200));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.CompensationInvoices.CountAsync(row => row.ReleasedAt == null && row.CaseId == again)));
        var finding = await world.Kernel.ReadAsync(db => db.Findings.SingleAsync(row =>
            row.CaseId == again && row.IsCurrent && row.Rule == "CompensationDuplicates"));
        Assert.Equal((Verdict.Warning, first.Number), (finding.Verdict, finding.Value));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        var letter = await world.Kernel.ReadAsync(db => db.Documents.SingleAsync(row => row.CaseId == first.CaseId));
        Assert.Equal("应急救援补偿审核结果通知书", letter.Title);
    }

    /// <summary>A numbered letter that says what is paid is not sent when it cannot be paid.</summary>
    [Theory, OnEachDatabase]
    public async Task What_cannot_be_granted_gets_no_letter_that_says_it_is(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 3000));
        await world.Kernel.CommitAsync(async (scope, _) => Assert.IsType<GrantOutcome.Granted>(await scope.GetRequiredService<GrantEntitlements>().GrantAsync(
            new GrantRequest(caseId, new GrantApproval(desk.Claimant.Id, world.Leader.Id, null),
            [
                Payouts.PayoutWorld.Grant($"compensation:{caseId}", Payouts.Identities.Unit(7), 1m) with { Kind = EntitlementKind.Compensation },
            ]),
            default)));
        await desk.AuditAsync(caseId);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Leader, DecisionKind.Approve));

        Assert.Empty(await world.Kernel.ReadAsync(db => db.Documents.Where(row => row.CaseId == caseId).Select(row => row.Title).ToListAsync()));
        var row = await world.Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == caseId));
        Assert.Equal(CaseStatus.Rejected, row.Status);
        Assert.Contains("更正须先冲销", await world.Kernel.ReadAsync(db =>
            db.CaseEvents.Where(one => one.CaseId == caseId && one.Kind == "rejected").Select(one => one.Detail).FirstAsync()), StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_claim_that_is_returned_is_corrected_and_holds_the_invoices_it_names_then(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 100), ClaimDesk.Invoice(2, 200));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Head, DecisionKind.Return, "第 2 行与救援无关，请删除。", returnTo: "apply"));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
            caseId, desk.Claimant, DecisionKind.Submit, fields: new JsonObject { ["invoices"] = new JsonArray(ClaimDesk.Invoice(1, 150)) }));
        Assert.Equal(
            [(1, 150m)], (await world.Kernel.ReadAsync(db => db.CompensationInvoices.AsNoTracking()
                .Where(row => row.ReleasedAt == null).ToListAsync())).Select(row => (int.Parse(row.Key), row.Amount)));
        await desk.SubmittedAsync(ClaimDesk.Invoice(2, 200));
        Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(caseId));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Leader, DecisionKind.Approve));
        Assert.Equal(150m, await world.Kernel.ReadAsync(db => db.Entitlements.Select(row => row.Amount).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_wrong_is_said_at_its_line_and_nothing_is_taken(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        JsonObject With(string column, JsonNode value)
        {
            var row = ClaimDesk.Invoice(2, 200);
            row[column] = value;
            return row;
        }

        var cases = new (string Path, string Says, JsonObject Row)[]
        {
            ("invoices[1].currency", "只能以人民币申请", With("currency", "USD")),
            ("invoices[1].amount", "最多两位小数", With("amount", "12.345")),
            ("invoices[1].amount", "须大于零", With("amount", "-5.00")),
            ("invoices[1].from", "不在救援期间", With("from", "2026-03-01")),
            ("invoices[1].number", "8 位、10 位或 20 位", With("number", "12A")),
            ("invoices[1].code", "须填写代码", With("number", "12345678")),
            ("invoices[1].scan", "没有第 3 份扫描件", With("scan", 3)),
            ("invoices[1].number", "与第 1 行重复", With("number", ClaimDesk.Invoice(1, 1)["number"]!.DeepClone())),
        };
        foreach (var (path, says, row) in cases)
        {
            var errors = await desk.ErrorsAsync(desk.Fields(ClaimDesk.Invoice(1, 100), row));
            Assert.Contains(errors, error => error.Path == path && error.Message.Contains(says, StringComparison.Ordinal));
        }

        foreach (var (path, says, field, value) in new[]
        {
            ("eventNumber", "没有这个编号", "eventNumber", "TFSJ-2020-0001"), ("creditCode", "校验位", "creditCode", "91500101MA0000001B"),
            ("responsibleParty", "责任单位名称", "responsibility", "unable"),
        })
        {
            var fields = desk.Fields(ClaimDesk.Invoice(1, 100));
            fields[field] = value;
            var errors = await desk.ErrorsAsync(fields);
            Assert.Contains(errors, error => error.Path == path && error.Message.Contains(says, StringComparison.Ordinal));
        }

        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.CompensationInvoices.CountAsync()));
        var kept = await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.ProcessKey == "compensation").Select(row => row.Data).ToListAsync());
        Assert.Contains(kept, data => data.Contains("12.345", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task A_cut_names_a_line_once_and_leaves_nothing_below_zero(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 100), ClaimDesk.Invoice(2, 200));
        foreach (var (path, says, cuts) in new (string, string, (int, decimal, string)[])[]
        {
            ("cuts[0].amount", "超过第 1 行申请的 100.00 元", [(1, 100.01m, "超标")]),
            ("cuts[0].line", "共 2 行", [(3, 1, "超标")]),
            ("cuts[1].line", "已核减过", [(2, 10, "超标"), (2, 20, "无关")]),
            ("cuts[0].amount", "须大于零", [(1, -1, "加回")]),
            ("cuts[0].reason", "请填写", [(1, 1, "")]),
        })
        {
            var invalid = Assert.IsType<DecideOutcome.Invalid>(await desk.AuditAsync(caseId, cuts));
            Assert.Contains(invalid.Errors, error => error.Path == path && error.Message.Contains(says, StringComparison.Ordinal));
        }

        Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(caseId, (1, 100, "与救援无关"), (2, 200, "责任单位已支付")));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Leader, DecisionKind.Approve));
        var row = await world.Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == caseId));
        Assert.Equal((CaseStatus.Completed, "申请全部核减，没有应付金额"), (row.Status, row.Outcome));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Findings_name_article_value_and_verdict_and_decide_nothing(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var late = ClaimDesk.Invoice(1, 100);
        late["date"] = "2026-02-20";
        var draft = await desk.DraftAsync("invoiceFiles");
        var caseId = Assert.IsType<SubmitOutcome.Submitted>(await desk.SubmitAsync(draft, desk.Fields(late))).CaseId;
        var findings = await world.Kernel.ReadAsync(db => db.Findings.AsNoTracking().Where(row => row.CaseId == caseId && row.IsCurrent)
            .OrderBy(row => row.Id).ToListAsync());
        Assert.Equal(
            [
                ("CompensationAmounts", "W四(一)", Verdict.Pass), ("CompensationCurrency", "W四(一)", Verdict.Pass),
                ("CompensationDates", "W四(一)", Verdict.Fail), ("CompensationDuplicates", "W四(一)", Verdict.Pass),
                ("CompensationParty", "W四(一)、N二(六)", Verdict.Warning),
            ],
            findings.OrderBy(row => row.Rule, StringComparer.Ordinal).Select(row => (row.Rule, row.Article, row.Verdict)));
        Assert.Equal("第 1 行 2026-02-20", findings.Single(row => row.Rule == "CompensationDates").Value);
        Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(caseId));
    }

    [Theory, OnEachDatabase]
    public async Task The_account_of_the_unit_is_checked_sealed_and_the_claimant_s_alone_to_give(string provider)
    {
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 100));
        Assert.Contains(await world.ToldAsync(desk.Claimant), text => text.Contains("请登记收款单位“单位7”的收款账户", StringComparison.Ordinal));
        Task<AccountOutcome?> SaveAsync(Core.Organisation.Person by, string number) => world.AsAsync(by, scope => scope.GetRequiredService<UnitAccount>()
            .SaveAsync(caseId, new AccountInput("单位7", number, "江州银行营业部", null), default));
        var wrong = Assert.IsType<AccountOutcome.Invalid>(await SaveAsync(desk.Claimant, "1234"));
        Assert.Contains("8 至 30 位", Assert.Single(wrong.Errors).Message, StringComparison.Ordinal);
        Assert.Null(await SaveAsync(world.Handler, "31050161360000000123"));
        var saved = Assert.IsType<AccountOutcome.Saved>(await SaveAsync(desk.Claimant, "31050161360000000123"));
        Assert.DoesNotContain("31050161360000000123", saved.Account.SealedNumber, StringComparison.Ordinal);
        Assert.DoesNotContain("31050161360000000123", await world.Kernel.ReadAsync(db =>
            db.Cases.Where(row => row.Id == caseId).Select(row => row.Data).SingleAsync()), StringComparison.Ordinal);
    }
}
