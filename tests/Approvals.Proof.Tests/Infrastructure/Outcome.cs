using System.Diagnostics;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>What must be true once the dust has settled.</summary>
internal static class Outcome
{
    /// <summary>Everything that was confirmed is stored, once.</summary>
    public static Task ConfirmedIsStoredAsync(this Bureau bureau, Traffic traffic) => bureau.DatabaseAsync(async db =>
    {
        var numbers = await db.Cases.AsNoTracking().Where(row => row.Number != null).ToDictionaryAsync(row => row.Id, row => row.Number!);
        foreach (var (id, number) in traffic.Submitted)
            Assert.Equal(number, numbers.GetValueOrDefault(id));
        var decisions = (await db.Decisions.AsNoTracking().Select(row => new { row.TaskId, row.Id }).ToListAsync())
            .ToLookup(row => row.TaskId, row => row.Id);
        foreach (var (task, decision) in traffic.Decided)
            Assert.Equal(decision, Assert.Single(decisions[task]));
        return true;
    });

    /// <summary>Lets the product, which must be running, finish every case and every message; nobody hands in any more.</summary>
    public static async Task FinishedAsync(this Bureau bureau, int seconds = 900)
    {
        var left = "";
        for (var began = Stopwatch.StartNew(); began.Elapsed.TotalSeconds < seconds; await Task.Delay(500))
        {
            left = await bureau.DatabaseAsync(async db =>
            {
                var running = await db.Cases.CountAsync(row => row.Status == CaseStatus.Running);
                var unsent = await db.Outbox.CountAsync(row => row.DoneAt == null);
                return running + unsent == 0 ? "" : $"{running} cases, {unsent} messages";
            });
            if (left.Length == 0)
            {
                await bureau.DatabaseAsync(async db =>
                {
                    var completed = await db.Cases.CountAsync(row => row.Status == CaseStatus.Completed);
                    Assert.Equal(completed, await db.Documents.CountAsync());
                    Assert.Equal(completed, await db.Documents.CountAsync(row => row.FileId != null));
                    return true;
                });
                return;
            }
        }

        Assert.Fail($"Not finished after {seconds} s: {left}.");
    }

    /// <summary>Waits until it is so.</summary>
    public static async Task EventuallyAsync(this Bureau bureau, Func<ApprovalsDbContext, Task<bool>> isSo, string otherwise, int seconds = 600)
    {
        for (var began = Stopwatch.StartNew(); !await bureau.DatabaseAsync(isSo); await Task.Delay(200))
            Assert.True(began.Elapsed.TotalSeconds < seconds, $"{otherwise} within {seconds} s.");
    }
}
