using System.Net;
using Approvals.Proof.Tests.Infrastructure;

namespace Approvals.Proof.Tests;

/// <summary>
/// The disk of the database and the files is full while people work: they are told so, nothing is half done, the process lives on, and
/// with room again it goes on by itself. On SQLite, whose database lies on the same disk.
/// </summary>
public sealed class DiskFullTests
{
    private static readonly int Decisions = Place.IsProving ? 100 : 3;

    [Fact]
    public async Task On_a_full_disk_people_are_told_so_and_with_room_again_the_same_process_goes_on()
    {
        await using var disk = await SmallDisk.OpenAsync(megabytes: 96);
        await using var bureau = await Bureau.OpenAsync("Sqlite", place: disk.Folder);
        await using var node = await bureau.Start().ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        using var client = new HttpClient { BaseAddress = node.Address };
        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(node);
            await traffic.MoreAsync(Decisions);
            traffic.WithoutFaults(node);

            await disk.FillAsync(node);
            Assert.True(await Poll.UntilAsync(() => Task.FromResult(traffic.Faults.Count >= 20), seconds: 300), "Nobody met the full disk.");
            Assert.All(traffic.Faults, fault => Assert.Contains("503", fault, StringComparison.Ordinal));
            Assert.All(traffic.Faults, fault => Assert.Contains("系统暂时不能读写数据，请稍后再试。", fault, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
            Assert.True(node.IsRunning);
            Assert.True(await Poll.UntilAsync(() => ToldOnThePageAsync(client), seconds: 60), "No page told of it.");
            await bureau.WholeAsync("the disk was full");
            await bureau.ConfirmedIsStoredAsync(traffic);

            await disk.FreeAsync(node);
            await traffic.MoreAsync(4);
            traffic.Faults.Clear();
            await traffic.MoreAsync(Decisions);
            traffic.WithoutFaults(node);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
            Assert.Empty(Directory.GetFiles(bureau.Folder, ".health-*"));
            await bureau.ConfirmedIsStoredAsync(traffic);
        }

        await bureau.FinishOnAsync(node);
        await node.KillAsync();
        Assert.Equal(0, (await Node.RunAsync(Place.Program, bureau.Settings, "check")).Code);
    }

    /// <summary>A person who signs in, which writes a session.</summary>
    private static async Task<bool> ToldOnThePageAsync(HttpClient client)
    {
        var page = await client.GetStringAsync("/account/sign-in");
        var token = page[(page.LastIndexOf("__RequestVerificationToken", StringComparison.Ordinal) + 1)..];
        token = token[(token.IndexOf("value=\"", StringComparison.Ordinal) + 7)..];
        using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["UserName"] = "lili", ["Password"] = "Demo-2026!", ["__RequestVerificationToken"] = token[..token.IndexOf('"', StringComparison.Ordinal)],
        }));
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable
            && (await answer.Content.ReadAsStringAsync()).Contains("磁盘已满", StringComparison.Ordinal);
    }
}
