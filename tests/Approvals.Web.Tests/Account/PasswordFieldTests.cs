using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Account;

/// <summary>What passwords may be, and that every letter of them counts, however long they have been in use.</summary>
public sealed class PasswordFieldTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Any_letters_and_any_length_are_taken_every_letter_counts_and_years_do_not()
    {
        (string User, string Password)[] chosen =
        [
            ("wangqiang", "xiao yu xia zai jiangzhou de shan shang wo men zai deng dai jiu yuan dui yi ye dao tian ming"),
            ("lili", "江州的山上下着小雨我们等救援队等了一夜天亮了"),
            ("zhangwei", "    leading and trailing spaces count too    "),
        ];
        foreach (var (user, password) in chosen)
        {
            using var browser = await People.AsAsync(app, user);
            var form = (await browser.GetAsync("/account/password")).Form("name=\"Current\"")
                .Set("New", password).Set("Again", password);
            Assert.Contains("当前密码不正确", WebUtility.HtmlDecode((await browser.PostAsync(form.Set("Current", "not it"))).Text));
            Assert.Equal("/profile", (await browser.PostAsync(form.Set("Current", People.Password))).Location);
        }

        app.Clock.Advance(TimeSpan.FromDays(3 * 365));
        foreach (var (user, password) in chosen)
        {
            using var browser = app.Browser();
            foreach (var nearly in new[] { password[..^1], password.Trim() + "!", password.ToUpperInvariant() + "?" })
                Assert.Null((await People.TryAsync(browser, user, nearly)).Location);
            Assert.Equal("/inbox", (await People.TryAsync(browser, user, password)).Location);
        }
    }
}
