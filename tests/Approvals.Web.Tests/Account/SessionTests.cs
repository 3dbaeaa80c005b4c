using System.Net;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Account;

/// <summary>Sign-ins as their person and the administrators see and end them.</summary>
public sealed class SessionTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_copy_of_the_cookie_opens_nothing_after_signing_out()
    {
        using var browser = app.Browser();
        var cookie = CookieOf(await People.TryAsync(browser, "wangqiang", People.Password));
        using var thief = app.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/profile", Stop)).StatusCode);

        await browser.PostAsync((await browser.GetAsync("/profile")).Form("退出"));

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/profile", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("wangqiang")]
    [InlineData("lili")]
    public async Task Signing_in_again_in_the_same_browser_ends_the_session_before_and_begins_another(string again)
    {
        using var browser = app.Browser();
        var before = CookieOf(await People.TryAsync(browser, "wangqiang", People.Password));
        var form = (await browser.GetAsync("/profile")).Form("退出").To("/account/sign-in").Set("UserName", again).Set("Password", People.Password);

        var signedIn = await browser.PostAsync(form);

        Assert.Equal("/inbox", signedIn.Location);
        using var thief = app.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", before);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/profile", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        var sessions = await app.DatabaseAsync(db => db.Sessions.OrderBy(one => one.Id).Select(one => one.EndedAt != null).ToListAsync(Stop));
        Assert.Equal([true, false], sessions);
    }

    [Fact]
    public async Task Nobody_stays_signed_in_for_more_than_twelve_hours_however_busy()
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        for (var hour = 1; hour < 12; hour++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Eight_hours_without_use_end_a_sign_in()
    {
        using var browser = await People.AsAsync(app, "wangqiang");

        app.Clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Who_sends_a_form_after_that_is_told_that_it_was_not_saved_and_who_never_was_signed_in_is_not()
    {
        using var browser = await People.AsAsync(app, "liuzhiqiang");
        var draft = await browser.SubmitAsync((await browser.GetAsync("/start")).Form("commander-appointment"));
        app.Clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1));

        var sent = await browser.PostAsync(draft.Form("id=\"draft\"").Set("data.achievements", "写了很久的业绩").Set("act", "save"));
        var text = WebUtility.HtmlDecode(sent.Text);

        Assert.Equal(HttpStatusCode.Unauthorized, sent.Status);
        Assert.Contains("刚才提交的内容没有保存", text);
        Assert.Contains("写了很久的业绩", text);
        var again = await browser.GetAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(draft.Address)}&expired=page");
        Assert.Contains(again.Address.Replace("&", "&amp;", StringComparison.Ordinal), sent.Text);
        Assert.Contains("登录已过期，请重新登录", WebUtility.HtmlDecode(again.Text));
        using var stranger = app.Browser();
        Assert.DoesNotContain("登录已过期", WebUtility.HtmlDecode((await stranger.FollowAsync(await stranger.GetAsync(draft.Address))).Text));
    }

    [Fact]
    public async Task Its_person_sees_every_sign_in_and_ends_another_with_the_password()
    {
        using var here = await People.AsAsync(app, "wangqiang");
        using var phone = await People.AsAsync(app, "wangqiang");
        using var stranger = await People.AsAsync(app, "lili");

        var page = await here.GetAsync("/profile/sessions");
        Assert.Equal(2, Regex.Count(page.Text, "class=\"session\""));
        var refused = await here.PostAsync(page.Form("name=\"Secret\"").Set("Secret", "wrong"));
        Assert.Contains("密码或验证码不正确", WebUtility.HtmlDecode(refused.Text));
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/profile")).Status);

        await here.PostAsync(page.Form("name=\"Secret\"").Set("Secret", People.Password));

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sign_ins_at_once()
    {
        using var here = await People.AsAsync(app, "wangqiang");
        using var phone = await People.AsAsync(app, "wangqiang");

        var page = (await here.GetAsync("/account/password")).Form("name=\"Current\"");
        var answer = await here.PostAsync(page.Set("Current", People.Password).Set("New", "gangan-shuiku-baoyu").Set("Again", "gangan-shuiku-baoyu"));

        Assert.Equal("/profile", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/profile")).Status);
    }

    [Theory]
    [InlineData("password123456")]
    [InlineData("qwertyuiop")]
    [InlineData("Yingji2026!!")]
    [InlineData("P@ssw0rd2026")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcdefghijklm")]
    [InlineData("abcabcabcabc")]
    [InlineData("x-wangqiang-x")]
    [InlineData("short")]
    public async Task A_password_that_is_easy_to_guess_is_refused_beside_its_field(string password)
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        var form = (await browser.GetAsync("/account/password")).Form("name=\"Current\"");

        var answer = await browser.PostAsync(form.Set("Current", People.Password).Set("New", password).Set("Again", password));

        Assert.Null(answer.Location);
        Assert.Matches("id=\"new-error\"[^>]*>[^<]+<", answer.Text);
    }

    [Fact]
    public async Task A_new_colleague_gets_a_made_password_that_opens_only_the_page_to_change_it()
    {
        using var administrator = await People.AsAsync(app, "xitong");
        var form = (await administrator.GetAsync("/admin/people")).Form("name=\"UserName\"");
        var added = await administrator.PostAsync(form.Set("Name", "赵新").Set("UserName", "zhaoxin"));
        var shown = await administrator.GetAsync(added.Location!);
        var initial = Regex.Match(shown.Text, "<p class=\"secret\">(?<secret>[^<]+)</p>").Groups["secret"].Value;
        Assert.DoesNotContain(initial, (await administrator.GetAsync(added.Location!)).Text);

        using var colleague = app.Browser();
        await People.TryAsync(colleague, "zhaoxin", initial);
        Assert.Equal("/account/password", (await colleague.GetAsync("/inbox")).Location);
        var page = (await colleague.GetAsync("/account/password")).Form("name=\"Current\"");
        await colleague.PostAsync(page.Set("Current", initial).Set("New", "xinlai de tongshi").Set("Again", "xinlai de tongshi"));

        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync("/inbox")).Status);
        Assert.Null(await app.DatabaseAsync(db => db.Users.Where(one => one.UserName == "zhaoxin").Select(one => one.InitialPasswordUntil).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_made_password_opens_nothing_after_a_week()
    {
        var initial = await ResetAsync("王强");
        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        using var browser = app.Browser();

        Assert.Null((await People.TryAsync(browser, "wangqiang", initial)).Location);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task A_reset_and_the_administrators_word_end_every_sign_in_of_the_person()
    {
        using var before = await People.AsAsync(app, "wangqiang");

        await ResetAsync("王强");

        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/profile")).Status);
        using var other = await People.AsAsync(app, "lili");
        await EndAsync("李丽");
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/profile")).Status);
    }

    private static string CookieOf(Page signedIn) => signedIn.Message.Headers.GetValues("Set-Cookie")
        .Single(one => one.StartsWith("approvals=", StringComparison.Ordinal)).Split(';')[0];

    private async Task<string> ResetAsync(string name)
    {
        using var security = await People.AsAsync(app, "anquan");
        var page = await security.GetAsync(await PageOfAsync(name));
        var answer = await security.PostAsync(page.Form("重置密码").Set("PasswordReason", "Forgotten"));
        var shown = await security.GetAsync(answer.Location!);
        return Regex.Match(shown.Text, "<p class=\"secret\">(?<secret>[^<]+)</p>").Groups["secret"].Value;
    }

    private async Task EndAsync(string name)
    {
        using var security = await People.AsAsync(app, "anquan");
        var answer = await security.PostAsync((await security.GetAsync(await PageOfAsync(name))).Form("结束其全部登录"));
        Assert.NotNull(answer.Location);
    }

    private async Task<string> PageOfAsync(string name) => "/admin/people/" + await app.DatabaseAsync(
        db => db.People.Where(one => one.Name == name).Select(one => one.Id).SingleAsync(Stop));
}
