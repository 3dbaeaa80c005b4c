using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>One thing that happened to an activity.</summary>
public sealed class JournalEntry
{
    internal JournalEntry(
        long sequence, CompiledNode node, Guid runId, Guid? parentRunId, string eventName, DateTimeOffset at, int round,
        string? message, IReadOnlyList<string>? outcomes, JsonObject? payload)
    {
        Sequence = sequence;
        Node = node;
        ActivityRunId = runId;
        ParentRunId = parentRunId;
        EventName = eventName;
        At = at;
        Round = round;
        Message = message;
        Outcomes = outcomes;
        Payload = payload;
    }

    /// <summary>The place in the instance's journal, from 0, without gaps.</summary>
    public long Sequence { get; }

    /// <summary>The activity.</summary>
    public CompiledNode Node { get; }

    /// <summary>The activity's id.</summary>
    public string ActivityId => Node.Id;

    /// <summary>The activity's path.</summary>
    public string NodeId => Node.NodeId;

    /// <summary>The activity's type.</summary>
    public string ActivityType => Node.Type;

    /// <summary>The activity's name, or null.</summary>
    public string? ActivityName => Node.Name;

    /// <summary>The run it happened to.</summary>
    public Guid ActivityRunId { get; }

    /// <summary>The run around that, or null for the workflow.</summary>
    public Guid? ParentRunId { get; }

    /// <summary>One of <see cref="JournalEvents"/>, or an event of a host activity.</summary>
    public string EventName { get; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; }

    /// <summary>How often the activity has been reached, from 1.</summary>
    public int Round { get; }

    /// <summary>A reason or an error, or null.</summary>
    public string? Message { get; }

    /// <summary>The outcomes of a completed activity, or null.</summary>
    public IReadOnlyList<string>? Outcomes { get; }

    /// <summary>More, or null.</summary>
    public JsonObject? Payload { get; }
}

/// <summary>The events the runtime itself writes; the first five are Elsa's.</summary>
public static class JournalEvents
{
    /// <summary>The activity began.</summary>
    public const string Started = "Started";

    /// <summary>It waits.</summary>
    public const string Suspended = "Suspended";

    /// <summary>A bookmark of it was resumed.</summary>
    public const string Resumed = "Resumed";

    /// <summary>It ended.</summary>
    public const string Completed = "Completed";

    /// <summary>It failed.</summary>
    public const string Faulted = "Faulted";

    /// <summary>It was withdrawn.</summary>
    public const string Canceled = "Canceled";

    /// <summary>It sent the flow back to an earlier activity.</summary>
    public const string Returned = "Returned";

    /// <summary>It asks an earlier activity to run once more and waits to run again itself.</summary>
    public const string Detoured = "Detoured";

    /// <summary>A faulted run is tried again.</summary>
    public const string Retried = "Retried";

    /// <summary>The instance goes on in another version of its workflow.</summary>
    public const string Moved = "Moved";
}
