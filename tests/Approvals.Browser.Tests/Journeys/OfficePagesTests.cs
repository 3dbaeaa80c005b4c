namespace Approvals.Browser.Tests.Journeys;

/// <summary>Pages no journey passes by: administration, profile and public ones, looked at as axe-core and a phone see them.</summary>
public sealed class OfficePagesTests(BrowserFixture browser)
{
    private static readonly (string UserName, string[] Addresses)[] Walks =
    [
        ("xitong", ["/cases", "/admin/organisation", "/admin/people", "/admin/unassigned", "/admin/incidents", "/admin/jobs"]),
        ("anquan", ["/admin/people", "/admin/roles", "/admin/tokens"]),
        ("shenhong", ["/admin/parameters", "/admin/parameters/commander.age.max", "/admin/calendar"]),
        ("shenji", ["/admin/audit"]),
        ("zhangwei", ["/training", "/training/edit"]),
        ("liuzhiqiang", ["/profile", "/profile/notifications", "/profile/signature", "/profile/substitutes", "/account/password", "/account/two-factor"]),
    ];

    [Fact]
    public async Task Administration_and_profile_pages_have_no_serious_finding_and_fit_a_phone()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                foreach (var (userName, addresses) in Walks)
                {
                    var page = await visit.SignInAsync(userName);
                    foreach (var address in addresses)
                    {
                        await page.GotoAsync(address);
                        await Look.AtAsync(page, "40" + address.Replace('/', '-'));
                        await FitsAsync(page, address);
                    }
                }
            },
            office.Address);
    }

    [Fact]
    public async Task Nothing_is_lost_at_twice_the_size_or_in_large_letters()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var page = await visit.SignInAsync("liuzhiqiang");
                foreach (var address in new[] { "/inbox", "/start", "/profile", "/public/notices", "/check" })
                {
                    await page.GotoAsync(address);
                    await FitsAsync(page, address);
                }

                // Large letters are kept by the browser; a page at 200 % is a page of half the width.
                await page.ClickAsync("button:has-text('大字版')");
                foreach (var address in new[] { "/inbox", "/start", "/profile", "/public/notices", "/check" })
                {
                    await page.GotoAsync(address);
                    await FitsAsync(page, address + " in large letters");
                    await Look.AtAsync(page, "41-large" + address.Replace('/', '-'));
                }
            },
            office.Address);
    }

    // 640 wide is a desktop at 200 %, 390 a phone: neither may scroll sideways.
    private static async Task FitsAsync(Microsoft.Playwright.IPage page, string what)
    {
        foreach (var width in new[] { 640, 390 })
        {
            await page.SetViewportSizeAsync(width, 800);
            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{what} is {overflow} px wider than {width} px");
        }

        await page.SetViewportSizeAsync(1280, 800);
    }
}
