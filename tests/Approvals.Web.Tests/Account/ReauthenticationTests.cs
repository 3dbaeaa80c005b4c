using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Account;

public sealed class ReauthenticationTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_password_verifies_the_signer()
    {
        Assert.Equal(ReauthenticationOutcome.Verified, await VerifyAsync(People.Password));
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_account_for_signing_and_for_signing_in()
    {
        for (var attempt = 1; attempt < 5; attempt++)
        {
            Assert.Equal(ReauthenticationOutcome.WrongSecret, await VerifyAsync("wrong"));
        }

        Assert.Equal(ReauthenticationOutcome.LockedOut, await VerifyAsync("wrong"));
        Assert.Equal(ReauthenticationOutcome.LockedOut, await VerifyAsync(People.Password));
        using var browser = app.Browser();
        Assert.Null((await People.TryAsync(browser, "wangqiang", People.Password)).Location);
    }

    /// <summary>Else whoever has got hold of a sign-in could guess many at a time and be counted once.</summary>
    [Fact]
    public async Task Wrong_tries_at_once_are_all_counted()
    {
        // The product runs before the race begins: asked for by many at once the factory would start it more than once.
        Assert.Equal(ReauthenticationOutcome.Verified, await VerifyAsync(People.Password));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => VerifyAsync("wrong"))));

        Assert.All(outcomes, outcome => Assert.True(outcome is ReauthenticationOutcome.WrongSecret or ReauthenticationOutcome.LockedOut));
        Assert.Equal(ReauthenticationOutcome.LockedOut, await VerifyAsync(People.Password));
    }

    [Fact]
    public async Task Wrong_sign_ins_at_once_are_all_counted()
    {
        using var first = app.Browser();
        await first.GetAsync("/account/sign-in");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var browser = app.Browser();
            return await People.TryAsync(browser, "wangqiang", "wrong");
        })));

        Assert.All(answers, answer => Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status));
        Assert.Null((await People.TryAsync(first, "wangqiang", People.Password)).Location);
    }

    [Fact]
    public async Task Somebody_who_left_cannot_sign()
    {
        var id = await IdAsync();
        await app.DatabaseAsync(db => db.People.Where(one => one.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsActive, false)));

        Assert.Equal(ReauthenticationOutcome.NoAccount, await VerifyAsync(People.Password));
    }

    [Fact]
    public async Task It_refuses_to_run_inside_a_transaction_that_could_forget_the_failed_try()
    {
        var id = await IdAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.ServiceAsync<IServiceProvider, bool>(async services =>
        {
            var unitOfWork = (UnitOfWork)services.GetService(typeof(UnitOfWork))!;
            var reauthentication = (PasswordReauthentication)services.GetService(typeof(PasswordReauthentication))!;
            await unitOfWork.RunAsync(
                _ => reauthentication.VerifyAsync(id, "wrong", CancellationToken.None), CancellationToken.None);
            return true;
        }));
    }

    private async Task<ReauthenticationOutcome> VerifyAsync(string secret)
    {
        var id = await IdAsync();
        return await app.ServiceAsync<PasswordReauthentication, ReauthenticationOutcome>(
            service => service.VerifyAsync(id, secret, CancellationToken.None));
    }

    private Task<Guid> IdAsync() =>
        app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync());
}
