using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Account;

/// <summary>Signing in as people do.</summary>
internal static class People
{
    public const string Password = "Demo-2026!";

    /// <summary>Sends the sign-in form; the answer is not followed.</summary>
    public static async Task<Page> TryAsync(Browser browser, string userName, string password, string address = "/account/sign-in")
    {
        var page = await browser.GetAsync(address);
        return await browser.PostAsync(page.Form("autocomplete=\"username\"").Set("UserName", userName).Set("Password", password));
    }

    /// <summary>A browser in which the person is signed in.</summary>
    public static async Task<Browser> AsAsync(TestApp app, string userName)
    {
        var browser = app.Browser();
        var answer = await TryAsync(browser, userName, Password);
        Assert.Equal("/inbox", answer.Location);
        return browser;
    }
}
