using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Inbox;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>
/// Real HTTP traffic: two applicants hand in, two windows of the head decide, each over and over, and write down what they were told;
/// where the bureau pays, the people of <see cref="RescueTraffic"/> work beside them. A broken connection is tried again; what was never
/// answered is not counted on.
/// </summary>
internal sealed class Traffic : IAsyncDisposable
{
    /// <summary>
    /// Open tasks, a page of them, at which applicants wait. Otherwise what a test leaves to be finished grows with the time that others
    /// take of the machine, until a small disk is full of it.
    /// </summary>
    private const int Enough = InboxQuery.PageSize;

    private readonly CancellationTokenSource stop = new();
    private readonly Bureau bureau;

    /// <summary>Cases that may be handed in: two for each act of the rescues, however fast the machine is.</summary>
    private readonly SemaphoreSlim turns = new(4);
    private readonly List<Task> people;
    private volatile Uri[] addresses = [];
    private int turn;
    private volatile int open;

    public Traffic(Bureau bureau, bool handsIn = true)
    {
        this.bureau = bureau;
        people = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => AgainAsync("wangqiang", DecideAsync)))];
        if (handsIn)
            people.AddRange(Enumerable.Range(0, 2).Select(_ => Task.Run(() => AgainAsync("liuzhiqiang", HandInAsync))));
        if (bureau.Pays)
            people.Add(Task.Run(() => RescueAsync(begins: handsIn)));
    }

    /// <summary>Cases whose submission was confirmed, with their numbers.</summary>
    public ConcurrentDictionary<Guid, string> Submitted { get; } = [];

    /// <summary>Tasks whose decision was confirmed, with the decision.</summary>
    public ConcurrentDictionary<Guid, Guid> Decided { get; } = [];

    /// <summary>Answers that should not have been: server errors while the database was there.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Nobody was answered with a server's error; otherwise what they were told and what the processes wrote about it.</summary>
    public void WithoutFaults(params Node[] nodes) => Assert.True(Faults.IsEmpty, string.Join('\n', Faults.Take(5).Concat(
        nodes.SelectMany(node => node.Log.Where(line => line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal)).TakeLast(5)))));

    /// <summary>Sends everybody to these servers from now on.</summary>
    public void GoTo(params Node[] nodes) => addresses = [.. nodes.Select(node => node.Address)];

    /// <summary>Waits until so many more decisions were confirmed.</summary>
    public async Task MoreAsync(int decisions, int seconds = 600)
    {
        var goal = Decided.Count + decisions;
        var isReached = await Poll.UntilAsync(() => Task.FromResult(Decided.Count >= goal), seconds, milliseconds: 50);
        Assert.True(isReached, $"Only {Decided.Count} of {goal} decisions after {seconds} s. {string.Join('\n', Faults.TakeLast(3))}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(people);
        stop.Dispose();
        turns.Dispose();
    }

    private async Task AgainAsync(string userName, Func<HttpClient, Task> act)
    {
        while (!stop.IsCancellationRequested)
        {
            var now = addresses;
            if (now.Length > 0)
            {
                using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(100) };
                client.BaseAddress = now[(int)((uint)Interlocked.Increment(ref turn) % (uint)now.Length)];
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bureau.Tokens[userName]);
                try
                {
                    await act(client);
                }
                catch (Exception broken) when (IsOfTheNetwork(broken) || broken is System.Text.Json.JsonException)
                {
                    await Poll.PassAsync(50);
                }
            }
            else
            {
                await Poll.PassAsync(20);
            }
        }
    }

    /// <summary>One after the other, as they are few and wait for each other; everything they may meet is met again at the next look.</summary>
    private async Task RescueAsync(bool begins)
    {
        using var rescue = new RescueTraffic(bureau, begins, Faults.Enqueue, stop.Token);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (addresses is [var address, ..])
                    await rescue.GoOnAsync(address);
                else
                    await Poll.PassAsync(20);
            }
            catch (Exception broken) when (IsOfTheNetwork(broken) || RescueTraffic.IsOfTheDatabase(broken))
            {
                await Poll.PassAsync(50);
            }

            if (turns.CurrentCount < 4)
                turns.Release(2);
        }
    }

    /// <summary>The process was killed in between. A connection that breaks while it is being made is told by its socket alone.</summary>
    private static bool IsOfTheNetwork(Exception broken) =>
        broken is HttpRequestException or IOException or System.Net.Sockets.SocketException or OperationCanceledException;

    private async Task HandInAsync(HttpClient client)
    {
        if (open >= Enough)
        {
            await Poll.PassAsync(20);
            return;
        }

        // Those of the rescues need many turns for what is paid in the end, and would wait behind a flood for each of them.
        if (bureau.Pays)
            await turns.WaitAsync(stop.Token);

        using var answer = await client.PostAsJsonAsync("/api/v1/cases", new
        {
            process = Bureau.Process, fields = bureau.Fields(), submit = true,
        }, stop.Token);
        if (await BodyAsync(answer) is { } body)
            Submitted[Guid.Parse((string)body["id"]!)] = (string)body["number"]!;
    }

    private async Task DecideAsync(HttpClient client)
    {
        using var listed = await client.GetAsync($"/api/v1/tasks?state=open&process={Bureau.Process}", stop.Token);
        var rows = (await BodyAsync(listed))?["items"]?.AsArray() ?? [];
        open = rows.Count;
        if (open == 0)
            await Poll.PassAsync(50);
        foreach (var id in rows.Take(4).Select(row => Guid.Parse((string)row!["id"]!)))
        {
            using var shown = await client.GetAsync($"/api/v1/tasks/{id}", stop.Token);
            if (await BodyAsync(shown) is not { } task || (string?)task["shownHash"] is not { } hash)
                continue;
            using var answer = await client.PostAsJsonAsync(
                $"/api/v1/tasks/{id}/decision", new { kind = "approve", opinion = "同意", shownHash = hash }, stop.Token);
            if (await BodyAsync(answer) is { } done)
                Decided[id] = Guid.Parse((string)done["decisionId"]!);
        }
    }

    private async Task<JsonNode?> BodyAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(stop.Token);
        if ((int)answer.StatusCode >= 500)
            Faults.Enqueue($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {text}");
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text) : null;
    }
}
