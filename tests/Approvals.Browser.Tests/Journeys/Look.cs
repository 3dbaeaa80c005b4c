using System.Text.Json;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>Looks at a page as people do: axe-core on what assistive technology meets, and pictures where somebody asks for them.</summary>
internal static class Look
{
    /// <summary>Set to a folder to get a full-page picture of every page looked at, 1280 and 390 wide.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("APPROVALS_PICTURES");

    private const int Phone = 390;
    private const int PhoneHeight = 844;

    private static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(Path.Combine(Repository.Root, "src", "Approvals.Documents", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>
    /// Fails on a serious or critical finding of axe-core (WCAG 2.2 A and AA), naming rule and element, at the page's own width and on a phone,
    /// where nothing may stand out of the page to the right either.
    /// </summary>
    public static async Task AtAsync(IPage page, string name)
    {
        await PicturesAsync(page, name);
        await page.EvaluateAsync(Axe.Value);
        await FindAsync(page, name);
        if (page.ViewportSize is not { Width: not Phone } size)
            return;

        await page.SetViewportSizeAsync(Phone, PhoneHeight);
        await FindAsync(page, $"{name} at {Phone} px");
        var beyond = await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - innerWidth");
        Assert.True(beyond <= 0, $"{name}: the page is {beyond} px wider than a phone");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Only a picture, as the page stands: of a screen that is not ours to mend, or that has one size.</summary>
    public static Task PictureAsync(IPage page, string name) => Pictures is null
        ? Task.CompletedTask
        : page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });

    private static async Task FindAsync(IPage page, string name)
    {
        var json = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .map(one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html.slice(0, 160)).slice(0, 4).join(' | ')}`)
            """);
        Assert.True(json.GetArrayLength() == 0, $"{name}: {string.Join('\n', json.EnumerateArray().Select(one => one.GetString()))}");
    }

    private static async Task PicturesAsync(IPage page, string name)
    {
        if (Pictures is null || page.ViewportSize is not { } size)
        {
            return;
        }

        foreach (var (width, height) in new[] { (1280, 800), (Phone, PhoneHeight) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
