namespace Approvals.Browser.Tests;

public sealed class BrowserFixtureTests(BrowserFixture browser)
{
    [Fact]
    public Task The_browser_shows_Chinese_text_and_asks_for_Chinese_pages() => browser.VisitAsync(async visit =>
    {
        var page = await visit.NewPersonAsync();
        await page.GotoAsync("data:text/html;charset=utf-8,<h1>技术指挥官</h1>");

        Assert.Equal("技术指挥官", await page.Locator("h1").InnerTextAsync());
        Assert.Equal("zh-CN", await page.EvaluateAsync<string>("navigator.language"));
    });

    [Theory]
    [InlineData("<img src='http://example.com/x.png'>", "request to the outside")]
    [InlineData("<script>console.error('broken')</script>", "console error")]
    [InlineData("<script>missing()</script>", "script error")]
    public async Task A_page_that_misbehaves_fails_its_test(string html, string complaint)
    {
        var failure = await Assert.ThrowsAsync<Xunit.Sdk.FailException>(() => browser.VisitAsync(async visit =>
        {
            var page = await visit.NewPersonAsync();
            await page.GotoAsync("data:text/html;charset=utf-8," + html);
        }));

        Assert.Contains(complaint, failure.Message, StringComparison.Ordinal);
    }
}
