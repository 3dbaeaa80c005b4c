using Approvals.Core.Integrity;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// An exception at every command and commit of what finance does: accounts, packets, the bank's files, corrections. Checked after each:
/// every row as before; money, person-day, grant, number, outbox, audit. At the end each sum was paid once.
/// </summary>
public sealed class MoneyFaultTests
{
    private readonly Strikes strikes = new();

    [Theory, OnEachDatabase]
    public async Task From_the_grant_to_the_payment_a_fault_at_any_command_pays_nothing_twice(string database)
    {
        await using var world = await StartAsync(database);
        var (one, other) = (Identities.Person(1), Identities.Person(2));
        var caseId = await world.CaseAsync();
        await AtEveryPointAsync(world, "the grant", () => world.GrantAsync(caseId,
            PayoutWorld.Grant("one", one, days: PayoutWorld.Days(new DateOnly(2026, 2, 2), 3)),
            PayoutWorld.Grant("other", other, 400.55m)));
        Assert.Equal([600m, 400.55m], (await world.EntitlementsAsync()).Select(row => row.Amount));
        Assert.Equal(6, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync()));

        await AccountAsync(world, one, Identities.Card(1));
        await AccountAsync(world, other, Identities.Card(2));
        await AtEveryPointAsync(world, "the packet", () => world.BuildAsync());
        var packet = await world.Kernel.ReadAsync(db => db.Packets.AsNoTracking().SingleAsync());
        Assert.Equal(("BF-2026-0001", 1000.55m), (packet.Number, packet.Total));

        await strikes.AtEveryPointOfTheJobsAsync(world.Kernel, "the files of the packet");
        Assert.Equal(PacketStage.Ready, await world.Kernel.ReadAsync(db => db.Packets.Select(row => row.Stage).SingleAsync()));
        Assert.Equal(5, await world.Kernel.ReadAsync(db => db.PacketFiles.CountAsync()));
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.Notifications.CountAsync(row => row.Text.Contains("请签收"))));

        await AtEveryPointAsync(world, "the receipt", () => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<AcknowledgePacket>().AcknowledgeAsync(packet.Id, world.Cashier.Id, default)));
        await AtEveryPointAsync(world, "the transfer file", () => world.ExportAsync(packet.Id));
        await AtEveryPointAsync(world, "the marks", async () => await world.MarkAsync(
            packet.Id, await world.LinesAsync(packet.Id), LineState.Paid, "凭证 1 号"));
        var lines = await world.LinesAsync(packet.Id);
        Assert.All(lines, line => Assert.Equal(LineState.Paid, line.State));
        Assert.All(lines, line => Assert.NotNull(line.ExportedAt));
    }

    [Theory, OnEachDatabase]
    public async Task The_banks_result_and_the_correction_of_what_failed_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await StartAsync(database);
        var payees = new[] { Identities.Person(1), Identities.Person(2) };
        await world.GrantedAsync(PayoutWorld.Grant("one", payees[0], 600m), PayoutWorld.Grant("other", payees[1], 400m));
        await world.AccountAsync(payees[0], Identities.Card(1));
        await world.AccountAsync(payees[1], Identities.Card(2));
        var packet = await world.PacketAsync();
        var lines = await world.LinesAsync(packet.Id);
        var rows = lines.Select((line, index) => $"{packet.Number}-{line.Sequence:00000},{line.AccountHolder},{Identities.Card(index + 1)},{line.Amount},"
            + (index == 0 ? "成功," : "失败,账户已销户"));
        var file = BankEncoding.Encode("明细编号,户名,账号,金额,处理结果,失败原因\r\n" + string.Join("\r\n", rows), "UTF-8");

        await AtEveryPointAsync(world, "the upload", () => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<ImportResult>().UploadAsync(packet.Id, "回盘.csv", file, world.Cashier.Id, default)));
        var result = await world.Kernel.ReadAsync(db => db.BankResults.OrderByDescending(row => row.Id).Select(row => row.Id).FirstAsync());
        var preview = (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<ImportResult>().PreviewAsync(result, default)))!;
        await AtEveryPointAsync(world, "the result", () => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<ImportResult>().ApplyAsync(result, preview.Digest, world.Cashier.Id, default)));
        lines = await world.LinesAsync(packet.Id);
        Assert.Equal([LineState.Paid, LineState.Failed], lines.Select(line => line.State));

        await AccountAsync(world, payees[1], Identities.Card(3));
        await AtEveryPointAsync(world, "the corrective packet", () => world.CorrectAsync([lines[1]]));
        var again = await world.Kernel.ReadAsync(db => db.Packets.AsNoTracking().SingleAsync(row => row.Kind == PacketKind.Corrective));
        Assert.Equal(400m, again.Total);
        await world.AcknowledgedAsync(again);
        await AtEveryPointAsync(world, "the second payment", async () =>
            await world.MarkAsync(again.Id, await world.LinesAsync(again.Id), LineState.Paid, "凭证 2 号"));
        Assert.Equal(1000m, (await world.Kernel.ReadAsync(db => db.PacketLines.Where(row => row.State == LineState.Paid).Select(row => row.Amount)
            .ToListAsync())).Sum());
    }

    [Theory, OnEachDatabase]
    public async Task A_reversal_and_its_settlement_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await StartAsync(database);
        var payee = Identities.Person(1);
        var granted = await world.GrantedAsync(PayoutWorld.Grant("one", payee, days: PayoutWorld.Days(new DateOnly(2026, 2, 2), 2)));
        await world.AccountAsync(payee, Identities.Card(1));
        var packet = await world.PacketAsync();
        await world.MarkAsync(packet.Id, await world.LinesAsync(packet.Id), LineState.Failed, "账户已销户");

        var caseId = await world.CaseAsync();
        await AtEveryPointAsync(world, "the reversal", () => world.GrantAsync(new GrantRequest(
            caseId, world.Approval, [], [new EntitlementReversal("back", granted[0].Id, "更正")])));
        Assert.Equal([400m, -400m], (await world.EntitlementsAsync()).Select(row => row.Amount));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync(row => row.ReleasedById == null)));

        await world.PacketAsync();
        var recovery = await world.Kernel.ReadAsync(db => db.PacketLines.AsNoTracking().SingleAsync(row => row.StopReason == StopReason.Recovery));
        await AtEveryPointAsync(world, "the settlement", () => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<OffsetLines>().OffsetAsync(recovery.Id, world.Cashier.Id, default)));
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.PacketLines.CountAsync(row => row.State == LineState.Offset)));
    }

    private Task<PayoutWorld> StartAsync(string database) => PayoutWorld.StartAsync(database, services =>
    {
        services.AddIntegrity();
        strikes.AddTo(services);
    });

    /// <summary>An account entered by one of finance and verified by the other, each struck at every point.</summary>
    private async Task AccountAsync(PayoutWorld world, PayeeReference payee, string card)
    {
        await AtEveryPointAsync(world, "the account", () => world.EnterAccountAsync(payee, card));
        var id = await world.PayeeIdAsync(payee);
        var entered = await world.Kernel.ReadAsync(db => db.PayeeAccounts.AsNoTracking().SingleAsync(row => row.PayeeId == id && row.ReplacedAt == null));
        await AtEveryPointAsync(world, "its verification", () => world.VerifyAsync(entered.Id, world.Accountant));
        Assert.NotNull(await world.Kernel.ReadAsync(db => db.PayeeAccounts.Where(row => row.Id == entered.Id).Select(row => row.VerifiedAt).SingleAsync()));
    }

    private async Task AtEveryPointAsync(PayoutWorld world, string what, Func<Task> act) =>
        Assert.InRange(await strikes.AtEveryPointAsync(world.Kernel, what, act), 3, int.MaxValue);
}
