using System.Globalization;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

public sealed class ImportResultTests
{
    [Theory, OnEachDatabase]
    public async Task MatchesAreTakenOverAndEverythingElseIsLeftAlone(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var packet = await PacketAsync(world, 6);
        var lines = await world.LinesAsync(packet.Id);
        string[] rows =
        [
            Row(packet, lines[0], "成功"), Row(packet, lines[1], "失败", "账号户名不符"), Row(packet, lines[2], "成功", amount: 1m),
            Row(packet, lines[3], "成功", account: Identities.Card(77)), Row(packet, lines[4], "成功", account: "6222****" + lines[4].AccountLastFour),
            $"{packet.Number}-00099,甲,,5.00,成功,,",
        ];
        var preview = await PreviewAsync(world, await StoredAsync(world, packet, rows));
        Assert.Equal(
            [MatchVerdict.Match, MatchVerdict.Match, MatchVerdict.Partial, MatchVerdict.Partial, MatchVerdict.Match, MatchVerdict.Unknown],
            preview.Matches.Select(match => match.Verdict));
        Assert.Contains("金额为 1.00，明细为", preview.Matches[2].Message);
        Assert.Equal("账号与明细不同", preview.Matches[3].Message);
        Assert.All(await world.LinesAsync(packet.Id), line => Assert.Equal(LineState.Pending, line.State));

        Assert.Equal(new ApplyOutcome.Applied(3, lines[0].Amount + lines[4].Amount, lines[1].Amount), await ApplyAsync(world, preview));
        var after = await world.LinesAsync(packet.Id);
        Assert.Equal(
            [LineState.Paid, LineState.Failed, LineState.Pending, LineState.Pending, LineState.Paid, LineState.Pending],
            after.Select(line => line.State));
        Assert.Equal("账号户名不符", after[1].StateNote);
        Assert.Equal("S1", after[0].BankReference);
        Assert.Contains("已经应用", Assert.Single(Assert.IsType<ApplyOutcome.Refused>(await ApplyAsync(world, preview)).Problems).Message);
    }

    [Theory, OnEachDatabase]
    public async Task AFileOfAnotherPacketChangesNothing(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var first = await PacketAsync(world, 2);
        var second = await PacketAsync(world, 3, from: 10);
        var other = Assert.IsType<UploadOutcome.Refused>(await UploadAsync(
            world, second, [.. (await world.LinesAsync(first.Id)).Select(line => Row(first, line, "成功"))]));
        Assert.Contains($"属于批次 {first.Number}，这不是批次 {second.Number} 的回盘文件", Assert.Single(other.Problems));
        var strange = Assert.IsType<UploadOutcome.Refused>(await UploadAsync(world, second, ["X1,甲,6222,5.00,成功,,"]));
        Assert.Contains("可能是其他批次", Assert.Single(strange.Problems));
        Assert.All(await world.LinesAsync(second.Id), line => Assert.Equal(LineState.Pending, line.State));
    }

    [Theory, OnEachDatabase]
    public async Task WhatChangedAfterThePreviewIsLookedAtAgain(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var packet = await PacketAsync(world, 2);
        var lines = await world.LinesAsync(packet.Id);
        var preview = await PreviewAsync(world, await StoredAsync(world, packet, [.. lines.Select(line => Row(packet, line, "成功"))]));
        await world.MarkAsync(packet.Id, [lines[0]], LineState.Failed, "退汇");
        Assert.Contains("预览之后批次状态有变化", Assert.Single(Assert.IsType<ApplyOutcome.Refused>(await ApplyAsync(world, preview)).Problems).Message);

        var again = await PreviewAsync(world, preview.Result.Id);
        Assert.IsType<ApplyOutcome.Applied>(await ApplyAsync(world, again));
        Assert.All(await world.LinesAsync(packet.Id), line => Assert.Equal(LineState.Paid, line.State));
    }

    [Theory, OnEachDatabase]
    public async Task TheBankIsBelievedAboutAStoppedLineAndAReturnedPayment(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var packet = await PacketAsync(world, 2);
        var lines = await world.LinesAsync(packet.Id);
        await world.EnterAccountAsync(Identities.Person(0), Identities.Card(500));
        await world.MarkAsync(packet.Id, [lines[1]], LineState.Paid);
        var preview = await PreviewAsync(world, await StoredAsync(
            world, packet, [Row(packet, lines[0], "成功"), Row(packet, lines[1], "退汇", "账户已销户")]));
        Assert.Contains("该笔已暂停", preview.Matches[0].Message);
        Assert.Contains("退汇", preview.Matches[1].Message);
        Assert.IsType<ApplyOutcome.Applied>(await ApplyAsync(world, preview));
        var after = await world.LinesAsync(packet.Id);
        Assert.Equal((LineState.Paid, LineState.Failed), (after[0].State, after[1].State));
        Assert.Equal("账户已销户", after[1].StateNote);
    }

    [Theory, OnEachDatabase]
    public async Task AnExportedLineIsPaidAgainOnceTheBankSaysThatItFailed(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var packet = await PacketAsync(world, 2);
        await world.ExportAsync(packet.Id);
        await world.AccountAsync(Identities.Person(0), Identities.Card(500));
        await world.AccountAsync(Identities.Person(1), Identities.Card(501));
        var lines = await world.LinesAsync(packet.Id);
        Assert.Contains("已提交银行", Assert.IsType<BuildOutcome.Refused>(await world.CorrectAsync(lines)).Message);

        var preview = await PreviewAsync(world, await StoredAsync(
            world, packet, [Row(packet, lines[0], "失败", "账户已销户"), Row(packet, lines[1], "成功")]));
        Assert.IsType<ApplyOutcome.Applied>(await ApplyAsync(world, preview));
        Assert.IsType<BuildOutcome.Refused>(await world.CorrectAsync([lines[1]]));
        Assert.Equal(100m, Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync([lines[0]])).Packet.Total);
    }

    [Theory, OnEachDatabase]
    public async Task WithoutReferencesRowsAreMatchedByAccountAndAmount(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var packet = await PacketAsync(world, 3);
        var lines = await world.LinesAsync(packet.Id);
        var text = "账号,金额,处理结果\r\n" + string.Concat(lines.Take(2).Select((line, index) =>
            $"{Identities.Card(index)},{line.Amount.ToString(CultureInfo.InvariantCulture)},成功\r\n")) + $"{Identities.Card(2)},0.01,成功\r\n";
        var stored = Assert.IsType<UploadOutcome.Stored>(await UploadAsync(world, packet, BankEncoding.Encode(text, "GB18030")));
        var preview = await PreviewAsync(world, stored.ResultId);
        Assert.Equal([MatchVerdict.Match, MatchVerdict.Match, MatchVerdict.Unknown], preview.Matches.Select(match => match.Verdict));
    }

    private static async Task<PayoutPacket> PacketAsync(PayoutWorld world, int count, int from = 0)
    {
        await world.GrantedAsync([.. Enumerable.Range(from, count).Select(one => PayoutWorld.Grant($"g{one}", Identities.Person(one), 100m + one))]);
        for (var one = from; one < from + count; one++)
            await world.AccountAsync(Identities.Person(one), Identities.Card(one));
        return await world.PacketAsync();
    }

    private static string Row(PayoutPacket packet, PacketLine line, string result, string reason = "", decimal? amount = null, string? account = null)
    {
        var number = int.Parse(line.PayeeName[3..], CultureInfo.InvariantCulture);
        var sum = (amount ?? line.Amount).ToString("N2", CultureInfo.InvariantCulture);
        return $"{packet.Number}-{line.Sequence:00000},{line.AccountHolder},{account ?? Identities.Card(number)},\"{sum}\",{result},{reason},S{line.Sequence}";
    }

    private static Task<UploadOutcome> UploadAsync(PayoutWorld world, PayoutPacket packet, string[] rows) => UploadAsync(
        world, packet, BankEncoding.Encode("明细编号,户名,账号,金额,处理结果,失败原因,银行流水号\r\n" + string.Join("\r\n", rows), "UTF-8"));

    private static Task<UploadOutcome> UploadAsync(PayoutWorld world, PayoutPacket packet, byte[] content) => world.Kernel.InScopeAsync(
        scope => scope.GetRequiredService<ImportResult>().UploadAsync(packet.Id, "回盘.csv", content, world.Cashier.Id, default));

    private static async Task<Guid> StoredAsync(PayoutWorld world, PayoutPacket packet, string[] rows) =>
        Assert.IsType<UploadOutcome.Stored>(await UploadAsync(world, packet, rows)).ResultId;

    private static async Task<ResultPreview> PreviewAsync(PayoutWorld world, Guid resultId) =>
        (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<ImportResult>().PreviewAsync(resultId, default)))!;

    private static Task<ApplyOutcome> ApplyAsync(PayoutWorld world, ResultPreview preview) => world.Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<ImportResult>().ApplyAsync(preview.Result.Id, preview.Digest, world.Cashier.Id, default));
}
