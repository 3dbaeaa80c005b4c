using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// From a cold process to ready, beside an empty ASP.NET Core host with EF Core and SQLite started the same way in turns; memory then;
/// and what a browser loads for the inbox.
/// </summary>
internal static partial class StartBenchmark
{
    private const int Turns = 4;

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var folder = await ProductHost.SeedAsync();
        var (ours, bare) = (new List<(double Wall, double Cpu)>(), new List<(double Wall, double Cpu)>());
        var memory = 0.0;
        for (var turn = 0; turn < Turns; turn++)
        {
            bare.Add(await StartedAsync(() => ProductHost.StartAsync(
                Path.Combine(AppContext.BaseDirectory, "Approvals.Benchmarks.dll"), folder, "/", ["empty-host", Path.Combine(folder, "empty.db")])));
            ours.Add(await StartedAsync(() => ProductHost.StartAsync(folder)));
        }

        var lines = new List<string>();
        await using (var host = await ProductHost.StartAsync(folder))
        {
            using var settle = new PeriodicTimer(TimeSpan.FromSeconds(20));
            await settle.WaitForNextTickAsync();
            memory = host.Memory;
            lines.Add(await PageAsync(host));
        }

        Directory.Delete(folder, recursive: true);
        var (wall, bareWall) = (Median(ours.Select(one => one.Wall)), Median(bare.Select(one => one.Wall)));
        lines.Insert(0, Figure.Line(
            "start.ready", wall, "s", bareWall,
            $"limit 3; median of {Turns}, published for this platform, an existing database; CPU {Median(ours.Select(one => one.Cpu)):0.00} s, reference "
            + $"(an empty ASP.NET Core + EF Core host that opens a database) {Median(bare.Select(one => one.Cpu)):0.00} s; {MachineLoad.Note}"));
        lines.Insert(1, Figure.Line("memory.idle", memory, "MiB", null, "limit 200; resident, 20 s after the start"));
        return string.Join('\n', lines);
    }

    /// <summary>The reference: a host with Kestrel, routing and EF Core on SQLite, and nothing else.</summary>
    public static async Task ServeEmptyAsync(string[] args, string database)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args);
        EmptyHost.Add(builder, database);
        await using var app = builder.Build();
        EmptyHost.Map(app);
        await app.RunAsync();
    }

    private static async Task<(double Wall, double Cpu)> StartedAsync(Func<Task<ProductHost>> start)
    {
        var clock = Stopwatch.StartNew();
        await using var host = await start();
        return (clock.Elapsed.TotalSeconds, host.Cpu.TotalSeconds);
    }

    /// <summary>What a browser asks for: the page, then what it links and the fonts of the style sheets; again with what it kept.</summary>
    private static async Task<string> PageAsync(ProductHost host)
    {
        using var client = await host.SignedInAsync("wangqiang");
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        var (requests, bytes, repeatRequests, repeatBytes) = (0, 0L, 0, 0L);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        for (var visit = 0; visit < 2; visit++)
        {
            var queue = new Queue<string>(["/inbox"]);
            while (queue.TryDequeue(out var address))
            {
                if (kept.Contains(address))
                    continue;
                using var answer = await client.GetAsync(address);
                var body = await answer.Content.ReadAsByteArrayAsync();
                (requests, bytes) = (requests + 1, bytes + body.Length);
                if (visit == 1)
                    (repeatRequests, repeatBytes) = (repeatRequests + 1, repeatBytes + body.Length);
                if (answer.Headers.CacheControl is { NoStore: false, MaxAge: not null })
                    kept.Add(address);
                foreach (var next in Linked(await TextAsync(answer, body), address))
                    queue.Enqueue(next);
            }
        }

        return Figure.Line(
            "page.inbox", (bytes - repeatBytes) / 1024.0, "KB first", null,
            string.Create(CultureInfo.InvariantCulture, $"limit 150 KB and 10 requests; {requests - repeatRequests} requests; repeat: {repeatRequests} requests, {repeatBytes / 1024.0:0.0} KB; bodies as sent"));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, byte[] body)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("text/html" or "text/css"))
            return "";
        await using Stream raw = new MemoryStream(body);
        await using var plain = answer.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "gzip" => new System.IO.Compression.GZipStream(raw, System.IO.Compression.CompressionMode.Decompress),
            "br" => new System.IO.Compression.BrotliStream(raw, System.IO.Compression.CompressionMode.Decompress),
            _ => raw,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Addresses a browser fetches by itself: style sheets, scripts, the icon, and from style sheets the first form of each font.</summary>
    private static IEnumerable<string> Linked(string text, string from)
    {
        foreach (Match match in Fetched().Matches(text))
            yield return match.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        foreach (Match match in Font().Matches(text))
            yield return new Uri(new Uri("http://host" + from), match.Groups[1].Value.Trim('"', '\'')).PathAndQuery;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Turns / 2);

    [GeneratedRegex("<(?:link[^>]*rel=\"(?:stylesheet|icon)\"[^>]*href|script[^>]*src)=\"([^\"]+)\"")]
    private static partial Regex Fetched();

    [GeneratedRegex(@"url\(([^)]*\.woff2[^)]*)\)")]
    private static partial Regex Font();
}
