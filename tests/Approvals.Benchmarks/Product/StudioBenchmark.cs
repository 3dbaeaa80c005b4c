using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// From the click to the drawn editor in headless Chromium, with an empty cache and again with what the first visit kept, beside the bare
/// fetching of the same files by six connections.
/// </summary>
internal static class StudioBenchmark
{
    private const int Turns = 3;
    private const string Editor = "/studio/workflows/definitions/commander-appointment/edit";

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    /// <summary>A JSON line for the first visit and one for a repeated one.</summary>
    public static async Task<string> RunAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var folder = await ProductHost.SeedAsync();
        var (first, repeat, bare) = (new List<Visit>(), new List<Visit>(), new List<double>());
        await using (var host = await ProductHost.StartAsync(folder))
        {
            using var playwright = await Playwright.CreateAsync();
            for (var turn = 0; turn < Turns; turn++)
            {
                await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
                await using var person = await browser.NewContextAsync(new()
                {
                    BaseURL = host.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1600, Height = 950 },
                });
                await SignInAsync(await person.NewPageAsync());
                first.Add(await OpenAsync(person));
                repeat.Add(await OpenAsync(person));
                bare.Add(await FetchAsync(host, first[^1].Addresses));
            }
        }

        Directory.Delete(folder, recursive: true);
        var reference = Median(bare);
        return string.Join('\n', Line("studio.first", first, reference, 6), Line("studio.repeat", repeat, reference, 4));
    }

    private static string Line(string name, List<Visit> visits, double reference, int limit) => Figure.Line(
        name, Median(visits.Select(one => one.Seconds)), "s", reference,
        string.Create(
            CultureInfo.InvariantCulture,
            $"limit {limit}; median of {Turns}; {visits[^1].Bytes / 1048576.0:0.00} MB in {visits[^1].Addresses.Count} requests as sent; reference: "
            + $"the first visit's files fetched by six connections and thrown away; Chromium and product share the machine; {MachineLoad.Note}"));

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("[name=UserName]", "shenhong");
        await page.FillAsync("[name=Password]", ProductHost.Password);
        await page.PressAsync("[name=Password]", "Enter");
        await page.WaitForURLAsync(address => !address.Contains("sign-in", StringComparison.Ordinal));
        await page.GotoAsync("/processes");
        await page.CloseAsync();
    }

    private static async Task<Visit> OpenAsync(IBrowserContext person)
    {
        var page = await person.NewPageAsync();
        var network = await person.NewCDPSessionAsync(page);
        var (addresses, bytes) = (new List<string>(), 0L);
        network.Event("Network.requestWillBeSent").OnEvent += (_, one) => addresses.Add(one!.Value.GetProperty("request").GetProperty("url").GetString()!);
        network.Event("Network.loadingFinished").OnEvent += (_, one) => bytes += (long)one!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");
        var clock = Stopwatch.StartNew();
        await page.GotoAsync(Editor, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 180_000 });
        var seconds = clock.Elapsed.TotalSeconds;
        await page.CloseAsync();
        return new Visit(seconds, bytes, addresses);
    }

    /// <summary>Seconds to fetch the files of a visit, without what Studio asks of the API.</summary>
    private static async Task<double> FetchAsync(ProductHost host, IReadOnlyList<string> addresses)
    {
        using var client = await host.SignedInAsync("shenhong");
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        var files = addresses.Where(one => one.StartsWith(host.Address.ToString(), StringComparison.Ordinal) && !one.Contains("/elsa/", StringComparison.Ordinal));
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(files.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (file, stop) =>
        {
            using var answer = await client.GetAsync(new Uri(file), stop);
            await answer.Content.CopyToAsync(Stream.Null, stop);
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Turns / 2);

    /// <summary>One opening of the editor.</summary>
    private sealed record Visit(double Seconds, long Bytes, IReadOnlyList<string> Addresses);
}
