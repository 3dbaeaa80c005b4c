using System.Globalization;
using Approvals.Core.Data;
using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// The inbox, a search in it and a case, through HTTP under constant arrival: two products in turns on SQLite, one with an empty inbox
/// and one with 100,000 open and 1,000,000 done tasks of a thousand people. An empty
/// endpoint of the first, in the same turns, shows what a request costs at least.
/// </summary>
internal static class InboxBenchmark
{
    private const string UserName = "wangqiang";
    private const double PerSecond = 15;
    private const int Requests = 60;
    private const int WarmUp = 400;
    private const int Turns = 5;

    private const string Live = "/health/live";

    /// <summary>Health checks are logged for those who look for them only.</summary>
    private const string LogHealth = "Serilog:MinimumLevel:Override:Serilog.AspNetCore=Debug";

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var (emptyFolder, fullFolder) = (await ProductHost.SeedAsync(), await ProductHost.SeedAsync());
        await TaskRowsOfOthers.FillAsync(fullFolder, UserName, open: 100_000, done: 1_000_000, people: 1_000);
        var lines = new List<string>();
        await using (var empty = await ProductHost.StartAsync(emptyFolder, settings: LogHealth))
        await using (var full = await ProductHost.StartAsync(fullFolder, settings: LogHealth))
        {
            var (emptyPages, fullPages) = (await PagesAsync(empty), await PagesAsync(full));
            foreach (var page in emptyPages.Keys)
                lines.AddRange(await MeasureAsync(page, (empty, emptyPages[page]), (full, fullPages[page])));
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(emptyFolder, recursive: true);
        Directory.Delete(fullFolder, recursive: true);
        return string.Join('\n', lines);
    }

    /// <summary>The pages' addresses by name, with whoever asks for them.</summary>
    private static async Task<Dictionary<string, (HttpClient Client, string Address, string Route)>> PagesAsync(ProductHost host)
    {
        var applicant = await host.SignedInAsync("liuzhiqiang");
        var subject = await ProductHost.SubmitAsync(applicant);
        var head = await host.SignedInAsync(UserName);
        return new()
        {
            ["inbox"] = (head, "/inbox", "/inbox"),
            ["search"] = (head, "/inbox?q=CS-", "/inbox"),
            ["case"] = (head, $"/cases/{subject}", "/cases/{id:guid}"),
        };
    }

    private static async Task<IEnumerable<string>> MeasureAsync(
        string page, (ProductHost Host, (HttpClient Client, string Address, string Route) Page) empty,
        (ProductHost Host, (HttpClient Client, string Address, string Route) Page) full)
    {
        var (one, other, bare) = (new Measured(), new Measured(), new Measured());
        (ProductHost Host, (HttpClient Client, string Address, string Route) Page) nothing =
            (empty.Host, (empty.Page.Client, Live, Live));
        foreach (var side in new[] { nothing, empty, full })
        {
            for (var i = 0; i < WarmUp; i++)
                await side.Page.Client.GetStringAsync(side.Page.Address);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            await TurnAsync(bare, nothing.Host, nothing.Page);
            await TurnAsync(one, empty.Host, empty.Page);
            await TurnAsync(other, full.Host, full.Page);
        }

        var name = page == "inbox" ? "" : "." + page;
        return
        [
            Figure.Line(
                $"inbox.empty{name}", one.Server.At(95), "ms p95 of server time", bare.Server.At(95),
                $"limit 20; {one.Note}; reference: an empty endpoint of the same host at the same rate, {bare.Note}; "
                + $"{PerSecond} requests a second; {MachineLoad.Note}"),
            Figure.Line(
                $"inbox.full{name}", other.Server.At(95), "ms p95 of server time", one.Server.At(95),
                $"limit 20 and 1.1 of the reference, the same page with an empty inbox; {other.Note}, {other.CpuMs / one.CpuMs:0.00} of the "
                + $"reference's CPU; 100,000 open and 1,000,000 done tasks; {MachineLoad.Note}"),
        ];
    }

    private static async Task TurnAsync(Measured measured, ProductHost host, (HttpClient Client, string Address, string Route) page)
    {
        host.TakeServed(page.Route);
        var cpu = host.Cpu;
        measured.Client.AddRange(await ConstantArrival.RunAsync(PerSecond, Requests, _ => page.Client.GetStringAsync(page.Address)));
        measured.Cpu += host.Cpu - cpu;
        measured.Server.AddRange(host.TakeServed(page.Route));
    }

    private sealed class Measured
    {
        public List<double> Server { get; } = [];

        public List<double> Client { get; } = [];

        public TimeSpan Cpu { get; set; }

        public double CpuMs => Cpu.TotalMilliseconds / Client.Count;

        public string Note => string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {Server.At(50):0.0}, p99 {Server.At(99):0.0} ms; at the client, from when each was due, p50 {Client.At(50):0.0}, p95 {Client.At(95):0.0} ms; CPU {CpuMs:0.00} ms a request");
    }
}
