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

        Assert.Equal("/inbox", (await SecondAsync(withCode, Totp.At(app.Clock, key, 1))).Location);
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
    public async Task Recovery_codes_are_stored_as_hashes_and_those_of_an_earlier_release_still_open()
    {
        var (_, recovery) = await SwitchOnAsync("wangqiang");
        Task<string?> KeptAsync() => app.DatabaseAsync(db => db.UserTokens.Where(one => one.Name == "RecoveryCodes").Select(one => one.Value).SingleAsync(Stop));
        var kept = (await KeptAsync())!;
        Assert.Equal(10, recovery.Count);
        Assert.All(recovery, code => Assert.DoesNotContain(code, kept, StringComparison.OrdinalIgnoreCase));
        using (var browser = app.Browser())
            Assert.Equal("/inbox", (await SecondAsync(browser, recovery[3])).Location);
        Assert.Equal(kept.Split(';').Length - 1, (await KeptAsync())!.Split(';').Length);

        // As ASP.NET Core Identity kept them: one more is taken, and the rest is hashed with it.
        await app.DatabaseAsync(db => db.UserTokens.Where(one => one.Name == "RecoveryCodes")
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Value, "AAAAA-BBBBB;CCCCC-DDDDD"), Stop));
        using (var browser = app.Browser())
            Assert.Equal("/inbox", (await SecondAsync(browser, "CCCCC-DDDDD")).Location);
        using (var browser = app.Browser())
            Assert.Null((await SecondAsync(browser, "CCCCC-DDDDD")).Location);
        Assert.DoesNotContain("AAAAA", (await KeptAsync())!, StringComparison.Ordinal);
        using (var browser = app.Browser())
            Assert.Equal("/inbox", (await SecondAsync(browser, "AAAAA-BBBBB")).Location);
    }

    [Fact]
    public async Task A_code_is_good_once_for_signing_in_and_for_signing()
    {
        var (key, _) = await SwitchOnAsync("wangqiang");
        var code = Totp.At(app.Clock, key, 1);
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
    public async Task No_code_is_good_again_after_a_later_one_nor_is_an_earlier_one()
    {
        var (key, _) = await SwitchOnAsync("wangqiang", -2);

        Assert.Equal("/inbox", await SignInAsync(Totp.At(app.Clock, key)));
        Assert.Equal("/inbox", await SignInAsync(Totp.At(app.Clock, key, 1)));
        Assert.Null(await SignInAsync(Totp.At(app.Clock, key)));
        Assert.Null(await SignInAsync(Totp.At(app.Clock, key, -1)));

        async Task<string?> SignInAsync(string code)
        {
            using var browser = app.Browser();
            return (await SecondAsync(browser, code)).Location;
        }
    }

    [Fact]
    public async Task A_wrong_code_does_not_switch_it_on_and_the_same_key_may_be_tried_again()
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        var page = await BeginAsync(browser);

        var answer = await browser.PostAsync(page.Form("name=\"Code\"").Set("Code", "000000"));

        Assert.Contains("验证码不正确，请核对手机时间后重试", WebUtility.HtmlDecode(answer.Text));
        Assert.False(await IsOnAsync());
        Assert.Equal(KeyOf(page), KeyOf(answer));
        await browser.PostAsync(answer.Form("name=\"Code\"").Set("Code", Totp.At(app.Clock, KeyOf(answer))));
        Assert.True(await IsOnAsync());
    }

    [Fact]
    public async Task A_stolen_session_enrols_no_authenticator_of_its_own()
    {
        using var stolen = await People.AsAsync(app, "wangqiang");
        var page = await stolen.GetAsync("/account/two-factor");
        var form = page.Form("two-factor?handler");

        var code = KeyOf(page) is { Length: > 0 } key ? Totp.At(app.Clock, key) : "000000";
        await stolen.PostAsync(form.To("/account/two-factor?handler=Enable").Set("Code", code));
        var guessed = await stolen.PostAsync(form.To("/account/two-factor?handler=Begin").Set("Secret", "wrong"));

        Assert.False(await IsOnAsync());
        Assert.Empty(KeyOf(guessed));
        Assert.Equal(1, await app.DatabaseAsync(db => db.AuditEntries.CountAsync(one => one.Action == "account.reauthentication-failed", Stop)));
    }

    [Fact]
    public async Task A_key_shown_to_one_person_enrols_nobody_else_and_nobody_after_a_quarter_of_an_hour()
    {
        using var own = await People.AsAsync(app, "lili");
        using var stolen = await People.AsAsync(app, "wangqiang");
        var page = await BeginAsync(own);
        var ticket = page.Form("name=\"Code\"")["Ticket"]!;
        var other = (await BeginAsync(stolen)).Form("name=\"Code\"").Set("Ticket", ticket);

        await stolen.PostAsync(other.Set("Code", Totp.At(app.Clock, KeyOf(page))));
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var late = await own.PostAsync(page.Form("name=\"Code\"").Set("Code", Totp.At(app.Clock, KeyOf(page))));

        Assert.False(await IsOnAsync());
        Assert.Empty(KeyOf(late));
    }

    [Fact]
    public async Task Reading_the_page_makes_no_key_and_ends_no_other_session()
    {
        using var phone = await People.AsAsync(app, "wangqiang");
        using var here = await People.AsAsync(app, "wangqiang");

        await here.GetAsync("/account/two-factor");
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/profile")).Status);
        Assert.False(await app.DatabaseAsync(db => db.UserTokens.AnyAsync(Stop)));
    }

    [Fact]
    public async Task A_made_password_that_is_too_old_opens_nothing_with_a_right_code_either()
    {
        var (key, _) = await SwitchOnAsync("wangqiang");
        await app.DatabaseAsync(db => db.Users.Where(one => one.UserName == "wangqiang").ExecuteUpdateAsync(
            set => set.SetProperty(one => one.InitialPasswordUntil, app.Clock.GetUtcNow().AddMinutes(1)), Stop));
        using var early = app.Browser();
        var first = await People.TryAsync(early, "wangqiang", People.Password);
        var form = (await early.GetAsync(first.Location!)).Form("name=\"Code\"");
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        var answer = await early.PostAsync(form.Set("Code", Totp.At(app.Clock, key)));
        using var late = app.Browser();
        var refused = await People.TryAsync(late, "wangqiang", People.Password);

        Assert.NotEqual("/inbox", answer.Location);
        Assert.Equal(HttpStatusCode.Redirect, (await early.GetAsync("/profile")).Status);
        Assert.Null(refused.Location);
        Assert.Equal(2, await app.DatabaseAsync(db => db.AuditEntries.CountAsync(
            one => one.Action == "account.sign-in-failed" && one.Details.Contains("initial-password-expired"), Stop)));
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_and_the_second_factor_still_asked_for()
    {
        var (key, _) = await SwitchOnAsync("wangqiang");
        using var security = await People.AsAsync(app, "anquan");
        var page = await security.GetAsync(await PageOfAsync());
        var without = await security.PostAsync(page.Form("重置密码"));
        Assert.Contains("请选择原因。", WebUtility.HtmlDecode(without.Text));
        Assert.Equal("/inbox", (await People.TryAsync(app.Browser(), "lili", People.Password)).Location);

        var answer = await security.PostAsync(page.Form("重置密码").Set("PasswordReason", "Forgotten"));
        var shown = await security.GetAsync(answer.Location!);
        var initial = Regex.Match(shown.Text, "<p class=\"secret\">(?<secret>[^<]+)</p>").Groups["secret"].Value;

        Assert.True(await IsOnAsync());
        using var browser = app.Browser();
        var first = await People.TryAsync(browser, "wangqiang", initial);
        Assert.StartsWith("/account/second-factor", first.Location, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.PostAsync((await browser.GetAsync(first.Location!)).Form("name=\"Code\"").Set("Code", Totp.At(app.Clock, key)));
        Assert.Equal("/account/password", (await browser.GetAsync("/inbox")).Location);
        Assert.Equal(["password-reset Forgotten"], await ResetsAsync());
    }

    [Fact]
    public async Task Whoever_lost_device_and_recovery_codes_is_let_in_by_the_password_alone_after_an_act_of_its_own()
    {
        var (_, recovery) = await SwitchOnAsync("wangqiang");
        using var signedIn = app.Browser();
        await signedIn.PostAsync((await signedIn.GetAsync((await People.TryAsync(signedIn, "wangqiang", People.Password)).Location!))
            .Form("name=\"Code\"").Set("Code", recovery[0]));
        using var security = await People.AsAsync(app, "anquan");
        var page = await security.GetAsync(await PageOfAsync());
        Assert.Contains("请选择原因。", WebUtility.HtmlDecode((await security.PostAsync(page.Form("停用第二重验证"))).Text));
        Assert.True(await IsOnAsync());

        await security.PostAsync(page.Form("停用第二重验证").Set("FactorReason", "Lost"));
        await security.PostAsync(page.Form("停用第二重验证").Set("FactorReason", "Exposed"));

        Assert.False(await IsOnAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await signedIn.GetAsync("/profile")).Status);
        using var browser = app.Browser();
        Assert.Equal("/inbox", (await People.TryAsync(browser, "wangqiang", People.Password)).Location);
        Assert.Equal(["second-factor-disabled Lost"], await ResetsAsync());
        Assert.DoesNotContain("停用第二重验证", WebUtility.HtmlDecode((await security.GetAsync(await PageOfAsync())).Text));
    }

    private async Task<string> PageOfAsync() => "/admin/people/" + await app.DatabaseAsync(
        db => db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync(Stop));

    /// <summary>What the security administrator reset, each with its reason.</summary>
    private async Task<IReadOnlyList<string>> ResetsAsync()
    {
        var entries = await app.DatabaseAsync(db => db.AuditEntries.Where(one => one.Action == "account.password-reset"
                || (one.Action == "account.second-factor-disabled" && one.Details.Contains("administrator")))
            .OrderBy(one => one.Sequence).Select(one => new { one.Action, one.Details }).ToListAsync(Stop));
        return [.. entries.Select(one => $"{one.Action["account.".Length..]} {Regex.Match(one.Details, "\"reason\":\"(?<reason>[A-Za-z]+)\"").Groups["reason"].Value}")];
    }

    private Task<bool> IsOnAsync() => app.DatabaseAsync(db => db.Users.AnyAsync(user => user.TwoFactorEnabled, Stop));

    private async Task<(string Key, IReadOnlyList<string> Recovery)> SwitchOnAsync(string userName, int later = 0)
    {
        using var browser = await People.AsAsync(app, userName);
        var page = await BeginAsync(browser);
        var on = await browser.PostAsync(page.Form("name=\"Code\"").Set("Code", Totp.At(app.Clock, KeyOf(page), later)));
        var codes = Regex.Matches(on.Text, "<li>(?<code>[A-Z0-9-]{8,})</li>").Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(10, codes.Count);
        return (KeyOf(page), codes);
    }

    /// <summary>Gives the password, which shows a key.</summary>
    private static async Task<Page> BeginAsync(Browser browser)
    {
        var page = await browser.GetAsync("/account/two-factor");
        return await browser.PostAsync(page.Form("handler=Begin").Set("Secret", People.Password));
    }

    private static string KeyOf(Page page) => Regex.Match(page.Text, "<span class=\"secret\">(?<key>[^<]+)</span>").Groups["key"].Value;

    private static async Task<Page> SecondAsync(Browser browser, string code)
    {
        var first = await People.TryAsync(browser, "wangqiang", People.Password);
        Assert.StartsWith("/account/second-factor", first.Location, StringComparison.Ordinal);
        return await browser.PostAsync((await browser.GetAsync(first.Location!)).Form("name=\"Code\"").Set("Code", code));
    }
}
