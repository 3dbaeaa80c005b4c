using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Activities;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Payouts;

/// <summary>The step that makes an approved sum an entitlement.</summary>
public sealed class PayoutEntitlementTests
{
    private const string Identity = "110101198003071038";

    [Theory, OnEachDatabase]
    public async Task An_approved_sum_becomes_an_entitlement_of_the_case_once(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Process(new Script($"'{Number()}'"), new Script("600.5 * 2")));
        var caseId = await world.SubmittedAsync("pay");
        var approved = await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        Assert.IsType<DecideOutcome.Decided>(approved);

        var entitlement = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.Equal(
            (caseId, 1201m, EntitlementKind.Compensation, "救援补偿", "2026-03", world.Applicant.Id, world.Head.Id),
            (entitlement.CaseId, entitlement.Amount, entitlement.Kind, entitlement.ProgrammeName, entitlement.Period, entitlement.ClaimedById,
                entitlement.ApprovedById));
        var payee = await world.Kernel.ReadAsync(db => db.Payees.AsNoTracking().SingleAsync());
        Assert.Equal(("申请人甲", Number()), (payee.Name, payee.IdentityNumber));

        // Back to the step once more, as a return would lead: found, not granted again.
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Leader), world.Leader, DecisionKind.Reject, "再看一遍");
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        Assert.Empty(await world.Kernel.ReadAsync(db => db.Incidents.ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_wrong_identity_number_stops_the_step_and_says_why(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Process(new Script("'123'"), new Script("100")));
        var caseId = await world.SubmittedAsync("pay");
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.StartsWith("不能登记应付：申请人甲：", incident.Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
    }

    [Fact]
    public void Fields_rows_and_expressions_are_read()
    {
        var data = new JsonObject
        {
            ["name"] = "张三", ["identityNumber"] = "11010119800307 1038", ["amount"] = "1200.00",
            ["members"] = new JsonArray(
                new JsonObject { ["name"] = "李四", ["id"] = "1", ["sum"] = 200 }, new JsonObject { ["name"] = "王五", ["id"] = "2", ["sum"] = "300.50" }),
        };
        Assert.Equal(
            [new ClaimLine("张三", "110101198003071038", 1200m)],
            ClaimReader.Read(data, null, Field("name"), Field("identityNumber"), Field("amount")).Lines);
        Assert.Equal(
            [new ClaimLine("李四", "1", 200m), new ClaimLine("王五", "2", 300.5m)],
            ClaimReader.Read(data, "members", Field("name"), Field("id"), Field("sum")).Lines);
        Assert.Equal(
            [new ClaimLine("李四", "1", 50m), new ClaimLine("王五", "2", 50m)],
            ClaimReader.Read(data, "members", Field("name"), Field("id"), new ClaimSource("50", false)).Lines);
        Assert.Equal("第 1 行“李四”没有金额，或金额不是数字。", ClaimReader.Read(data, "members", Field("name"), Field("id"), Field("nothing")).Problem);
        Assert.Equal("没有收款人姓名或名称。", ClaimReader.Read(data, null, Field("nobody"), Field("id"), Field("amount")).Problem);
        Assert.NotNull(ClaimReader.Read(data, "empty", Field("name"), Field("id"), Field("sum")).Problem);
    }

    [Fact]
    public void Two_sums_of_one_payee_have_keys_of_their_own()
    {
        var plan = new ClaimPlan(Guid.NewGuid(), "pay", EntitlementKind.Allowance, "p", "项目", "2026-03", PayeeKind.Person, []);
        var grants = plan.Grants([new("甲", "1", 1m), new("乙", "2", 2m), new("甲", "1", 3m)], new Dictionary<string, Guid>());
        Assert.Equal(3, grants.Select(one => one.Key).Distinct().Count());
        Assert.Equal(grants[0].Key, plan.Grants([new("甲", "1", 1m)], new Dictionary<string, Guid>())[0].Key);
    }

    private static ClaimSource Field(string key) => new(key, true);

    private static string Number()
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var digits = Identity[..17];
        return digits + "10X98765432"[digits.Select((digit, index) => (digit - '0') * weights[index]).Sum() % 11];
    }

    private static TestProcess Process(Script identity, Script amount) => new TestProcess("pay")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" } })
        .Add("pay", "Approvals.PayoutEntitlement", "登记应付", new { kind = "Compensation", programme = "救援补偿", identityNumber = identity, amount })
        .Add("leader", "Approvals.ApprovalStep", "局长知悉", new { who = new[] { "leader@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "pay", "同意").Connect("head", "refuse", "不同意")
        .Connect("pay", "leader").Connect("leader", "close", "同意").Connect("leader", "head", "不同意");
}
