using System.Globalization;
using Approvals.Core.Data;
using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// The inbox, a search in it and a case, through HTTP under constant arrival: two products in turns on SQLite, one with an empty inbox
/// and one with 100,000 open and 1,000,000 done tasks of a thousand people.
/// </summary>
internal static class InboxBenchmark
{
    private const string UserName = "wangqiang";
    private const double PerSecond = 15;
    private const int Requests = 60;
    private const int WarmUp = 400;
    private const int Turns = 5;

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var (emptyFolder, fullFolder) = (await ProductHost.SeedAsync(), await ProductHost.SeedAsync());
        await TaskRowsOfOthers.FillAsync(fullFolder, UserName, open: 100_000, done: 1_000_000, people: 1_000);
        var lines = new List<string>();
        await using (var empty = await ProductHost.StartAsync(emptyFolder))
        await using (var full = await ProductHost.StartAsync(fullFolder))
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
        var (one, other) = (new Measured(), new Measured());
        foreach (var side in new[] { empty, full })
        {
            for (var i = 0; i < WarmUp; i++)
                await side.Page.Client.GetStringAsync(side.Page.Address);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            await TurnAsync(one, empty.Host, empty.Page);
            await TurnAsync(other, full.Host, full.Page);
        }

        var name = page == "inbox" ? "" : "." + page;
        return
        [
            Figure.Line(
                $"inbox.empty{name}", one.Server.At(95), "ms p95 of server time", null,
                $"limit 20; {one.Note}; {PerSecond} requests a second; {MachineLoad.Note}"),
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
