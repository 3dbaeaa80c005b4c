using System.Diagnostics;
using System.Text.Json;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Benchmarks.Inbox;

/// <summary>
/// The to-do page of a signed-in person, through HTTP in this process from routing to HTML, with 100,000 open and 1,000,000 done
/// tasks in the database. Compared in the same run, page by page in turn, with a database of 1,000 tasks.
/// </summary>
internal static class InboxBenchmark
{
    private const double LimitMs = 20;
    private const int Pages = 300;
    private const int WarmUp = 150;
    private const string Me = "wangqiang";
    private const string Address = "/inbox";

    /// <summary>Measures and returns one line of JSON.</summary>
    public static async Task<string> RunAsync()
    {
        await using var big = new BenchApp();
        await using var small = new BenchApp();
        var mine = await FillAsync(big, 100_000, 1_000_000);
        await FillAsync(small, 100, 900);
        using var bigBrowser = await big.SignedInAsync(Me);
        using var smallBrowser = await small.SignedInAsync(Me);

        var (bigTimes, smallTimes) = (new List<double>(), new List<double>());
        for (var i = 0; i < WarmUp + Pages; i++)
        {
            var (bigTime, smallTime) = (await OpenAsync(bigBrowser), await OpenAsync(smallBrowser));
            if (i >= WarmUp)
            {
                bigTimes.Add(bigTime);
                smallTimes.Add(smallTime);
            }
        }

        var cpu = await Cost.OfAsync(Pages, _ => OpenAsync(bigBrowser));
        var smallCpu = await Cost.OfAsync(Pages, _ => OpenAsync(smallBrowser));
        return JsonSerializer.Serialize(new
        {
            figure = "inbox-page",
            open_tasks = 100_000,
            done_tasks = 1_000_000,
            my_open_tasks = mine,
            p95_ms = At(bigTimes, 0.95),
            p50_ms = At(bigTimes, 0.5),
            cost = cpu.Rounded,
            limit_p95_ms = LimitMs,
            met = At(bigTimes, 0.95) <= LimitMs,
            comparison = new
            {
                with_1000_tasks = new { p95_ms = At(smallTimes, 0.95), p50_ms = At(smallTimes, 0.5), cost = smallCpu.Rounded },
            },
        });
    }

    private static async Task<int> FillAsync(BenchApp app, int open, int done)
    {
        var me = await app.ReadAsync(db => db.Users.Where(user => user.UserName == Me).Select(user => user.PersonId).SingleAsync());
        ManyTasks.Write(app.Database, me, open, done);
        return await app.ReadAsync(async db =>
        {
            var stored = await db.Tasks.CountAsync(task => task.State == TaskState.Open);
            return stored >= open * 0.99
                ? await db.Tasks.CountAsync(task => task.AssigneeId == me && task.State == TaskState.Open)
                : throw new InvalidOperationException($"There are {stored} open tasks instead of {open}.");
        });
    }

    private static async Task<double> OpenAsync(Web.Tests.Infrastructure.Browser browser)
    {
        var start = Stopwatch.GetTimestamp();
        var page = await browser.GetAsync(Address);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return page.Text.Contains("处长审批", StringComparison.Ordinal)
            ? time
            : throw new InvalidOperationException($"The page shows no task: {page.Status}");
    }

    private static double At(List<double> times, double share) =>
        Math.Round(times.Order().ElementAt((int)Math.Ceiling(times.Count * share) - 1), 2);
}
