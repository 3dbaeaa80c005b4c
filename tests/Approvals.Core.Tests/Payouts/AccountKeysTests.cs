using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

/// <summary>The key of payees' accounts is exchanged while people work, and the old one can be put away.</summary>
public sealed class AccountKeysTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task WhatAnOlderKeySealedIsSealedAnewAndTheOldKeyCanGo(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 100m), PayoutWorld.Grant("b", Identities.Person(2), 200m));
        await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var first = await world.PacketAsync();
        var frozen = (await world.DownloadAsync(first.Id, PacketFileKind.BankFile))!;
        var answer = await UploadedAsync(world, first);

        // A second payee comes with the first one's number under the new key: it is the same number, and told so.
        var vault = Vault(world);
        Assert.Equal(2, vault.Keys.Add());
        await world.AccountAsync(Identities.Person(2), Identities.Card(1));
        Assert.Equal(["1.", "2."], (await NumbersAsync(world)).Select(text => text[..2]).Order(StringComparer.Ordinal));
        await world.GrantedAsync(PayoutWorld.Grant("c", Identities.Person(1), 50m), PayoutWorld.Grant("d", Identities.Person(2), 60m));
        var second = await world.PacketAsync();
        Assert.True(await IsSharedAsync(world, second.Id));
        Assert.Contains("与现有账户相同", Assert.IsType<AccountOutcome.Invalid>(
            await world.EnterAccountAsync(Identities.Person(1), Identities.Card(1))).Errors[0].Message);
        Assert.Equal(MatchVerdict.Match, Assert.Single((await PreviewAsync(world, answer)).Matches).Verdict);
        Assert.Equal([new KeyUse(1, 1, 6), new KeyUse(2, 1, 5)], await UseAsync(world));

        var was = await world.Kernel.ReadAsync(db => db.Files.AsNoTracking().Select(row => row.Sha256).ToListAsync(Stop));
        var done = await SealAsync(world);
        Assert.Equal((1, 6, 0), (done.Accounts, done.Files, done.Unreadable.Count));
        done = await SealAsync(world);
        Assert.Equal((0, 0, 0), (done.Accounts, done.Files, done.Unreadable.Count));
        Assert.Equal([new KeyUse(1, 0, 0), new KeyUse(2, 2, 11)], await UseAsync(world));
        Assert.Equal(
            ["""{"accounts":1,"files":0,"key":2}""", """{"accounts":0,"files":6,"key":2}"""],
            await world.Kernel.ReadAsync(db => db.AuditEntries.Where(row => row.Action == "key.sealed-anew").OrderBy(row => row.Sequence)
                .Select(row => row.Details).ToListAsync(Stop)));

        // Whoever was reading an old content still finds it, and so does a backup.
        Assert.All(was, sha256 => Assert.True(File.Exists(Path.Combine(world.Kernel.Folder, "files", sha256[..2], sha256[2..]))));

        File.Delete(vault.FilePath);
        await world.Kernel.RestartAsync();
        Assert.Equal([Identities.Card(1), Identities.Card(1)], await world.Kernel.ReadAsync(async db =>
            (await db.PayeeAccounts.AsNoTracking().ToListAsync(Stop)).ConvertAll(row => Vault(world).Open(row.Id, row.SealedNumber))));
        Assert.Equal(frozen.Content, (await world.DownloadAsync(first.Id, PacketFileKind.BankFile))!.Content);
        Assert.Equal(MatchVerdict.Match, Assert.Single((await PreviewAsync(world, answer)).Matches).Verdict);
        Assert.True(await IsSharedAsync(world, second.Id));
        Assert.Equal([2], Vault(world).Keys.Numbers());
    }

    [Theory, OnEachDatabase]
    public async Task TwoWhoSealAtOnceAndAConfirmationBetweenThemLoseNothing(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync([.. Enumerable.Range(0, 4).Select(one => PayoutWorld.Grant($"g{one}", Identities.Person(one), 10m))]);
        var entered = new List<Guid>();
        for (var one = 0; one < 4; one++)
            entered.Add(Assert.IsType<AccountOutcome.Saved>(await world.EnterAccountAsync(Identities.Person(one), Identities.Card(one))).Account.Id);
        Vault(world).Keys.Add();

        var (sealing, other) = (SealAsync(world), SealAsync(world));
        foreach (var id in entered)
            Assert.Null(await world.VerifyAsync(id, world.Accountant));

        Assert.Equal(4, (await sealing).Accounts + (await other).Accounts);
        var rows = await world.Kernel.ReadAsync(db => db.PayeeAccounts.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Stop));
        Assert.All(rows, row => Assert.Equal(world.Accountant.Id, row.VerifiedById));
        Assert.All(rows, row => Assert.StartsWith("2.", row.SealedNumber, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal(row.Fingerprint, Vault(world).Fingerprint(row.SealedNumber, Vault(world).Open(row.Id, row.SealedNumber))));
    }

    [Fact]
    public async Task WhatCannotBeOpenedIsNamedAndLeftAndHoldsUpNothingElse()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 1m), PayoutWorld.Grant("b", Identities.Person(2), 1m));
        var spoilt = await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        var whole = await world.AccountAsync(Identities.Person(2), Identities.Card(2));
        var packet = await world.PacketAsync();
        var lost = await world.Kernel.ReadAsync(db => db.Files.AsNoTracking().OrderBy(row => row.Id).FirstAsync(Stop));
        File.Delete(Path.Combine(world.Kernel.Folder, "files", lost.Sha256[..2], lost.Sha256[2..]));
        var swapped = Vault(world).Seal(whole.Id, Identities.Card(1));
        await world.Kernel.CommitAsync((_, unit) => unit.Db.PayeeAccounts.Where(row => row.Id == spoilt.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedNumber, swapped), Stop));
        Vault(world).Keys.Add();

        var done = await SealAsync(world);

        Assert.Equal((1, 4), (done.Accounts, done.Files));
        Assert.Equal([$"account {spoilt.Id}", $"file {lost.Id}"], done.Unreadable);
        Assert.Contains(swapped, await NumbersAsync(world));
        Assert.Equal([new KeyUse(0, 0, 1), new KeyUse(1, 1, 0), new KeyUse(2, 1, 4)], await UseAsync(world));
        Assert.Contains("有收款账户不能解密", await SharedAsync(world, packet.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AValueNamesItsKeyAndAKeyThatWasTakenOutIsNotMadeAnew()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        var (vault, id) = (Vault(world), Guid.CreateVersion7());
        Assert.Empty(vault.Keys.Numbers());
        var (text, file) = (vault.Seal(id, "6222021"), vault.SealFile(id, "甲"u8));
        for (var key = 2; key <= 11; key++)
            Assert.Equal(key, vault.Keys.Add());
        await File.WriteAllTextAsync(vault.FilePath.Replace(".key", ".old.key", StringComparison.Ordinal), "no number", Stop);
        Assert.Equal(Enumerable.Range(1, 11), vault.Keys.Numbers());
        Assert.Equal("payee-accounts.11.key", Path.GetFileName(vault.Keys.PathOf(11)));
        var (newText, newFile) = (vault.Seal(id, "6222021"), vault.SealFile(id, "甲"u8));

        Assert.Equal((1, 11), (AccountVault.KeyOf(text), AccountVault.KeyOf(newText)));
        Assert.Equal((1, 11), (AccountVault.KeyOfFile(file), AccountVault.KeyOfFile(newFile)));
        Assert.Equal(("6222021", "6222021"), (vault.Open(id, text), vault.Open(id, newText)));
        Assert.Equal(("甲", "甲"), (Encoding.UTF8.GetString(vault.OpenFile(id, file)), Encoding.UTF8.GetString(vault.OpenFile(id, newFile))));
        Assert.NotEqual(vault.Fingerprint(text, "6222021"), vault.Fingerprint(newText, "6222021"));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(id, "2" + newText[2..]));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(id, "12" + newText[2..]));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(id, "no key"));
        Assert.ThrowsAny<CryptographicException>(() => vault.OpenFile(id, newFile.AsSpan(0, 20)));

        File.Delete(vault.FilePath);
        await world.Kernel.RestartAsync();
        var fault = Assert.ThrowsAny<CryptographicException>(() => Vault(world).Open(id, text));
        Assert.Contains("payee-accounts.key", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(vault.FilePath));
        Assert.Equal("6222021", Vault(world).Open(id, newText));
    }

    private static AccountVault Vault(PayoutWorld world) => world.Kernel.Services.GetRequiredService<AccountVault>();

    private static Task<SealedAnew> SealAsync(PayoutWorld world) =>
        world.Kernel.InScopeAsync(scope => scope.GetRequiredService<SealAnew>().RunAsync(Stop));

    private static Task<IReadOnlyList<KeyUse>> UseAsync(PayoutWorld world) =>
        world.Kernel.InScopeAsync(scope => scope.GetRequiredService<SealAnew>().UseAsync(Stop));

    private static Task<List<string>> NumbersAsync(PayoutWorld world) =>
        world.Kernel.ReadAsync(db => db.PayeeAccounts.Select(row => row.SealedNumber).ToListAsync(Stop));

    private static async Task<bool> IsSharedAsync(PayoutWorld world, Guid packetId) =>
        (await SharedAsync(world, packetId)).Contains("共用一个账户，请核对", StringComparison.Ordinal);

    private static async Task<string> SharedAsync(PayoutWorld world, Guid packetId) =>
        (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PacketChecks>().RunAsync(packetId, Stop)))
        .Single(check => check.Title == "重复").Detail;

    private static async Task<Guid> UploadedAsync(PayoutWorld world, PayoutPacket packet)
    {
        var line = (await world.LinesAsync(packet.Id)).Single(one => one.AccountId is not null);
        var text = "明细编号,户名,账号,金额,处理结果,失败原因,银行流水号\r\n"
            + $"{packet.Number}-{line.Sequence:00000},{line.AccountHolder},{Identities.Card(1)},\"{line.Amount:0.00}\",成功,,S1";
        return Assert.IsType<UploadOutcome.Stored>(await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<ImportResult>()
            .UploadAsync(packet.Id, "回盘.csv", BankEncoding.Encode(text, "UTF-8"), world.Cashier.Id, Stop))).ResultId;
    }

    private static async Task<ResultPreview> PreviewAsync(PayoutWorld world, Guid resultId) =>
        (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<ImportResult>().PreviewAsync(resultId, Stop)))!;
}
