using System.Net;
using Approvals.Web.Security;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Web.Tests.Security;

/// <summary>Answers that only claim to come from the provider, or were meant for somebody else, sign nobody in.</summary>
public sealed class OpenIdForgeryTests(OpenIdForgeryTests.Running running) : IClassFixture<OpenIdForgeryTests.Running>
{
    [Theory]
    [InlineData(Forgery.OtherKey)]
    [InlineData(Forgery.NoSignature)]
    [InlineData(Forgery.SignedWithThePublicKey)]
    [InlineData(Forgery.OtherAudience)]
    [InlineData(Forgery.OtherIssuer)]
    [InlineData(Forgery.Expired)]
    [InlineData(Forgery.NotYet)]
    [InlineData(Forgery.OtherNonce)]
    public async Task A_token_that_is_forged_or_meant_otherwise_signs_nobody_in(Forgery forgery)
    {
        using var browser = running.App.Browser();
        running.Provider.Forges = forgery;

        var answer = await browser.GetAsync(running.Provider.SignIn(await SentToProviderAsync(browser), "wangqiang"));

        running.Provider.Forges = Forgery.None;
        await RefusedAsync(browser, answer);
    }

    [Fact]
    public async Task The_same_token_unforged_signs_in_and_its_answer_is_good_once()
    {
        using var browser = running.App.Browser();
        var answer = running.Provider.SignIn(await SentToProviderAsync(browser), "wangqiang");

        var back = await browser.GetAsync(answer);
        Assert.Equal("/inbox", (await browser.GetAsync(back.Location!)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).Status);

        using var again = running.App.Browser();
        await RefusedAsync(again, await again.GetAsync(answer));
        Assert.Equal("/account/sign-in?external=failed", (await browser.GetAsync(answer)).Location);
    }

    [Fact]
    public async Task What_one_browser_began_does_not_end_in_another()
    {
        using var attacker = running.App.Browser();
        using var victim = running.App.Browser();
        await SentToProviderAsync(victim);
        var meant = running.Provider.SignIn(await SentToProviderAsync(attacker), "wangqiang");

        await RefusedAsync(victim, await victim.GetAsync(meant));
    }

    [Fact]
    public async Task A_provider_whose_description_names_another_issuer_is_not_believed()
    {
        using var other = new IdentityProvider { Issuer = "https://sso.evil.example" };
        await using var app = Running.With(other);
        using var browser = app.Browser();

        await RefusedAsync(browser, await browser.GetAsync(other.SignIn(await SentToProviderAsync(browser), "wangqiang")));
    }

    private static async Task<string> SentToProviderAsync(Browser browser)
    {
        var form = (await browser.GetAsync("/account/sign-in")).Form("handler=External").To("/account/sign-in?handler=External");
        return (await browser.PostAsync(form)).Location!;
    }

    private static async Task RefusedAsync(Browser browser, Page answer)
    {
        Assert.Equal("/account/sign-in?external=failed", answer.Location);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/inbox")).Status);
    }

    /// <summary>One product and one provider for the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal IdentityProvider Provider { get; } = new();

        internal TestApp App { get; private set; } = null!;

        internal static TestApp With(IdentityProvider provider) => new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["Oidc:Authority"] = IdentityProvider.Authority, ["Oidc:ClientId"] = IdentityProvider.ClientId,
                ["Oidc:ClientSecret"] = "secret",
            },
            Replace = services => services.PostConfigure<OpenIdConnectOptions>(OidcSetup.SchemeName, provider.Connect),
            RunsJobs = false,

            // The real time: tokens expire by the system's clock.
            Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()),
        };

        public ValueTask InitializeAsync()
        {
            App = With(Provider);
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            Provider.Dispose();
        }
    }
}
