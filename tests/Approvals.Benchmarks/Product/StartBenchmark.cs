using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// From a cold process to ready, beside an empty ASP.NET Core host with EF Core and SQLite started the same way in turns; memory
/// then, beside the same; and what a browser loads for the inbox.
/// </summary>
internal static partial class StartBenchmark
{
    private const int Turns = 4;

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var folder = await ProductHost.SeedAsync();
        var (ours, bare) = (new List<(double Wall, double Cpu)>(), new List<(double Wall, double Cpu)>());
        for (var turn = 0; turn < Turns; turn++)
        {
            bare.Add(await StartedAsync(() => ProductHost.StartEmptyAsync(folder)));
            ours.Add(await StartedAsync(() => ProductHost.StartAsync(folder)));
        }

        var lines = new List<string>();
        await using (var empty = await ProductHost.StartEmptyAsync(folder))
        await using (var host = await ProductHost.StartAsync(folder))
        {
            var (begun, emptyBegun) = (host.Cpu, empty.Cpu);
            using var settle = new PeriodicTimer(TimeSpan.FromSeconds(20));
            await settle.WaitForNextTickAsync();
            lines.Add(Figure.Line(
                "memory.idle", host.Memory, "MiB", empty.Memory,
                $"limit 200; resident, 20 s after the start; in these 20 s {(host.Cpu - begun).TotalSeconds:0.00} s CPU, "
                + "reference (an empty ASP.NET Core + EF Core host that has answered a request) "
                + $"{(empty.Cpu - emptyBegun).TotalSeconds:0.00} s; {MachineLoad.Note}"));
            lines.Add(await PageAsync(host));
        }

        Directory.Delete(folder, recursive: true);
        var (wall, bareWall) = (Median(ours.Select(one => one.Wall)), Median(bare.Select(one => one.Wall)));
        lines.Insert(0, Figure.Line(
            "start.ready", wall, "s", bareWall,
            $"limit 3; median of {Turns}, published for this platform, an existing database; CPU {Median(ours.Select(one => one.Cpu)):0.00} s, reference "
            + $"(an empty ASP.NET Core + EF Core host that opens a database) {Median(bare.Select(one => one.Cpu)):0.00} s; {MachineLoad.Note}"));
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
        var (requests, bytes, plain, repeatRequests, repeatBytes) = (0, 0L, 0L, 0, 0L);
        var (cpu, clock) = (host.Cpu, Stopwatch.StartNew());
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
                var raw = Uncompressed(answer, body);
                if (visit == 0)
                    plain += raw.Length;
                if (answer.Headers.CacheControl is { NoStore: false, MaxAge: not null })
                    kept.Add(address);
                foreach (var next in Linked(TextOf(answer, raw), address))
                    queue.Enqueue(next);
            }
        }

        return Figure.Line(
            "page.inbox", (bytes - repeatBytes) / 1024.0, "KB first", plain / 1024.0,
            $"limit 150 KB and 10 requests; {requests - repeatRequests} requests; repeat: {repeatRequests} requests, "
            + $"{repeatBytes / 1024.0:0.0} KB; bodies as sent; reference: the first visit's bodies before they are compressed; "
            + $"both visits by a bare client, one request at a time: wall {clock.Elapsed.TotalMilliseconds:0} ms, "
            + $"CPU of the product {(host.Cpu - cpu).TotalMilliseconds:0} ms, soon after its start; {MachineLoad.Note}");
    }

    private static byte[] Uncompressed(HttpResponseMessage answer, byte[] body)
    {
        using Stream sent = new MemoryStream(body);
        using Stream plain = answer.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var whole = new MemoryStream();
        plain.CopyTo(whole);
        return whole.ToArray();
    }

    private static string TextOf(HttpResponseMessage answer, byte[] body) =>
        answer.Content.Headers.ContentType?.MediaType is "text/html" or "text/css" ? Encoding.UTF8.GetString(body) : "";

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
