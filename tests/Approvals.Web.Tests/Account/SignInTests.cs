using System.Net;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Web.Tests.Account;

public sealed class SignInTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_right_password_opens_the_inbox_and_both_are_in_the_audit_chain()
    {
        using var browser = app.Browser();

        Assert.Null((await People.TryAsync(browser, "wangqiang", "wrong")).Location);
        Assert.Equal("/inbox", (await People.TryAsync(browser, "wangqiang", People.Password)).Location);

        var actions = await app.DatabaseAsync(db => db.AuditEntries.OrderBy(one => one.Sequence)
            .Where(one => one.Action.StartsWith("account.")).Select(one => one.Action).ToListAsync());
        Assert.Equal(["account.sign-in-failed", "account.signed-in"], actions);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_locked_account_get_the_same_words()
    {
        using var browser = app.Browser();
        var wrong = Message(await People.TryAsync(browser, "wangqiang", "wrong"));
        var unknown = Message(await People.TryAsync(browser, "nobody", "wrong"));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await People.TryAsync(browser, "wangqiang", "wrong");
        }

        var locked = await People.TryAsync(browser, "wangqiang", People.Password);

        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, Message(locked));
        Assert.Null(locked.Location);
    }

    [Fact]
    public async Task Every_refusal_costs_one_hash_so_that_the_time_tells_nothing()
    {
        var hashes = new CountedHasher();
        await using var counted = new TestApp
        {
            Replace = services => services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<ApplicationUser>>(hashes)),
        };
        using var browser = counted.Browser();
        await counted.DatabaseAsync(async db =>
        {
            var later = counted.Clock.GetUtcNow().AddYears(9);
            await db.Users.Where(one => one.UserName == "zhangwei").ExecuteUpdateAsync(set => set.SetProperty(one => one.PasswordHash, (string?)null));
            await db.Users.Where(one => one.UserName == "liuzhiqiang").ExecuteUpdateAsync(set => set.SetProperty(one => one.LockoutEnd, later));
            return await db.People.Where(one => one.Name == "李丽").ExecuteUpdateAsync(set => set.SetProperty(one => one.IsActive, false));
        });

        var counts = new Dictionary<string, int>();
        foreach (var userName in new[] { "wangqiang", "nobody", "liuzhiqiang", "lili", "zhangwei" })
        {
            var before = hashes.Count;
            Assert.Null((await People.TryAsync(browser, userName, "wrong")).Location);
            counts[userName] = hashes.Count - before;
        }

        Assert.All(counts, one => Assert.Equal((one.Key, 1), (one.Key, one.Value)));
    }

    [Fact]
    public async Task Somebody_who_left_cannot_sign_in()
    {
        await app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强")
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsActive, false)));
        using var browser = app.Browser();

        Assert.Null((await People.TryAsync(browser, "wangqiang", People.Password)).Location);
    }

    [Fact]
    public async Task A_deactivated_person_is_out_after_a_minute_and_an_act_of_the_administrator()
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        using var administrator = await People.AsAsync(app, "xitong");
        var id = await app.DatabaseAsync(db => db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync());

        var person = await administrator.GetAsync($"/admin/people/{id}");
        await administrator.PostAsync(person.Form("name=\"active\""));
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.StartsWith("/account/sign-in", Path(await browser.GetAsync("/profile")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/", "/inbox")]
    [InlineData("//evil.example/", "/inbox")]
    [InlineData("/\\evil.example", "/inbox")]
    [InlineData("/profile", "/profile")]
    public async Task After_signing_in_only_addresses_of_ours_are_followed(string asked, string led)
    {
        using var browser = app.Browser();

        var answer = await People.TryAsync(
            browser, "wangqiang", People.Password, "/account/sign-in?returnUrl=" + Uri.EscapeDataString(asked));

        Assert.Equal(led, answer.Location);
    }

    [Fact]
    public async Task Pages_ask_a_stranger_to_sign_in_and_the_cookie_is_closed_to_scripts()
    {
        using var browser = app.Browser();
        Assert.Equal("/account/sign-in?returnUrl=%2Fprofile", Path(await browser.GetAsync("/profile")));

        var answer = await People.TryAsync(browser, "wangqiang", People.Password);

        var cookie = answer.Message.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("approvals=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_takes_a_post_with_a_token()
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        using var content = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.PostAsync("/account/sign-out", content, Cancelled)).StatusCode);

        var answer = await browser.PostAsync((await browser.GetAsync("/profile")).Form("退出"));

        Assert.Equal("\"cache\", \"storage\"", answer.Message.Headers.GetValues("Clear-Site-Data").Single());
        Assert.StartsWith("/account/sign-in", Path(await browser.GetAsync("/profile")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demonstration_people_are_listed_in_development()
    {
        using var browser = app.Browser();
        Assert.Contains("data-demo=\"wangqiang\"", (await browser.GetAsync("/account/sign-in")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_there_are_no_demonstration_people_and_no_accounts_at_all()
    {
        await using var production = app.WithWebHostBuilder(builder => builder.UseEnvironment("Production"));
        using var client = production.CreateClient();

        var page = await client.GetStringAsync("/account/sign-in", Cancelled);

        Assert.DoesNotContain("data-demo", page, StringComparison.Ordinal);
        Assert.DoesNotContain(People.Password, page, StringComparison.Ordinal);
        await using var scope = production.Services.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>().Users.AnyAsync(Cancelled));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Path(Page page) =>
        Uri.TryCreate(page.Location, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? absolute.PathAndQuery
            : page.Location ?? "";

    private static string Message(Page page)
    {
        var start = page.Text.IndexOf("notice-problem", StringComparison.Ordinal);
        Assert.True(start > 0, page.Text);
        return page.Text[start..page.Text.IndexOf("</div>", start, StringComparison.Ordinal)];
    }

    /// <summary>The product's hasher, with a count of what takes its time.</summary>
    private sealed class CountedHasher : IPasswordHasher<ApplicationUser>
    {
        private readonly PasswordHasher<ApplicationUser> inner = new();
        private int count;

        public int Count => count;

        public string HashPassword(ApplicationUser user, string password)
        {
            Interlocked.Increment(ref count);
            return inner.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(ApplicationUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref count);
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
