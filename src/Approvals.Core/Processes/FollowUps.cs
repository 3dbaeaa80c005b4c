namespace Approvals.Core.Processes;

/// <summary>
/// What bursts ask for (sub-processes, events, parents that go on), done one after the other in the order that nested calls would have.
/// Nested they must not be. Processes that call each other would use up the stack, which ends the server; and an instance whose burst still
/// runs, closing the case of a sub-process for instance, would be woken as it stood before that burst.
/// </summary>
internal sealed class FollowUps
{
    /// <summary>What has been asked for since the last one began; null while nothing runs.</summary>
    private List<FollowUp>? asked;

    /// <summary>How many instances have started or woken one another before what runs now.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether an act runs, so that whatever is asked for comes after it.</summary>
    public bool IsRunning => asked is not null;

    /// <summary>Does one act, and then all that it and what follows from it ask for. Within another act it does the act alone.</summary>
    /// <param name="act">The act.</param>
    /// <param name="between">Called before each that follows.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> act, Func<Task> between)
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
                await between();
                Depth = next.Depth;
                await next.Act();
            }

            return result;
        }
        finally
        {
            // What failed is rolled back; nothing of it must reach the next use case of this scope.
            (asked, Depth) = (null, 0);
        }
    }

    /// <summary>Asks for something to be done after what runs now.</summary>
    public void Ask(int depth, Func<Task> act) =>
        (asked ?? throw new InvalidOperationException("No burst runs.")).Add(new FollowUp(depth, act));

    private static FollowUp? NextOf(Stack<FollowUp> ahead, List<FollowUp> asked)
    {
        for (var last = asked.Count - 1; last >= 0; last--)
            ahead.Push(asked[last]);
        asked.Clear();
        return ahead.TryPop(out var next) ? next : null;
    }

    /// <summary>What was asked for.</summary>
    /// <param name="Depth">How many instances have started or woken one another before it.</param>
    /// <param name="Act">Does it.</param>
    private sealed record FollowUp(int Depth, Func<Task> Act);
}
