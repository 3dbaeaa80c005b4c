using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>What must be true once the dust has settled.</summary>
internal static class Outcome
{
    /// <summary>Everything that was confirmed until now is stored, once.</summary>
    public static Task ConfirmedIsStoredAsync(this Bureau bureau, Traffic traffic) => bureau.DatabaseAsync(async db =>
    {
        // The traffic goes on: what is confirmed from here on may be stored after the rows were read.
        var (submitted, decided) = (traffic.Submitted.ToArray(), traffic.Decided.ToArray());
        var numbers = await db.Cases.AsNoTracking().Where(row => row.Number != null).ToDictionaryAsync(row => row.Id, row => row.Number!);
        foreach (var (id, number) in submitted)
            Assert.Equal(number, numbers.GetValueOrDefault(id));
        var decisions = (await db.Decisions.AsNoTracking().Select(row => new { row.TaskId, row.Id }).ToListAsync())
            .ToLookup(row => row.TaskId, row => row.Id);
        foreach (var (task, decision) in decided)
            Assert.Equal(decision, Assert.Single(decisions[task]));
        return true;
    });

    /// <summary>When what killed processes had taken is free again, everything that waits is finished on this server, and all is whole.</summary>
    public static async Task FinishOnAsync(this Bureau bureau, Node node)
    {
        await bureau.LeasesRunOutAsync();
        await using (var traffic = new Traffic(bureau, handsIn: false))
        {
            traffic.GoTo(node);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("everything was finished");
    }

    /// <summary>Lets the product, which must be running, finish every case and every message; nobody hands in any more.</summary>
    public static async Task FinishedAsync(this Bureau bureau, int seconds = 900)
    {
        var left = "";
        var isFinished = await Poll.UntilAsync(
            () => bureau.DatabaseAsync(async db =>
            {
                var running = await db.Cases.CountAsync(row => row.Status == CaseStatus.Running);
                var unsent = await db.Outbox.CountAsync(row => row.DoneAt == null);
                left = $"{running} cases, {unsent} messages";
                return running + unsent == 0;
            }),
            seconds, milliseconds: 500);
        Assert.True(isFinished, $"Not finished after {seconds} s: {left}.");
        await bureau.DatabaseAsync(async db =>
        {
            var completed = await db.Cases.CountAsync(row => row.Status == CaseStatus.Completed && row.ProcessKey == Bureau.Process);
            Assert.Equal(
                bureau.Pays ? 2 * completed : completed,
                await db.Documents.CountAsync(row => db.Cases.Any(one => one.Id == row.CaseId && one.ProcessKey == Bureau.Process)));
            Assert.Equal(0, await db.Documents.CountAsync(row => row.FileId == null));
            return true;
        });
    }

    /// <summary>Waits until it is so.</summary>
    public static async Task EventuallyAsync(this Bureau bureau, Func<ApprovalsDbContext, Task<bool>> isSo, string otherwise, int seconds = 600) =>
        Assert.True(await Poll.UntilAsync(() => bureau.DatabaseAsync(isSo), seconds), $"{otherwise} within {seconds} s.");
}
