namespace Approvals.Workflows.Tests;

/// <summary>Does for good what it does, unless its input says that it refuses.</summary>
[Activity("Test", "Grant", FinalOutcome = "Done")]
[Outcome("Done")]
[Outcome("Refused")]
public sealed class Grant : Activity
{
    [Input]
    public Input<bool> Refuses { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync(context.Get(Refuses) ? "Refused" : "Done");
}

/// <summary>Waits for the test, which chooses the outcome; notes when it is withdrawn.</summary>
[Activity("Test", "Wait", CanWait = true)]
public sealed class Wait : Activity
{
    [Input(UiHint = UiHints.DynamicOutcomes, FixedOutcomes = ["Done", "A", "B", "Back"])]
    public Input<List<string>> Exits { get; set; } = null!;

    [Input]
    public Input<string> Title { get; set; } = null!;

    [Output]
    public Output<object> Result { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.CreateBookmark("Wait", ActivityKey(context));
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.Set(Result, input);
        Host.Of(context).Title = context.Get(Title);
        return input is Func<ActivityContext, ValueTask> act ? act(context)
            : input is string[] outcomes ? context.CompleteAsync(outcomes)
            : input is string outcome ? context.CompleteAsync(outcome)
            : default;
    }

    public override ValueTask CancelAsync(ActivityContext context, string reason)
    {
        context.Log("Withdrawn", reason);
        return default;
    }

    private static string ActivityKey(ActivityContext context) => context.ActivityId;
}

/// <summary>Waits for a decision or a deadline, whichever comes first.</summary>
[Activity("Test", "Deadline", CanWait = true)]
[Outcome("Decided")]
[Outcome("Late")]
public sealed class Deadline : Activity
{
    [Input(DefaultValue = "1.00:00:00")]
    public Input<TimeSpan> After { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.CreateBookmark("Task", context.ActivityId);
        context.CreateBookmark(BookmarkKinds.Timer, dueAt: context.Clock.GetUtcNow() + context.Get(After));
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input) =>
        context.CompleteAsync(context.Bookmark!.Kind == BookmarkKinds.Timer ? "Late" : "Decided");
}

/// <summary>Throws until told otherwise.</summary>
[Activity("Test", "Flaky", CanWait = true)]
public sealed class Flaky : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (Host.Of(context).Fails)
            throw new InvalidOperationException("not now");
        return default;
    }
}

/// <summary>Waits, and throws when resumed until told otherwise.</summary>
[Activity("Test", "FlakyResume", CanWait = true)]
public sealed class FlakyResume : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.CreateBookmark("Wait", context.ActivityId);
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.CreateBookmark("Wait", "must not stay");
        if (Host.Of(context).Fails)
            throw new InvalidOperationException("not now");
        Host.Of(context).Received = input;
        return context.CompleteAsync();
    }
}
