using System.Security.Cryptography;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

public sealed class AccountTests
{
    [Theory]
    [InlineData("6222020000000000018", null)]
    [InlineData("6222 0200 0000 0000 018", null)]
    [InlineData("６２２２０２０００００００００００１８", null)]
    [InlineData("6222020000000000019", "校验位不正确")]
    [InlineData("622202000000000018", "校验位不正确")]
    [InlineData("62220200000", "现为 11 位")]
    [InlineData("62220200000000000X8", "只能是数字")]
    [InlineData("", "请填写账号")]
    public void ABankCardIsCheckedDigitByDigit(string number, string? problem)
    {
        var found = AccountNumber.ProblemOf(PayeeKind.Person, number);
        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found);
    }

    [Fact]
    public void EverySingleWrongDigitAndEveryNeighboursSwappedButOneKindAreFound()
    {
        var card = Identities.Card(123456789);
        for (var i = 0; i < card.Length; i++)
        {
            foreach (var digit in "0123456789".Where(digit => digit != card[i]))
                Assert.NotNull(AccountNumber.ProblemOf(PayeeKind.Person, card[..i] + digit + card[(i + 1)..]));
        }
    }

    [Theory, OnEachDatabase]
    public async Task ThePayeeConfirmsTheOwnAccountByPassword(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1, world.Claimant.Id), 1m));
        var payee = await world.PayeeIdAsync(Identities.Person(1));
        var input = new AccountInput("收款人1", Identities.Card(1), "江州银行营业部", "");
        var wrong = Assert.IsType<AccountOutcome.Invalid>(await OwnAsync(input, "guess"));
        Assert.Equal("secret", Assert.Single(wrong.Errors).Path);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.PayeeAccounts.CountAsync()));
        var saved = Assert.IsType<AccountOutcome.Saved>(await OwnAsync(input, "right")).Account;
        Assert.Equal((world.Claimant.Id, true), (saved.ConfirmedById!.Value, saved.ConfirmedAt is not null));
        Assert.Equal(Identities.Card(1)[^4..], saved.LastFour);

        var bad = Assert.IsType<AccountOutcome.Invalid>(await OwnAsync(new AccountInput("别人", "123", "", "12"), "right"));
        Assert.Equal(["holder", "number", "bankName", "bankCode"], bad.Errors.Select(error => error.Path));
        Assert.Contains("不能付到他人账户", bad.Errors[0].Message);
        Assert.Contains("与现有账户相同", Assert.IsType<AccountOutcome.Invalid>(await OwnAsync(input, "right")).Errors[0].Message);

        Task<AccountOutcome> OwnAsync(AccountInput typed, string secret) => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<ChangeAccount>().OwnAsync(payee, typed, world.Claimant.Id, secret, default));
    }

    [Theory, OnEachDatabase]
    public async Task EveryLookAtANumberIsAudited(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a", Identities.Person(1), 1m));
        var account = await world.AccountAsync(Identities.Person(1), Identities.Card(1));
        Assert.Equal(Identities.Card(1), await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<RevealAccount>().RevealAsync(account.Id, "packet-line", default)));
        var entry = await world.Kernel.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == "account.viewed"));
        Assert.Contains(account.Id.ToString(), entry.Details);
        Assert.DoesNotContain(Identities.Card(1)[^8..], entry.Details);
    }

    [Fact]
    public async Task ASealedNumberOpensInItsOwnRowOnly()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        var vault = world.Kernel.Services.GetRequiredService<AccountVault>();
        var id = Guid.CreateVersion7();
        var text = vault.Seal(id, Identities.Card(1));
        Assert.NotEqual(text, vault.Seal(id, Identities.Card(1)));
        Assert.Equal(Identities.Card(1), vault.Open(id, text));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(Guid.CreateVersion7(), text));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(id, text[..^6] + "AAAA=="));

        // After a restart the key is read from its file; only its owner may read that.
        await world.Kernel.RestartAsync();
        Assert.Equal(Identities.Card(1), world.Kernel.Services.GetRequiredService<AccountVault>().Open(id, text));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(vault.FilePath));
    }
}
