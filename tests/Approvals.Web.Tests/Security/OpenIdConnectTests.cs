using System.Net;
using System.Text.RegularExpressions;
using Approvals.Web.Security;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Web.Tests.Security;

/// <summary>Sign-in by the office's identity provider, switched on by configuration alone.</summary>
public sealed class OpenIdConnectTests : IAsyncDisposable
{
    private readonly IdentityProvider provider = new();
    private readonly TestApp app;

    // The real time: the cookies of the way to the provider and back expire by the browser's clock, tokens by the system's.
    public OpenIdConnectTests() => app = new TestApp
    {
        Settings = new Dictionary<string, string?>
        {
            ["Oidc:Authority"] = IdentityProvider.Authority, ["Oidc:ClientId"] = IdentityProvider.ClientId,
            ["Oidc:ClientSecret"] = "secret",
        },
        Replace = services => services.PostConfigure<OpenIdConnectOptions>(OidcSetup.SchemeName, provider.Connect),
        Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        provider.Dispose();
    }

    [Fact]
    public async Task Somebody_known_is_signed_in_under_the_own_account_and_found_by_the_providers_id_from_then_on()
    {
        using var browser = app.Browser();

        var first = await ThroughProviderAsync(browser, "wangqiang", "/profile");
        Assert.Equal("/profile", first.Location);
        Assert.Contains("王强", WebUtility.HtmlDecode((await browser.GetAsync("/profile")).Text));
        await app.DatabaseAsync(db => db.Users.Where(user => user.UserName == "wangqiang").ExecuteUpdateAsync(
            set => set.SetProperty(user => user.UserName, "renamed").SetProperty(user => user.NormalizedUserName, "RENAMED"), Stop));
        using var later = app.Browser();
        Assert.Equal("/inbox", (await ThroughProviderAsync(later, "wangqiang")).Location);
        Assert.Equal(2, await app.DatabaseAsync(db => db.AuditEntries.CountAsync(
            one => one.Action == "account.signed-in" && one.Details.Contains("oidc"), Stop)));
    }

    [Fact]
    public async Task Somebody_may_be_known_by_the_number_of_the_person_instead()
    {
        await using var byNumber = new TestApp
        {
            Settings = new Dictionary<string, string?>(app.Settings) { ["Oidc:MatchBy"] = "number" }, Replace = app.Replace, Clock = app.Clock,
        };
        var number = await byNumber.DatabaseAsync(db => db.People.Where(one => one.Name == "王强").Select(one => one.Number).SingleAsync(Stop));
        using var browser = byNumber.Browser();

        Assert.Equal("/profile", (await ThroughProviderAsync(browser, number!, "/profile")).Location);
        Assert.Contains("王强", WebUtility.HtmlDecode((await browser.GetAsync("/profile")).Text));
    }

    [Fact]
    public async Task Somebody_unknown_is_told_so_and_gets_no_account()
    {
        using var browser = app.Browser();
        var before = await app.DatabaseAsync(db => db.Users.CountAsync(Stop));

        var page = await browser.FollowAsync(await ThroughProviderAsync(browser, "stranger"));

        Assert.Contains("您在统一身份认证中的身份尚未在本系统登记", WebUtility.HtmlDecode(page.Text));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/inbox")).Status);
        Assert.Equal(before, await app.DatabaseAsync(db => db.Users.CountAsync(Stop)));
        Assert.Equal(1, await app.DatabaseAsync(db => db.AuditEntries.CountAsync(
            one => one.Action == "account.sign-in-failed" && one.Details.Contains("external-not-matched"), Stop)));
    }

    [Fact]
    public async Task Whoever_was_given_a_name_that_belongs_to_another_id_of_the_provider_is_refused_and_that_is_audited()
    {
        using var known = app.Browser();
        using var successor = app.Browser();
        Assert.Equal("/inbox", (await ThroughProviderAsync(known, "wangqiang")).Location);

        await ThroughProviderAsync(successor, "wangqiang", subject: "id-of-a-successor");

        Assert.Equal(HttpStatusCode.Redirect, (await successor.GetAsync("/inbox")).Status);
        Assert.Equal(1, await app.DatabaseAsync(db => db.UserLogins.CountAsync(Stop)));
        var person = await app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync(Stop));
        var refused = Assert.Single(await app.DatabaseAsync(db => db.AuditEntries.Where(
            one => one.Action == "account.sign-in-failed" && one.Details.Contains("external-bound-to-another")).ToListAsync(Stop)));
        Assert.Equal(person, refused.ActorId);

        using var security = await Account.People.AsAsync(app, "anquan");
        await security.PostAsync((await security.GetAsync($"/admin/people/{person}")).Form("handler=Unbind"));
        Assert.Equal(0, await app.DatabaseAsync(db => db.UserLogins.CountAsync(Stop)));
        using var again = app.Browser();
        Assert.Equal("/inbox", (await ThroughProviderAsync(again, "wangqiang")).Location);
    }

    [Fact]
    public async Task Where_browsers_are_kept_on_tls_the_cookies_of_the_way_to_the_provider_are_bound_to_this_host()
    {
        await using var secure = new TestApp
        {
            Settings = new Dictionary<string, string?>(app.Settings) { ["Https:Redirect"] = "true" }, Replace = app.Replace, Clock = app.Clock,
        };
        using var browser = secure.Browser("https://approvals.example");
        var form = (await browser.GetAsync("/account/sign-in")).Form("handler=External").To("/account/sign-in?handler=External");

        var sent = await browser.PostAsync(form);

        var cookies = sent.Message.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, cookies.Count(one => !one.Contains("form", StringComparison.Ordinal)));
        Assert.All(cookies, one => Assert.Matches("^__Host-.*path=/;.*secure.*httponly", one));
        var back = await browser.GetAsync(provider.SignIn(sent.Location!, "wangqiang"));
        Assert.Equal("/inbox", (await browser.GetAsync(back.Location!)).Location);
    }

    [Fact]
    public async Task Whoever_has_no_password_proves_themself_at_the_provider_before_an_authenticator_is_enrolled()
    {
        using var browser = await WithoutPasswordAsync();
        var page = await browser.GetAsync("/account/two-factor");
        Assert.DoesNotContain("class=\"secret\"", page.Text);

        provider.SignedInAt = app.Clock.GetUtcNow();
        var sent = await browser.PostAsync(page.Form("handler=Begin"));
        Assert.Contains("prompt=login", sent.Location);
        Assert.Contains("max_age=0", sent.Location);
        var back = await browser.GetAsync(provider.SignIn(sent.Location!, "wangqiang"));
        var shown = await browser.GetAsync(back.Location!);

        var key = Regex.Match(shown.Text, "<span class=\"secret\">(?<key>[^<]+)</span>").Groups["key"].Value;
        await browser.PostAsync(shown.Form("name=\"Code\"").Set("Code", Totp.At(app.Clock, key)));
        Assert.True(await app.DatabaseAsync(db => db.Users.AnyAsync(one => one.TwoFactorEnabled, Stop)));
    }

    [Theory]
    [InlineData("wangqiang", -20)]
    [InlineData("wangqiang", null)]
    [InlineData("lili", 0)]
    public async Task An_old_sign_in_at_the_provider_or_somebody_elses_shows_no_key(string userName, int? minutes)
    {
        using var browser = await WithoutPasswordAsync();
        provider.SignedInAt = minutes is { } ago ? app.Clock.GetUtcNow().AddMinutes(ago) : null;

        var sent = await browser.PostAsync((await browser.GetAsync("/account/two-factor")).Form("handler=Begin"));
        var back = await browser.GetAsync(provider.SignIn(sent.Location!, userName));
        var shown = await browser.GetAsync(back.Location!);

        Assert.DoesNotContain("class=\"secret\"", shown.Text);
        Assert.Contains("没有确认您的身份", WebUtility.HtmlDecode(shown.Text));
    }

    [Fact]
    public async Task Somebody_who_left_is_not_signed_in()
    {
        using var browser = app.Browser();
        await app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强")
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsActive, false), Stop));

        await ThroughProviderAsync(browser, "wangqiang");

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/inbox")).Status);
    }

    [Fact]
    public async Task Giving_up_at_the_provider_leads_back_with_a_word()
    {
        using var browser = app.Browser();

        var page = await browser.FollowAsync(await browser.GetAsync("/signin-oidc?error=access_denied"));

        Assert.Contains("统一身份认证没有完成，请重试", WebUtility.HtmlDecode(page.Text));
    }

    [Fact]
    public async Task The_content_policy_lets_the_sign_in_form_lead_to_the_provider()
    {
        using var browser = app.Browser();

        var policy = (await browser.GetAsync("/account/sign-in")).Message.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains($"form-action 'self' {IdentityProvider.Authority}", policy);
    }

    /// <summary>A browser of somebody who signs in at the provider only.</summary>
    private async Task<Browser> WithoutPasswordAsync()
    {
        var browser = app.Browser();
        await app.DatabaseAsync(db => db.Users.Where(one => one.UserName == "wangqiang")
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.PasswordHash, (string?)null), Stop));
        Assert.Equal("/inbox", (await ThroughProviderAsync(browser, "wangqiang")).Location);
        return browser;
    }

    private async Task<Page> ThroughProviderAsync(Browser browser, string userName, string? returnUrl = null, string? subject = null)
    {
        var form = (await browser.GetAsync("/account/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + returnUrl)))
            .Form("handler=External");
        var sent = await browser.PostAsync(form.To("/account/sign-in?handler=External"));
        Assert.StartsWith(IdentityProvider.Authority + "/authorize", sent.Location, StringComparison.Ordinal);
        var callback = await browser.GetAsync(provider.SignIn(sent.Location!, userName, subject));
        Assert.StartsWith("/account/external", callback.Location, StringComparison.OrdinalIgnoreCase);
        return await browser.GetAsync(callback.Location!);
    }
}
