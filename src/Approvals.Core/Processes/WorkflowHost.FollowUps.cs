namespace Approvals.Core.Processes;

// What bursts ask for: sub-processes, events, parents that go on.
public sealed partial class WorkflowHost
{
    /// <summary>What the bursts have asked for that run at the moment; null while none runs.</summary>
    private List<FollowUp>? asked;

    private int depth;

    /// <summary>
    /// Does one act, and then what its bursts have asked for: one after the other, in the order that nested calls would have. Nested they
    /// must not be. Processes that call each other would use up the stack, which ends the server; and an instance whose burst still runs,
    /// closing the case of a sub-process for instance, would be woken as it stood before that burst.
    /// </summary>
    private async Task<T> RunAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        if (asked is not null)
            return await act();
        var ahead = new Stack<FollowUp>();
        asked = [];
        try
        {
            var result = await act();
            while (NextOf(ahead, asked) is { } next)
            {
                await SaveBurstsAsync(cancellationToken);
                depth = next.Depth;
                await next.Act();
            }

            return result;
        }
        finally
        {
            // What failed is rolled back; nothing of it must reach the next use case of this scope.
            (asked, depth) = (null, 0);
        }
    }

    private static FollowUp? NextOf(Stack<FollowUp> ahead, List<FollowUp> asked)
    {
        for (var last = asked.Count - 1; last >= 0; last--)
            ahead.Push(asked[last]);
        asked.Clear();
        return ahead.TryPop(out var next) ? next : null;
    }

    private void Ask(int depth, Func<Task> act) =>
        (asked ?? throw new InvalidOperationException("No burst runs.")).Add(new FollowUp(depth, act));

    /// <summary>What a burst has asked for.</summary>
    /// <param name="Depth">How many instances have started or woken one another before it.</param>
    /// <param name="Act">Does it.</param>
    private sealed record FollowUp(int Depth, Func<Task> Act);
}
