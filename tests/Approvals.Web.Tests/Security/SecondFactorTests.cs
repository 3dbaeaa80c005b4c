using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

public sealed class SecondFactorTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Switched_on_it_asks_for_a_code_and_takes_each_recovery_code_once()
    {
        var (key, recovery) = await SwitchOnAsync("wangqiang");
        using var withCode = app.Browser();
        using var withRecovery = app.Browser();
        using var again = app.Browser();

        Assert.Equal("/inbox", (await SecondAsync(withCode, Totp.Next(key))).Location);
        Assert.Equal("/inbox", (await SecondAsync(withRecovery, recovery[0])).Location);
        Assert.Null((await SecondAsync(again, recovery[0])).Location);
        Assert.Equal(HttpStatusCode.OK, (await withCode.GetAsync("/inbox")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await again.GetAsync("/inbox")).Status);
        var methods = await app.DatabaseAsync(db => db.AuditEntries.Where(one => one.Action == "account.signed-in")
            .OrderBy(one => one.Sequence).Select(one => one.Details).ToListAsync(Stop));
        Assert.Contains("second-factor", methods[^2]);
        Assert.Contains("recovery-code", methods[^1]);
    }

    [Fact]
    public async Task A_code_is_good_once_for_signing_in_and_for_signing()
    {
        var (key, _) = await SwitchOnAsync("wangqiang");
        var code = Totp.Next(key);
        using var first = app.Browser();
        using var second = app.Browser();

        Assert.Equal("/inbox", (await SecondAsync(first, code)).Location);
        Assert.Null((await SecondAsync(second, code)).Location);
        var person = await app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync(Stop));
        Assert.Equal(
            ReauthenticationOutcome.WrongSecret,
            await app.ServiceAsync<PasswordReauthentication, ReauthenticationOutcome>(service => service.VerifyAsync(person, code, Stop)));
    }

    [Fact]
    public async Task The_password_alone_opens_nothing_and_five_wrong_codes_lock_the_account()
    {
        await SwitchOnAsync("wangqiang");
        using var browser = app.Browser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var wrong = await SecondAsync(browser, "000000");
            Assert.Contains("验证码不正确", WebUtility.HtmlDecode(wrong.Text));
            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/inbox")).Status);
        }

        Assert.Null((await People.TryAsync(browser, "wangqiang", People.Password)).Location);
        Assert.Equal(6, await app.DatabaseAsync(db => db.AuditEntries.CountAsync(one => one.Action == "account.sign-in-failed", Stop)));
    }

    [Fact]
    public async Task A_wrong_code_does_not_switch_it_on()
    {
        using var browser = await People.AsAsync(app, "wangqiang");

        var answer = await browser.PostAsync((await browser.GetAsync("/account/two-factor")).Form("name=\"Code\"").Set("Code", "000000"));

        Assert.Contains("验证码不正确，请核对手机时间后重试", WebUtility.HtmlDecode(answer.Text));
        Assert.False(await app.DatabaseAsync(db => db.Users.AnyAsync(user => user.TwoFactorEnabled, Stop)));
    }

    private async Task<(string Key, IReadOnlyList<string> Recovery)> SwitchOnAsync(string userName)
    {
        using var browser = await People.AsAsync(app, userName);
        var page = await browser.GetAsync("/account/two-factor");
        var key = Regex.Match(page.Text, "<span class=\"secret\">(?<key>[^<]+)</span>").Groups["key"].Value;
        var on = await browser.PostAsync(page.Form("name=\"Code\"").Set("Code", Totp.Now(key)));
        var codes = Regex.Matches(on.Text, "<li>(?<code>[A-Z0-9-]{8,})</li>").Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(10, codes.Count);
        return (key, codes);
    }

    private static async Task<Page> SecondAsync(Browser browser, string code)
    {
        var first = await People.TryAsync(browser, "wangqiang", People.Password);
        Assert.StartsWith("/account/second-factor", first.Location, StringComparison.Ordinal);
        return await browser.PostAsync((await browser.GetAsync(first.Location!)).Form("name=\"Code\"").Set("Code", code));
    }
}
