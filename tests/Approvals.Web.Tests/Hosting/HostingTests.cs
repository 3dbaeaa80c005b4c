using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Hosting;

public sealed class HostingTests(HostingTests.Running running) : IClassFixture<HostingTests.Running>
{
    [Fact]
    public async Task The_product_is_live_and_ready()
    {
        using var browser = running.App.Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).Status);
        var ready = await browser.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        Assert.Contains("\"fonts\":\"Healthy\"", ready.Text);
    }

    [Fact]
    public async Task Every_page_forbids_inline_scripts_styles_and_framing()
    {
        using var browser = running.App.Browser();

        var policy = (await browser.GetAsync("/account/sign-in")).Message.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_gets_a_page_in_plain_words()
    {
        using var browser = running.App.Browser();

        var page = await browser.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("没有找到这个页面", WebUtility.HtmlDecode(page.Text));
    }

    [Fact]
    public async Task No_log_line_carries_what_stood_in_the_address()
    {
        var logs = new LogCapture();
        await using var app = new TestApp { Settings = new Dictionary<string, string?>(LogCapture.ShippedLevels), Replace = logs.AddTo };
        using var browser = app.Browser();

        await browser.GetAsync("/check/JZ-2026-0815?name=%E7%8E%8B%E5%BC%BA");
        await browser.PostAsync((await browser.GetAsync("/account/sign-in?returnUrl=%2Fcheck%2FJZ-2026-0815")).Form("username"));

        Assert.Contains(logs.Lines, line => line.Contains("/check/{code?}", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("JZ-2026-0815", StringComparison.Ordinal) || line.Contains("王强", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_inbox_asks_a_stranger_to_sign_in_and_leads_back()
    {
        using var browser = running.App.Browser();

        var answer = await browser.GetAsync("/inbox");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/account/sign-in", answer.Location);
    }

    [Fact]
    public async Task Language_and_letter_size_are_kept_in_the_browser()
    {
        using var browser = running.App.Browser();
        var page = await browser.GetAsync("/account/sign-in");

        var english = await browser.SubmitAsync(page.Form("/preferences/language").Set("back", "/account/sign-in"));
        var large = await browser.SubmitAsync(english.Form("/preferences/large-text").Set("back", "/account/sign-in"));

        Assert.Contains("lang=\"en\" class=\"large-text\"", large.Text);
    }

    [Fact]
    public async Task A_preference_never_sends_anybody_to_another_site()
    {
        using var browser = running.App.Browser();
        var page = await browser.GetAsync("/account/sign-in");

        var answer = await browser.PostAsync(page.Form("/preferences/language").Set("back", "//evil.example"));

        Assert.Equal("/", answer.Location);
    }

    [Theory]
    [InlineData("刘志强", false)]
    [InlineData("JZPR-2026-0001", true)]
    public async Task A_name_searched_for_does_not_stand_in_the_address_but_a_case_number_does(string term, bool isPlain)
    {
        using var browser = await running.App.SignedInAsync("chenguihua");
        var inbox = await browser.GetAsync("/inbox");

        var answer = await browser.PostAsync(inbox.Form("role=\"search\"").Set("term", term));

        Assert.Equal(isPlain, Uri.UnescapeDataString(answer.Location!).Contains(term, StringComparison.Ordinal));
        Assert.Contains($"value=\"{term}\"", WebUtility.HtmlDecode((await browser.GetAsync(answer.Location!)).Text));
    }

    [Fact]
    public async Task Administrators_lists_are_for_administrators()
    {
        using var head = await running.App.SignedInAsync("wangqiang");
        using var administrator = await running.App.SignedInAsync("xitong");

        foreach (var address in new[] { "/admin/unassigned", "/admin/incidents" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await head.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync(address)).Status);
        }
    }

    /// <summary>One product for the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
