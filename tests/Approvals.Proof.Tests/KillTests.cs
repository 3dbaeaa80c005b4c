using Approvals.Proof.Tests.Infrastructure;

namespace Approvals.Proof.Tests;

/// <summary>The process is killed at random points of real traffic; nothing that was confirmed is lost, nothing is half done or double.</summary>
public sealed class KillTests
{
    /// <summary><c>APPROVALS_PROVE_KILLS</c> for a machine that has less time.</summary>
    private static readonly int Kills = !Place.IsProving ? 1
        : int.Parse(Environment.GetEnvironmentVariable("APPROVALS_PROVE_KILLS") ?? "100", System.Globalization.CultureInfo.InvariantCulture);

    [Theory, InlineData("Sqlite"), InlineData("PostgreSql")]
    public async Task Killed_again_and_again_the_product_loses_and_doubles_nothing(string provider)
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        await using var bureau = await Bureau.OpenAsync(provider, pays: Place.IsProving || provider == "Sqlite");
        var node = await bureau.Start().ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        await using (var traffic = new Traffic(bureau))
        {
            for (var kill = 1; kill <= Kills; kill++)
            {
                traffic.GoTo(node);

                // One in five is killed while it starts.
                if (random.Next(5) > 0)
                    await traffic.MoreAsync(1);
                await Poll.PassAsync(random.Next(1500));
                await node.KillAsync();
                await bureau.WholeAsync($"kill {kill} of seed {seed}");
                await node.DisposeAsync();
                node = bureau.Start();
                if (random.Next(5) > 0)
                    await node.ReadyAsync();
            }

            await node.ReadyAsync();
            traffic.GoTo(node);
            await traffic.MoreAsync(5);
            await bureau.MoneyFlowsAsync();
            traffic.WithoutFaults(node);
            await bureau.ConfirmedIsStoredAsync(traffic);
        }

        // What the last process had taken waits for its lease; the next one finds it, and everything else, as it starts.
        await node.KillAsync();
        await node.DisposeAsync();
        await bureau.LeasesRunOutAsync();
        node = await bureau.Start().ReadyAsync();
        await using (var traffic = new Traffic(bureau, handsIn: false))
        {
            traffic.GoTo(node);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("everything was finished");
        TestContext.Current.SendDiagnosticMessage("{0} kills: {1}", Kills, await bureau.SubstanceAsync());
        Assert.Equal(0, (await Node.RunAsync(Place.Program, bureau.Settings, "check")).Code);
        await node.DisposeAsync();
    }
}
