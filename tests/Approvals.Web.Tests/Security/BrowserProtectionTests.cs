using System.Net;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Security;

/// <summary>What protects the browser: headers on every kind of answer, nothing inline, cookies closed.</summary>
public sealed partial class BrowserProtectionTests(EndpointTests.Running running) : IClassFixture<EndpointTests.Running>
{
    [Fact]
    public async Task Every_kind_of_answer_carries_the_security_headers_and_nothing_inline()
    {
        using var stranger = running.App.Browser();
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);
        var caseId = await Applications.SubmittedAsync(applicant);
        using var administrator = await running.App.SignedInAsync("xitong");
        (Browser Who, string Address)[] answers =
        [
            (stranger, "/account/sign-in"), (stranger, "/notices"), (stranger, "/check/none"), (stranger, "/no-such-page"),
            (stranger, "/inbox"), (stranger, "/css/site.css"), (stranger, "/health/ready"), (applicant, "/inbox"), (applicant, "/start"),
            (applicant, draft.Address), (applicant, $"/cases/{caseId}"), (applicant, "/profile/signature"), (applicant, "/account/two-factor"),
            (applicant, "/admin/people"), (administrator, "/admin/people"), (administrator, "/admin/incidents"), (administrator, "/cases"),
        ];

        foreach (var (who, address) in answers)
        {
            var page = await who.GetAsync(address);
            string Header(string name) => page.Message.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
            Assert.True(Header("Content-Security-Policy").StartsWith("default-src 'self'", StringComparison.Ordinal), address);
            Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"));
            Assert.Equal(("nosniff", "DENY", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy")));
            var inline = Inline().Match(page.Text);
            Assert.False(inline.Success && page.Message.Content.Headers.ContentType?.MediaType == "text/html", $"{address}: {inline.Value}");
        }
    }

    [Fact]
    public async Task Over_https_every_cookie_is_secure_closed_to_scripts_and_bound_to_the_site()
    {
        const string address = "https://approvals.example";
        using var browser = running.App.Browser(address);
        var form = await browser.GetAsync("/account/sign-in");
        var language = await browser.PostAsync(form.Form("/preferences/language"));
        var signedIn = await People.TryAsync(browser, "wangqiang", People.Password);

        var cookies = new[] { form, signedIn, language }
            .SelectMany(page => page.Message.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            .Where(cookie => !cookie.Contains("=;", StringComparison.Ordinal)).ToList();

        Assert.True(cookies.Count >= 3, string.Join('\n', cookies));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("; samesite=(lax|strict)", cookie.ToLowerInvariant());
        });
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).Status);
    }

    [Theory]
    [InlineData("/error/403", 403)]
    [InlineData("/error/0", 404)]
    [InlineData("/error/99999", 404)]
    public async Task An_error_page_asked_for_by_hand_answers_with_an_error(string address, int status)
    {
        using var browser = running.App.Browser();

        Assert.Equal((HttpStatusCode)status, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_readable_page()
    {
        using var browser = running.App.Browser();
        using var form = new FormUrlEncodedContent([new("language", "en")]);

        using var answer = await browser.Client.PostAsync("/preferences/language", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("请求无法处理", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>As after a browser was closed with the sign-in page open: nobody is signed in by it, and the same form works at the second press.</summary>
    [Fact]
    public async Task A_sign_in_page_that_has_expired_comes_back_as_a_form_that_works()
    {
        using var before = running.App.Browser();
        var stale = (await before.GetAsync("/account/sign-in?returnUrl=/notices")).Form("autocomplete=\"username\"")
            .Set("UserName", "wangqiang").Set("Password", People.Password);
        using var browser = running.App.Browser();

        var refused = await browser.PostAsync(stale);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("页面已过期，没有登录。", refused.Text);
        Assert.DoesNotContain(People.Password + "\"", refused.Text.Split("demo-people")[0]);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/inbox")).Status);
        var again = refused.Form("autocomplete=\"username\"");
        Assert.Contains(again.Values, value => value is { Key: "UserName", Value: "wangqiang" });
        Assert.Equal("/notices", (await browser.PostAsync(again.Set("Password", People.Password))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).Status);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|\\sstyle=\"|<style|\\son[a-z]+=\"|javascript:")]
    private static partial Regex Inline();
}
