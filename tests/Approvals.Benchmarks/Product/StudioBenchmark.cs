using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// From the list of processes to the drawn editor in headless Chromium: with an empty cache, and again with what two visits have left in
/// the browser, beside the bare fetching of the same files by six connections.
/// </summary>
internal static class StudioBenchmark
{
    private const int Turns = 5;

    /// <summary>How long a visit lasts once the editor is drawn: the browser stores what it has compiled a while after.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(8);

    private const string Editor = "/studio/workflows/definitions/commander-appointment/edit";

    /// <summary>The page's own clock, which starts when it is asked for, read once an activity can be seen; Playwright would look later.</summary>
    private const string Clock = """
        const look = () => {
            if (document.querySelector('.x6-node')?.getBoundingClientRect().width > 0) window.drawnAfter = performance.now();
            else requestAnimationFrame(look);
        };
        look();
        """;

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
                // A window that keeps nothing, Playwright's usual one, compiles what a person's browser has kept compiled.
                var profile = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
                await using (var person = await playwright.Chromium.LaunchPersistentContextAsync(profile, new()
                {
                    ExecutablePath = "/usr/bin/chromium", Args = Flags,
                    BaseURL = host.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1600, Height = 950 },
                }))
                {
                    await person.AddInitScriptAsync(Clock);
                    var page = person.Pages[0];
                    await SignInAsync(page);
                    first.Add(await OpenAsync(host, page));
                    await OpenAsync(host, page);
                    repeat.Add(await OpenAsync(host, page));
                }

                Directory.Delete(profile, recursive: true);
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
            $"limit {limit}; median of {Turns}; {visits[^1].Bytes / 1048576.0:0.00} MB in "
            + $"{visits[^1].Addresses.Count} requests, cached ones among them; "
            + $"CPU until drawn: the page's process {Median(visits.Select(one => one.PageCpu)):0.0} s, "
            + $"the product {Median(visits.Select(one => one.HostCpu)):0.0} s; reference: "
            + $"the first visit's files fetched by six connections and thrown away; Chromium and product share the machine; {MachineLoad.Note}"));

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("[name=UserName]", "shenhong");
        await page.FillAsync("[name=Password]", ProductHost.Password);
        await page.PressAsync("[name=Password]", "Enter");
        await page.WaitForURLAsync(address => !address.Contains("sign-in", StringComparison.Ordinal));
    }

    private static async Task<Visit> OpenAsync(ProductHost host, IPage page)
    {
        await page.GotoAsync("/processes", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var (served, drew) = (host.Cpu, await PageCpuAsync(page));
        await page.GotoAsync(Editor, new() { WaitUntil = WaitUntilState.Commit });
        var drawn = await page.WaitForFunctionAsync("() => window.drawnAfter", null, new() { Timeout = 180_000 });
        var seconds = await drawn.JsonValueAsync<double>() / 1000;
        var (pageCpu, hostCpu) = (await PageCpuAsync(page) - drew, (host.Cpu - served).TotalSeconds);
        var sent = await page.EvaluateAsync<Sent[]>("""
            () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(one => ({ address: one.name, bytes: one.transferSize }))
            """);
        await page.WaitForTimeoutAsync((float)Stay.TotalMilliseconds);
        return new Visit(seconds, pageCpu, hostCpu, sent.Sum(one => one.Bytes), [.. sent.Select(one => one.Address)]);
    }

    /// <summary>Seconds of CPU of the browser's process that draws the page, which stays the same within the product.</summary>
    private static async Task<double> PageCpuAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        var metrics = await session.SendAsync("Performance.getMetrics");
        await session.DetachAsync();
        return metrics!.Value.GetProperty("metrics").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "ProcessTime").GetProperty("value").GetDouble();
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

    /// <summary>What the page says it has fetched.</summary>
    private sealed class Sent
    {
        public string Address { get; set; } = "";

        /// <summary>Bytes with headers; 0 from the cache.</summary>
        public long Bytes { get; set; }
    }

    /// <summary>One opening of the editor.</summary>
    private sealed record Visit(double Seconds, double PageCpu, double HostCpu, long Bytes, IReadOnlyList<string> Addresses);
}
