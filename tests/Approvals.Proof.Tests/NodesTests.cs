using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Approvals.Core.Notifications;
using Approvals.Proof.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests;

/// <summary>Several processes of the product on one PostgreSQL.</summary>
public sealed class NodesTests
{
    private static readonly int Rounds = Place.IsProving ? 40 : 3;

    /// <summary>Long enough that nobody who lives is overtaken, short enough that a test lets it run out by the clock.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Two_servers_and_two_workers_do_everything_once_and_outlive_one_of_each()
    {
        await using var bureau = await OpenAsync();
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

        // What the worker that died had taken waits for its lease, and is finished like the rest.
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
    public async Task What_a_killed_process_was_sending_another_sends_once_when_the_lease_has_run_out()
    {
        await using var ofOne = new MailServer();
        await using var ofTwo = new MailServer();
        await using var bureau = await OpenAsync();
        await using var one = bureau.Start(null, ofOne.Settings);
        await using var two = bureau.Start(null, ofTwo.Settings);
        await one.ReadyAsync();
        await two.ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang");
        await bureau.DatabaseAsync(db => db.People
            .Where(row => !db.Users.Any(user => user.PersonId == row.Id && user.UserName == "wangqiang"))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Email, (string?)null)));

        // The head is told of his task. Either process may be the one that sends it; its mail server says nothing.
        await HandInAsync(bureau, one);
        var isOne = await Task.WhenAny(ofOne.Reached, ofTwo.Reached).WaitAsync(TimeSpan.FromSeconds(120)) == ofOne.Reached;
        await (isOne ? one : two).KillAsync();
        var (other, server) = isOne ? (two, ofTwo) : (one, ofOne);
        var held = await MailAsync(bureau);
        Assert.Equal((1, null, null), (held.Attempts, held.DoneAt, held.LastError));
        Assert.InRange(Assert.NotNull(held.LockedUntil), held.CreatedAt + Lease, TimeProvider.System.GetUtcNow() + Lease);

        // Rung for it meanwhile, the other leaves it alone: it cannot know that its holder is dead.
        server.Speak();
        await bureau.RingAsync(held.Id);
        var isDone = await Poll.UntilAsync(async () => (await MailAsync(bureau)).DoneAt != null, seconds: 300);
        Assert.True(isDone && other.IsRunning, other.Tail());
        await bureau.RingAsync(held.Id);

        var mail = Assert.Single(server.Taken);
        Assert.True(mail.At > held.LockedUntil, $"sent at {mail.At:O}, held until {held.LockedUntil:O}");
        Assert.Equal($"{held.Key.Replace(':', '.')}@localhost", mail.MessageId);
        var sent = await MailAsync(bureau);
        Assert.Equal((held.Key, 2, null), (sent.Key, sent.Attempts, sent.LockedUntil));
        await bureau.WholeAsync("a process was killed that was sending");
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

    /// <summary>Processes whose leases run out while a test waits.</summary>
    private static async Task<Bureau> OpenAsync()
    {
        var bureau = await Bureau.OpenAsync("PostgreSql");
        bureau.Extra["Outbox:LeaseSeconds"] = $"{Lease.TotalSeconds:0}";
        return bureau;
    }

    private static async Task HandInAsync(Bureau bureau, Node node)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bureau.Tokens["liuzhiqiang"]);
        using var answer = await client.PostAsJsonAsync("/api/v1/cases", new
        {
            process = Bureau.Process, fields = new { name = "刘志强", reason = "需要" }, submit = true,
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The message that tells wangqiang, the only one with an address.</summary>
    private static Task<OutboxMessage> MailAsync(Bureau bureau) => bureau.DatabaseAsync(async db =>
    {
        var person = (await db.Users.SingleAsync(user => user.UserName == "wangqiang")).PersonId.ToString()!;
        var mails = await db.Outbox.AsNoTracking().Where(row => row.Kind == "mail").ToListAsync();
        return mails.Single(row => row.Payload.Contains(person, StringComparison.OrdinalIgnoreCase));
    });
}
