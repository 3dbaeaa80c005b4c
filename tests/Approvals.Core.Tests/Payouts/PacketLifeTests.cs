using Approvals.Core.Commanders;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

public sealed class PacketLifeTests
{
    private static readonly DateOnly First = new(2026, 2, 10);

    [Theory, OnEachDatabase]
    public async Task APacketTakesEveryApprovedEntitlementAndSaysWhatCannotBePaid(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var old = await world.GrantedAsync(PayoutWorld.Grant("paid before", Identities.Person(3), 500m));
        await world.AccountAsync(Identities.Person(3), Identities.Card(3));
        await world.PacketAsync();
        await world.GrantedAsync(
            PayoutWorld.Grant("a", Identities.Person(1), 100m), PayoutWorld.Grant("b", Identities.Person(1), 23.45m),
            PayoutWorld.Grant("c", Identities.Person(2), 77m), PayoutWorld.Grant("d", Identities.Person(4), 50m));
        await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var own = Assert.Single(await world.GrantedAsync(PayoutWorld.Grant("zero", Identities.Person(5), 9m)));
        var undo = new GrantRequest(await world.CaseAsync(), world.Approval, [],
            [new EntitlementReversal("r1", old[0].Id, "多算"), new EntitlementReversal("r2", own.Id, "误报")]);
        Assert.IsType<GrantOutcome.Granted>(await world.GrantAsync(undo));

        var packet = Assert.IsType<BuildOutcome.Built>(await world.BuildAsync()).Packet;
        var lines = (await world.LinesAsync(packet.Id)).ToDictionary(line => line.PayeeName);
        Assert.Equal(("BF-2026-0002", 5, -249.55m), (packet.Number, packet.LineCount, packet.Total));
        Assert.Equal((123.45m, LineState.Pending, (StopReason?)null), State(lines["收款人1"]));
        Assert.Equal((77m, LineState.Stopped, StopReason.AccountMissing), State(lines["收款人2"]));
        Assert.Equal((-500m, LineState.Stopped, StopReason.Recovery), State(lines["收款人3"]));
        Assert.Equal((0m, LineState.Offset, (StopReason?)null), State(lines["收款人5"]));
        Assert.Equal((1, 123.45m), (packet.PayableCount, packet.PayableTotal));
        Assert.IsType<BuildOutcome.Refused>(await world.BuildAsync());
        Assert.All(await world.EntitlementsAsync(), one => Assert.NotNull(one.LineId));

        static (decimal, LineState, StopReason?) State(PacketLine line) => (line.Amount, line.State, line.StopReason);
    }

    [Theory, OnEachDatabase]
    public async Task OfPacketsBuiltAtOnceOneTakesTheEntitlements(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync([.. Enumerable.Range(0, 20).Select(one => PayoutWorld.Grant($"{one}", Identities.Person(one), 10m))]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.BuildAsync())));
        var built = Assert.Single(outcomes.OfType<BuildOutcome.Built>());
        Assert.Equal(200m, built.Packet.Total);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Packets.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task AChangedAccountStopsTheLineUntilFinanceHasMadeSure(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 100m), PayoutWorld.Grant("b", Identities.Person(2), 50m));
        await world.AccountAsync(person, Identities.Card(1));
        await world.AccountAsync(Identities.Person(2), Identities.Card(2));
        var packet = await world.PacketAsync();

        var changed = Assert.IsType<AccountOutcome.Saved>(await world.EnterAccountAsync(person, Identities.Card(99)));
        Assert.Equal(1, changed.StoppedLines);
        var line = (await world.LinesAsync(packet.Id))[0];
        Assert.Equal((LineState.Stopped, StopReason.AccountChanged), (line.State, line.StopReason));
        var refusal = Assert.IsType<MarkOutcome.Refused>(await world.MarkAsync(packet.Id, [line], LineState.Paid));
        Assert.Contains("须先核实收款账户", Assert.Single(refusal.Problems).Message);
        Assert.Contains("没有经确认的收款账户", Assert.IsType<BuildOutcome.Refused>(await world.CorrectAsync([line])).Message);
        Assert.NotEmpty(await world.Kernel.ReadAsync(db => db.Notifications.Where(row => row.Text.Contains("1 笔待付款项已暂停")).ToListAsync()));

        Assert.Equal("账户由您登记，须由另一名财务人员核实", await world.VerifyAsync(changed.Account.Id, world.Cashier));
        Assert.Null(await world.VerifyAsync(changed.Account.Id, world.Accountant));
        var corrective = Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync([line])).Packet;
        var successor = Assert.Single(await world.LinesAsync(corrective.Id));
        Assert.Equal((changed.Account.Id, 100m, LineState.Pending), (successor.AccountId, successor.Amount, successor.State));
        Assert.Equal(line.Id, successor.CorrectsLineId);
    }

    [Theory, OnEachDatabase]
    public async Task AChangeBetweenApprovalAndPacketIsStoppedToo(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 100m));
        await world.AccountAsync(person, Identities.Card(1));
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<AccountOutcome.Saved>(await world.EnterAccountAsync(person, Identities.Card(2)));
        var packet = Assert.IsType<BuildOutcome.Built>(await world.BuildAsync()).Packet;
        Assert.Equal(StopReason.AccountMissing, Assert.Single(await world.LinesAsync(packet.Id)).StopReason);
    }

    [Theory, OnEachDatabase]
    public async Task ApplicantApproverAndPayeeDoNotPay(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(
            PayoutWorld.Grant("a", Identities.Person(1, world.Accountant.Id), 100m), PayoutWorld.Grant("b", Identities.Person(2), 50m));
        await world.AccountAsync(Identities.Person(2), Identities.Card(2));
        var saved = Assert.IsType<AccountOutcome.Saved>(await world.EnterAccountAsync(Identities.Person(1), Identities.Card(1)));
        Assert.Equal("不能核实自己的收款账户", await world.VerifyAsync(saved.Account.Id, world.Accountant));
        Assert.Null(await world.VerifyAsync(saved.Account.Id, world.Approver));
        var packet = await world.PacketAsync();
        var lines = await world.LinesAsync(packet.Id);
        Assert.Contains("不能经办自己的款项", Problem(await world.MarkAsync(packet.Id, lines, LineState.Paid, by: world.Accountant)));
        Assert.Contains("您审批了", Problem(await world.MarkAsync(packet.Id, lines, LineState.Paid, by: world.Approver)));
        Assert.Contains("您申请了", Problem(await world.MarkAsync(packet.Id, lines, LineState.Paid, by: world.Claimant)));
        Assert.All(await world.LinesAsync(packet.Id), line => Assert.Equal(LineState.Pending, line.State));
        Assert.Equal(new MarkOutcome.Marked(2, 150m), await world.MarkAsync(packet.Id, lines, LineState.Paid));

        static string Problem(MarkOutcome outcome) =>
            string.Join('\n', Assert.IsType<MarkOutcome.Refused>(outcome).Problems.Select(one => one.Message));
    }

    [Theory, OnEachDatabase]
    public async Task ALineIsCorrectedOnceAndAFailedOneCanFailAgain(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 100m));
        await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var packet = await world.PacketAsync();
        var line = (await world.LinesAsync(packet.Id))[0];
        Assert.IsType<MarkOutcome.Refused>(await world.MarkAsync(packet.Id, [line], LineState.Failed));
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(packet.Id, [line], LineState.Failed, "账户状态异常"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.CorrectAsync([line]))));
        var second = Assert.Single(outcomes.OfType<BuildOutcome.Built>()).Packet;
        Assert.Contains("已由更正批次重新支付", Assert.IsType<MarkOutcome.Refused>(
            await world.MarkAsync(packet.Id, [line], LineState.Paid, "补")).Problems[0].Message);
        await world.AcknowledgedAsync(second);
        var again = (await world.LinesAsync(second.Id))[0];
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(second.Id, [again], LineState.Failed, "又退"));
        var third = Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync([again])).Packet;
        await world.AcknowledgedAsync(third);
        var last = (await world.LinesAsync(third.Id))[0];
        Assert.Equal(line.Id, last.RootLineId);
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(third.Id, [last], LineState.Paid));
    }

    [Theory, OnEachDatabase]
    public async Task ChecksAreGreenOrNameTheLines(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(
            PayoutWorld.Grant("a", Identities.Person(1), days: PayoutWorld.Days(First, 2)), PayoutWorld.Grant("b", Identities.Person(2), 50m),
            PayoutWorld.Grant("c", Identities.Person(3), 60m));
        await world.AccountAsync(Identities.Person(1), Identities.Card(7));
        await world.AccountAsync(Identities.Person(2), Identities.Card(7));
        var packet = await world.PacketAsync();
        var checks = await ChecksAsync();
        Assert.True(checks["合计"].IsGreen, checks["合计"].Detail);
        Assert.True(checks["内容"].IsGreen);
        Assert.Equal([1, 2], checks["重复"].Lines);
        Assert.Equal([3], checks["收款账户"].Lines);
        Assert.Equal([1], checks["保险"].Lines);
        Assert.True(checks["冲销"].IsGreen);

        // Somebody with access to the database changes an amount.
        await world.Kernel.ReadAsync(db => db.PacketLines.Where(row => row.Sequence == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Amount, 5000m)));
        checks = await ChecksAsync();
        Assert.True(checks["合计"].IsWrong);
        Assert.Equal([2], checks["合计"].Lines);
        Assert.True(checks["内容"].IsWrong);

        async Task<Dictionary<string, PacketCheck>> ChecksAsync() => (await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<PacketChecks>().RunAsync(packet.Id, default))).ToDictionary(one => one.Title);
    }

    [Theory, OnEachDatabase]
    public async Task NobodyHasToBeCoveredBetweenTwoMissions(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(
            PayoutWorld.Grant("a", person, days: PayoutWorld.Days(First, 2)),
            PayoutWorld.Grant("b", person, days: PayoutWorld.Days(First.AddDays(10), 2)));
        await world.AccountAsync(person, Identities.Card(1));
        var caseId = await world.CaseAsync();
        var commander = new Commander
        {
            CaseId = caseId, Name = person.Name, IdentityNumber = person.IdentityNumber, Gender = "男", UnitName = "江津化工", Specialty = "hazchem",
            SpecialtyName = "危险化学品", CertificateNumber = "聘1", TermStart = First, TermEnd = First.AddYears(5),
        };
        async Task PolicyAsync(DateOnly from, int days)
        {
            var policy = new InsurancePolicy
            {
                CaseId = await world.CaseAsync(), CommanderId = commander.Id, Insurer = "平安", PolicyNumber = $"P{from:MMdd}", ValidFrom = from,
                ValidUntil = from.AddDays(days - 1),
            };
            await world.Kernel.CommitAsync((_, db) => db.InsurancePolicies.Add(policy));
        }

        await world.Kernel.CommitAsync((_, db) => db.Commanders.Add(commander));
        await PolicyAsync(First, 3);
        await PolicyAsync(First.AddDays(10), 1);
        var packet = await world.PacketAsync();
        Task<IReadOnlyList<int>> UncoveredAsync() => world.Kernel.InScopeAsync(async scope =>
            (await scope.GetRequiredService<PacketChecks>().RunAsync(packet.Id, default)).Single(one => one.Title == "保险").Lines);
        Assert.Equal([1], await UncoveredAsync());
        await PolicyAsync(First.AddDays(11), 1);
        Assert.Empty(await UncoveredAsync());
    }

    [Theory, OnEachDatabase]
    public async Task ALineThatWasPaidAfterAllDoesNotSayThatItIsStopped(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 100m));
        await world.AccountAsync(person, Identities.Card(1));
        var packet = await world.PacketAsync();
        Assert.IsType<AccountOutcome.Saved>(await world.EnterAccountAsync(person, Identities.Card(99)));
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(
            packet.Id, await world.LinesAsync(packet.Id), LineState.Paid, "银行已付", byBank: true));

        var export = await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<ExportLines>().MakeAsync(packet.Id, new LineFilter(null, null, []), default));
        using var document = SpreadsheetDocument.Open(new MemoryStream(export!.Content), isEditable: false);
        var text = string.Concat(document.WorkbookPart!.WorksheetParts.Select(part => part.Worksheet.InnerText));
        Assert.Contains("银行已付", text, StringComparison.Ordinal);
        Assert.DoesNotContain("账户变更待核实", text, StringComparison.Ordinal);
    }

    /// <summary>The bank pays what it was handed, whatever account counts today: paid again before it has answered, money goes out twice.</summary>
    [Theory, OnEachDatabase]
    public async Task WhatTheBankWasHandedIsNotPaidAgainBeforeItsResultIsEntered(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 600m));
        await world.AccountAsync(person, Identities.Card(1));
        var packet = await world.PacketAsync();
        Assert.NotNull(await world.ExportAsync(packet.Id));
        await world.AccountAsync(person, Identities.Card(500));
        var line = Assert.Single(await world.LinesAsync(packet.Id));
        Assert.Equal((LineState.Stopped, StopReason.AccountChanged), (line.State, line.StopReason));

        Assert.Equal("收款人1：已提交银行，须先登记银行结果", Assert.IsType<BuildOutcome.Refused>(await world.CorrectAsync([line])).Message);
        Assert.Contains("请写明原因", Assert.Single(Assert.IsType<MarkOutcome.Refused>(
            await world.MarkAsync(packet.Id, [line], LineState.Failed)).Problems).Message);
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(packet.Id, [line], LineState.Failed, "银行电话告知退回"));
        var corrective = Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync([line])).Packet;
        Assert.Equal(600m, corrective.Total);
    }

    [Theory, OnEachDatabase]
    public async Task WhatTheBankWasHandedCanBeMarkedPaidByHandAndIsNotOwedAnyMore(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var person = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 600m));
        await world.AccountAsync(person, Identities.Card(1));
        var packet = await world.PacketAsync();
        await world.ExportAsync(packet.Id);
        await world.AccountAsync(person, Identities.Card(500));
        var line = Assert.Single(await world.LinesAsync(packet.Id));
        Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(packet.Id, [line], LineState.Paid, "银行回单 7 号"));
        Assert.IsType<BuildOutcome.Refused>(await world.CorrectAsync([line]));
    }

    /// <summary>The frozen files hold the full account numbers, too; a manifest pays nobody.</summary>
    [Theory]
    [InlineData(PacketFileKind.BankFile, true)]
    [InlineData(PacketFileKind.Workbook, true)]
    [InlineData(PacketFileKind.Archive, true)]
    [InlineData(PacketFileKind.Portfolio, true)]
    [InlineData(PacketFileKind.Manifest, false)]
    public async Task ADownloadedPacketFileCountsAsHandedToTheBank(PacketFileKind kind, bool counts)
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        var (person, without) = (Identities.Person(1), Identities.Person(2));
        await world.GrantedAsync(PayoutWorld.Grant("a", person, 600m), PayoutWorld.Grant("b", without, 70m));
        await world.AccountAsync(person, Identities.Card(1));
        var packet = await world.PacketAsync();
        Assert.NotNull(await world.DownloadAsync(packet.Id, kind));
        await world.AccountAsync(person, Identities.Card(500));
        await world.AccountAsync(without, Identities.Card(2));
        var lines = await world.LinesAsync(packet.Id);

        // Without an account the packet's files pay nothing, so nothing has to be waited for.
        Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync([lines[1]]));
        var again = await world.CorrectAsync([lines[0]]);
        Assert.True(counts ? again is BuildOutcome.Refused : again is BuildOutcome.Built, again.ToString());
    }

    /// <summary>A stopped line is taken by a corrective packet while somebody downloads the file that names it: one of them is first.</summary>
    [Theory, OnEachDatabase]
    public async Task WhoeverIsFirstALineIsEitherPaidAgainOrWithTheBank(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        for (var round = 0; round < 5; round++)
        {
            var person = Identities.Person(round);
            await world.GrantedAsync(PayoutWorld.Grant($"g{round}", person, 600m));
            await world.AccountAsync(person, Identities.Card(round));
            var packet = await world.PacketAsync();
            await world.AccountAsync(person, Identities.Card(500 + round));
            var stopped = await world.LinesAsync(packet.Id);
            var building = Task.Run(async () =>
            {
                try
                {
                    return await world.CorrectAsync(stopped);
                }
                catch (DbUpdateConcurrencyException)
                {
                    return new BuildOutcome.Refused("提交银行");
                }
            });
            await Task.WhenAll(building, Task.Run(() => world.DownloadAsync(packet.Id, PacketFileKind.BankFile)));
            var line = Assert.Single(await world.LinesAsync(packet.Id));
            Assert.Equal(await building is BuildOutcome.Built, line.ExportedAt is null);
            Assert.Equal(line.ExportedAt is null, line.ReplacedByLineId is not null);
        }
    }

    [Theory, OnEachDatabase]
    public async Task ARecoveryIsNotSettledAgainstWhatTheBankMayStillPay(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var wrong = Assert.Single(await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 100m)));
        await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var packet = await world.PacketAsync();
        await world.ExportAsync(packet.Id);
        await world.AccountAsync(Identities.Person(1), Identities.Card(2));
        await world.GrantAsync(new GrantRequest(await world.CaseAsync(), world.Approval, [], [new EntitlementReversal("r", wrong.Id, "误报")]));
        var second = await world.PacketAsync();
        var recovery = Assert.Single(await world.LinesAsync(second.Id));
        Task<MarkOutcome> OffsetAsync() => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<OffsetLines>().OffsetAsync(recovery.Id, world.Cashier.Id, default));
        Assert.Equal(
            "收款人1的同额款项已提交银行，须先登记银行结果", Assert.Single(Assert.IsType<MarkOutcome.Refused>(await OffsetAsync()).Problems).Message);
        await world.MarkAsync(packet.Id, await world.LinesAsync(packet.Id), LineState.Failed, "退汇");
        Assert.Equal(new MarkOutcome.Marked(2, 0m), await OffsetAsync());
    }

    [Theory, OnEachDatabase]
    public async Task ARecoveryIsSettledAgainstWhatIsStillOwed(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var wrong = Assert.Single(await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 100m)));
        await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var packet = await world.PacketAsync();
        await world.MarkAsync(packet.Id, await world.LinesAsync(packet.Id), LineState.Failed, "退汇");
        await world.GrantAsync(new GrantRequest(await world.CaseAsync(), world.Approval, [], [new EntitlementReversal("r", wrong.Id, "误报")]));
        var second = await world.PacketAsync();
        var recovery = Assert.Single(await world.LinesAsync(second.Id));
        var outcome = await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<OffsetLines>().OffsetAsync(recovery.Id, world.Cashier.Id, default));
        Assert.Equal(new MarkOutcome.Marked(2, 0m), outcome);
        Assert.Equal(LineState.Offset, (await world.LinesAsync(packet.Id))[0].State);
        Assert.Equal(LineState.Offset, (await world.LinesAsync(second.Id))[0].State);
    }
}
