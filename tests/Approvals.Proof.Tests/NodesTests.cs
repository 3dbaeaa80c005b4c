using System.Net;
using Approvals.Proof.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests;

/// <summary>Several processes of the product on one PostgreSQL.</summary>
public sealed class NodesTests
{
    private static readonly int Rounds = Place.IsProving ? 40 : 3;

    [Fact]
    public async Task Two_servers_and_two_workers_do_everything_once_and_outlive_one_of_each()
    {
        await using var bureau = await Bureau.OpenAsync("PostgreSql");
        await using var one = await bureau.Start(null, ("Jobs:Run", "false")).ReadyAsync();
        await using var two = bureau.Start(null, ("Jobs:Run", "false"));
        await using var worker = bureau.Start();
        await using var other = bureau.Start();
        foreach (var node in new[] { two, worker, other })
            await node.ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        await bureau.DatabaseAsync(db => db.People.ExecuteUpdateAsync(set => set.SetProperty(row => row.Email, "office@example.invalid")));
        using var visitor = new Visitor("lili");
        using var browser = await visitor.OnAsync(one.Address);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(two.Address, "/inbox"))).StatusCode);

        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(one, two);
            await traffic.MoreAsync(2 * Rounds);
            var sent = await bureau.DatabaseAsync(db => db.Outbox.Where(row => row.DoneAt != null).Select(row => row.Attempts).ToListAsync());
            Assert.All(sent, attempts => Assert.Equal(1, attempts));
            await worker.KillAsync();
            await traffic.MoreAsync(Rounds);
            traffic.GoTo(two);
            await one.KillAsync();
            await traffic.MoreAsync(Rounds);
            traffic.WithoutFaults(one, two, worker, other);
            await bureau.ConfirmedIsStoredAsync(traffic);
        }

        // Whoever had signed in on the server that died is still signed in.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(two.Address, "/inbox"))).StatusCode);
        await bureau.LeasesRunOutAsync();
        await using (var traffic = new Traffic(bureau, handsIn: false))
        {
            traffic.GoTo(two);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("a server and a worker were killed");
        var mails = await bureau.DatabaseAsync(db => db.Outbox.CountAsync(row => row.Kind == "mail"));
        Assert.Equal(mails, Directory.GetFiles(Path.Combine(bureau.Folder, "mail"), "*.eml").Length);
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_on_an_empty_database_make_it_once()
    {
        await using var bureau = await Bureau.OpenAsync("PostgreSql");
        bureau.Extra["ASPNETCORE_ENVIRONMENT"] = "Production";
        await using var one = bureau.Start();
        await using var two = bureau.Start();

        await one.ReadyAsync("/health/ready");
        await two.ReadyAsync("/health/ready");

        await bureau.WholeAsync("two first starts at once");
        await bureau.DatabaseAsync(async db =>
        {
            Assert.Equal(1, await db.Definitions.CountAsync(row => row.DefinitionId == Bureau.Process));
            Assert.Empty(await db.Parameters.GroupBy(row => new { row.Key, row.EffectiveFrom }).Where(group => group.Count() > 1)
                .Select(group => group.Key).ToListAsync());
            return true;
        });
        Assert.Single(Directory.GetFiles(Path.Combine(bureau.Folder, "keys"), "cookie-keys.secret*"));
    }
}
