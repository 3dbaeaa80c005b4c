using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Proof.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests;

/// <summary>A new release over the data of an older one, and beside an older one.</summary>
public sealed class UpgradeTests
{
    /// <summary>See PreviousRelease/README.md.</summary>
    [Theory, InlineData("Sqlite"), InlineData("PostgreSql")]
    public async Task The_database_of_an_earlier_release_is_brought_up_and_its_cases_go_on(string provider)
    {
        await using var bureau = await Bureau.OpenAsync(provider);
        await RestoreAsync(bureau);
        await using var node = await bureau.Start().ReadyAsync("/health/ready");
        await bureau.InviteAsync("liuzhiqiang", "wangqiang", "chenguihua");

        await bureau.WholeAsync("the upgrade");
        var cases = await bureau.DatabaseAsync(db => db.Cases.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal([null, "CS-2026-0001", "CS-2026-0002", "CS-2026-0003", "JZPR-2026-0001"], cases.Select(row => row.Number).Order(StringComparer.Ordinal));
        var finished = cases.Single(row => row.Number == "CS-2026-0001");
        var appointment = cases.Single(row => row.Number == "JZPR-2026-0001");

        // The finished case reads as before, its letter opens; the application still asks the unit.
        using var applicant = Client(bureau, node, "liuzhiqiang");
        var read = JsonNode.Parse(await applicant.GetStringAsync($"/api/v1/cases/{finished.Id}"))!;
        Assert.Equal(("completed", "同意申请"), ((string?)read["status"], (string?)read["outcome"]));
        var letter = (string)read["documents"]!.AsArray().Single()!["id"]!;
        Assert.StartsWith("%PDF", await applicant.GetStringAsync($"/api/v1/cases/{finished.Id}/documents/{letter}"), StringComparison.Ordinal);
        using var unit = Client(bureau, node, "chenguihua");
        Assert.Contains(appointment.Id.ToString(), await unit.GetStringAsync("/api/v1/tasks?state=open"), StringComparison.Ordinal);

        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(node);
            await traffic.MoreAsync(2);
            traffic.WithoutFaults(node);
        }

        // What the old release left waiting was decided and its timer fired; the number series go on.
        foreach (var number in new[] { "CS-2026-0002", "CS-2026-0003" })
            await bureau.EventuallyAsync(db => db.Cases.AnyAsync(row => row.Number == number && row.Status == CaseStatus.Completed), $"{number} was not finished");
        Assert.True(await bureau.DatabaseAsync(db => db.Cases.AnyAsync(row => row.Number == "CS-2026-0004")));
        Assert.Equal(1, await bureau.DatabaseAsync(db => db.Tasks.CountAsync(row => row.CaseId == appointment.Id && row.State == TaskState.Open)));
        await bureau.WholeAsync("the old cases went on");
    }

    /// <summary>
    /// tests/prove.sh gives the program of the previous release (<c>APPROVALS_PREVIOUS_PROGRAM</c>), so that old and new run on one database;
    /// tests/run.sh replaces the program by itself.
    /// </summary>
    [Fact]
    public async Task Servers_replaced_one_by_one_keep_every_running_case()
    {
        var previous = Environment.GetEnvironmentVariable("APPROVALS_PREVIOUS_PROGRAM");
        Assert.True(previous is not null || !Place.IsProving, "tests/prove.sh builds the previous release; APPROVALS_PREVIOUS_PROGRAM is not set.");
        var decisions = Place.IsProving ? 30 : 3;
        await using var bureau = await Bureau.OpenAsync("PostgreSql");
        await using var old = await bureau.Start(previous).ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        Node? fresh = null;
        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(old);
            await traffic.MoreAsync(decisions);
            fresh = await bureau.Start().ReadyAsync("/health/ready");
            traffic.GoTo(old, fresh);
            await traffic.MoreAsync(decisions);
            traffic.GoTo(fresh);
            await old.KillAsync();
            await bureau.LeasesRunOutAsync();
            await traffic.MoreAsync(decisions);
            traffic.WithoutFaults(old, fresh);
            await bureau.ConfirmedIsStoredAsync(traffic);
        }

        await using var last = fresh;
        await using (var traffic = new Traffic(bureau, handsIn: false))
        {
            traffic.GoTo(last);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("servers were replaced one by one");
    }

    private static HttpClient Client(Bureau bureau, Node node, string userName)
    {
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bureau.Tokens[userName]);
        return client;
    }

    private static async Task RestoreAsync(Bureau bureau)
    {
        var file = Path.Combine(Place.Root, "tests", "Approvals.Proof.Tests", "PreviousRelease", $"{bureau.Provider}.tar.gz");
        await using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(stream, bureau.Folder, overwriteFiles: true);
        if (bureau.Provider != "Sqlite")
            await Server.RunAsync("psql", bureau.Connection, "-q", "-v", "ON_ERROR_STOP=1", "-f", Path.Combine(bureau.Folder, "approvals.sql"));
    }
}
