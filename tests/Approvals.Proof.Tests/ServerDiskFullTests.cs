using System.Net;
using Approvals.Proof.Tests.Infrastructure;

namespace Approvals.Proof.Tests;

/// <summary>
/// The disk of PostgreSQL is full while people work. Tables cannot grow; when the log cannot, the server gives up and may not come back by
/// itself. People are told so, nothing is half done, and once there is room and the server runs, the same process goes on.
/// </summary>
public sealed class ServerDiskFullTests
{
    private static readonly int Decisions = Place.IsProving ? 100 : 3;

    [Fact]
    public async Task When_the_servers_disk_is_full_people_are_told_so_and_with_room_again_the_same_process_goes_on()
    {
        await using var disk = await SmallDisk.OpenAsync(megabytes: 256);

        // PostgreSQL runs as a user of its own, who may not look into a folder of this process.
        var folder = disk.IsMounted ? Path.Combine(disk.Folder, "server") : Path.Combine(Path.GetTempPath(), $"approvals-pg-{Guid.CreateVersion7():N}");
        var server = await Server.ScriptAsync("start", folder);
        try
        {
            var bureau = await Bureau.OpenAsync("PostgreSql", server);
            await using var closing = bureau;
            await using var node = await bureau.Start().ReadyAsync();
            await bureau.InviteAsync("liuzhiqiang", "wangqiang");
            using var client = new HttpClient { BaseAddress = node.Address };
            await using (var traffic = new Traffic(bureau))
            {
                traffic.GoTo(node);
                await traffic.MoreAsync(Decisions);
                traffic.WithoutFaults(node);

                await FillAsync(disk, folder, node);
                Assert.True(
                    await Poll.UntilAsync(() => Task.FromResult(traffic.Faults.Count >= 20), seconds: 300),
                    $"The full disk was met {traffic.Faults.Count} times.");
                Assert.All(traffic.Faults, fault => Assert.Contains("503", fault, StringComparison.Ordinal));
                Assert.All(traffic.Faults, fault => Assert.Contains("系统暂时不能读写数据，请稍后再试。", fault, StringComparison.Ordinal));
                Assert.True(node.IsRunning);

                if (disk.IsMounted)
                    await disk.FreeAsync(node);
                await Server.ScriptAsync("resume", folder);
                Npgsql.NpgsqlConnection.ClearAllPools();
                await bureau.WholeAsync("the disk was full");
                await bureau.ConfirmedIsStoredAsync(traffic);
                await traffic.MoreAsync(4);
                traffic.Faults.Clear();
                await traffic.MoreAsync(Decisions);
                traffic.WithoutFaults(node);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
                await bureau.ConfirmedIsStoredAsync(traffic);
            }

            await bureau.FinishOnAsync(node);
        }
        finally
        {
            await Server.ScriptAsync("stop", folder);
        }
    }

    /// <summary>Where mounting is not allowed, the server goes down as it does in the end when its log cannot grow.</summary>
    private static async Task FillAsync(SmallDisk disk, string folder, Node node)
    {
        if (disk.IsMounted)
            await disk.FillAsync(node);
        else
            await Server.ScriptAsync("pause", folder);
    }
}
