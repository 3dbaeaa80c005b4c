using Approvals.Proof.Tests.Infrastructure;

namespace Approvals.Proof.Tests;

/// <summary>
/// Servers are replaced one after the other while people work. tests/prove.sh gives the program of the previous release
/// (<c>APPROVALS_PREVIOUS_PROGRAM</c>), so that old and new run on one database; tests/run.sh replaces the program by itself.
/// </summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Servers_replaced_one_by_one_keep_every_running_case()
    {
        var previous = Environment.GetEnvironmentVariable("APPROVALS_PREVIOUS_PROGRAM");
        Assert.True(previous is not null || !Place.IsProving, "tests/prove.sh builds the previous release; APPROVALS_PREVIOUS_PROGRAM is not set.");
        var decisions = Place.IsProving ? 30 : 3;
        await using var bureau = await Bureau.OpenAsync("PostgreSql");
        await using var old = await bureau.Start(previous).ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(old);
            await traffic.MoreAsync(decisions);
            await using var fresh = await bureau.Start().ReadyAsync("/health/ready");
            await bureau.InviteAsync();
            traffic.GoTo(old, fresh);
            await traffic.MoreAsync(decisions);
            traffic.GoTo(fresh);
            await old.KillAsync();
            await traffic.MoreAsync(decisions);
            Assert.Empty(traffic.Faults);
            await bureau.ConfirmedIsStoredAsync(traffic);
            await bureau.LeasesRunOutAsync();
            await fresh.KillAsync();
        }

        await using var last = await bureau.Start().ReadyAsync();
        await using (var traffic = new Traffic(bureau, handsIn: false))
        {
            traffic.GoTo(last);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("servers were replaced one by one");
    }
}
