using Approvals.Core.Payouts;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Payouts;

public sealed class GrantEntitlementsTests
{
    private static readonly DateOnly First = new(2026, 2, 10);

    [Theory, OnEachDatabase]
    public async Task EntitlementsAreNumberedWithoutGapsAndExplainThemselves(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), days: PayoutWorld.Days(First, 3)));
        await world.RefusedAsync(PayoutWorld.Grant("b", Identities.Person(2), -1m));
        await world.GrantedAsync(PayoutWorld.Grant("c", Identities.Unit(1), 1234.56m), PayoutWorld.Grant("d", Identities.Person(3), 0.01m));

        var rows = await world.EntitlementsAsync();
        Assert.Equal(["YF-2026-000001", "YF-2026-000002", "YF-2026-000003"], rows.Select(row => row.Number));
        Assert.Equal([600m, 1234.56m, 0.01m], rows.Select(row => row.Amount));
        var working = Assert.Single(PayoutJson.WorkingOf(rows[0]));
        Assert.Equal(("市内现场", 3m, "天", 200m, 600m), (working.Text, working.Quantity, working.Unit, working.Rate, working.Amount));
        Assert.Equal("BZ-2026-0001", rows[0].CaseNumber);
    }

    [Theory, OnEachDatabase]
    public async Task AKeyIsGrantedOnce(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var grant = PayoutWorld.Grant("a", Identities.Person(1), days: PayoutWorld.Days(First, 1));
        var first = Assert.Single(await world.GrantedAsync(grant));
        var second = Assert.Single(await world.GrantedAsync(grant));
        Assert.Equal(first.Id, second.Id);
        Assert.Contains("金额或收款人不同", await world.RefusedAsync(grant with { Amount = 1m, Working = [new("补", null, null, null, 1m)] }));
        Assert.Single(await world.EntitlementsAsync());
    }

    [Theory, OnEachDatabase]
    public async Task APersonDayIsPaidOnceWhateverCaseClaimsIt(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(7);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, days: [new(First, 1m), new(First.AddDays(1), 0.5m)]));

        var refusal = await world.RefusedAsync(PayoutWorld.Grant("b", person, days: [new(First, 0.5m)]));
        Assert.Contains("2026-02-10 已由业务件 BZ-2026-0001（YF-2026-000001）计发", refusal);

        await world.GrantedAsync(PayoutWorld.Grant("c", person, days: [new(First.AddDays(1), 0.5m)]));
        Assert.Contains("2026-02-11", await world.RefusedAsync(PayoutWorld.Grant("d", person, days: [new(First.AddDays(1), 0.5m)])));
        await world.GrantedAsync(PayoutWorld.Grant("e", Identities.Person(8), days: [new(First, 1m)]));
    }

    [Theory, OnEachDatabase]
    public async Task TwoCasesThatClaimOneDayAtOnceHaveOneWinner(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var cases = new List<Guid>();
        for (var i = 0; i < 8; i++)
            cases.Add(await world.CaseAsync());

        var outcomes = await Task.WhenAll(cases.Select(one => Task.Run(() =>
            world.GrantAsync(one, PayoutWorld.Grant($"race:{one}", Identities.Person(1), days: [new(First, 1m)])))));

        Assert.Single(outcomes.OfType<GrantOutcome.Granted>());
        Assert.All(outcomes.OfType<GrantOutcome.Refused>(), one => Assert.Contains("同一天不能重复计发", one.Text));
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task TheDatabaseItselfRefusesASecondClaimOfAHalfDay(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var granted = Assert.Single(await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), days: [new(First, 1m)])));
        await Assert.ThrowsAsync<DbUpdateException>(() => world.Kernel.CommitAsync((_, db) => db.PersonDays.Add(
            new PersonDay { PayeeId = granted.PayeeId, Date = First, Half = 1, EntitlementId = granted.Id })));
        await Assert.ThrowsAsync<DbUpdateException>(() => world.Kernel.CommitAsync((_, db) => db.PersonDays.Add(
            new PersonDay { PayeeId = granted.PayeeId, Date = First, Half = 3, EntitlementId = granted.Id })));
    }

    [Theory, OnEachDatabase]
    public async Task ACorrectionIsAReversalAndFreesItsDays(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        var wrong = Assert.Single(await world.GrantedAsync(PayoutWorld.Grant("a", person, days: PayoutWorld.Days(First, 3))));
        var caseId = await world.CaseAsync();
        var request = new GrantRequest(
            caseId, world.Approval, [PayoutWorld.Grant("right", person, days: PayoutWorld.Days(First, 2))],
            [new EntitlementReversal("undo", wrong.Id, "第三天未到场")]);

        var made = Assert.IsType<GrantOutcome.Granted>(await world.GrantAsync(request)).Entitlements;
        Assert.Equal([-600m, 400m], made.Select(one => one.Amount));
        Assert.Equal(wrong.Id, made[0].ReversesId);
        await world.GrantedAsync(PayoutWorld.Grant("other", person, days: [new(First.AddDays(2), 1m)]));

        var again = new GrantRequest(caseId, world.Approval, [], [new EntitlementReversal("undo2", wrong.Id, "再来")]);
        Assert.Contains("已由 YF-2026-000002 冲销", Assert.IsType<GrantOutcome.Refused>(await world.GrantAsync(again)).Text);
        var turn = new GrantRequest(caseId, world.Approval, [], [new EntitlementReversal("undo3", made[0].Id, "再来")]);
        Assert.Contains("本身是冲销", Assert.IsType<GrantOutcome.Refused>(await world.GrantAsync(turn)).Text);
    }

    [Theory, OnEachDatabase]
    public async Task NobodyApprovesTheirOwnMoney(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var own = PayoutWorld.Grant("a", Identities.Person(1, world.Approver.Id), 100m);
        Assert.Contains("局长乙不能审批自己的款项", await world.RefusedAsync(own));

        var same = new GrantRequest(
            await world.CaseAsync(), new GrantApproval(world.Approver.Id, world.Approver.Id, null),
            [PayoutWorld.Grant("b", Identities.Person(2), 100m)]);
        Assert.Contains("申请人和审批人是同一人", Assert.IsType<GrantOutcome.Refused>(await world.GrantAsync(same)).Text);

        // The person is known by the identity number, even where the case names nobody.
        await world.GrantedAsync(PayoutWorld.Grant("c", Identities.Person(3, world.Claimant.Id), 100m));
        var turned = new GrantRequest(
            await world.CaseAsync(), new GrantApproval(world.Cashier.Id, world.Claimant.Id, null),
            [PayoutWorld.Grant("d", Identities.Person(3), 100m)]);
        Assert.Contains("经办甲不能审批自己的款项", Assert.IsType<GrantOutcome.Refused>(await world.GrantAsync(turned)).Text);
    }

    [Theory, OnEachDatabase]
    public async Task EveryWrongLineIsNamedAndNothingIsHalfDone(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var good = PayoutWorld.Grant("good", Identities.Person(1), 100m);
        var outcome = Assert.IsType<GrantOutcome.Refused>(await world.GrantAsync(
            await world.CaseAsync(),
            good,
            good with { Key = "dollars", Currency = "USD" },
            good with { Key = "fen", Amount = 1.005m, Working = [new("补", null, null, null, 1.005m)] },
            good with { Key = "sum", Amount = 99m },
            good with { Key = "rate", Working = [new("补", 3m, "天", 30m, 100m)] },
            good with { Key = "number", Payee = Identities.Person(1) with { IdentityNumber = "500101198503071212" } },
            good with { Key = "name", Payee = Identities.Person(1) with { Name = "别人" } },
            good with { Key = "period", Period = "2026-13" },
            good with { Key = "half", Days = [new(First, 0.3m)] },
            good with { Key = "unit", Payee = Identities.Unit(1), Days = [new(First, 1m)] }));

        string Of(string key) => Assert.Single(outcome.Problems, problem => problem.Key == key).Message;
        Assert.DoesNotContain(outcome.Problems, problem => problem.Key == "good");
        Assert.Contains("只能以人民币申请", Of("dollars"));
        Assert.Contains("不足一分", Of("fen"));
        Assert.Contains("计算过程合计 100.00 元，与金额 99.00 元不一致", Of("sum"));
        Assert.Contains("数量乘标准不等于", Of("rate"));
        Assert.Contains("校验位不正确", Of("number"));
        Assert.Contains("已登记在“收款人1”名下", Of("name"));
        Assert.Contains("所属期间", Of("period"));
        Assert.Contains("只能是 1 天或 0.5 天", Of("half"));
        Assert.Contains("只有个人可以按天计发", Of("unit"));
        Assert.Empty(await world.EntitlementsAsync());
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Payees.CountAsync()));
    }
}
