using System.Text.Json.Nodes;

namespace Approvals.Core.Processes;

/// <summary>One thing that happened to an activity of an instance.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Sequence">0, 1, 2 … per instance.</param>
/// <param name="NodeId">Path of ids from the root.</param>
/// <param name="ActivityType">Type name of the activity.</param>
/// <param name="RunId">The run of the activity.</param>
/// <param name="ParentRunId">The run around that; null for the workflow.</param>
/// <param name="Event">One of <see cref="Approvals.Workflows.JournalEvents"/>.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Message">Text for people.</param>
/// <param name="Payload">Outcomes (<c>outcomes</c>) and other details.</param>
public sealed record JournalLine(
    Guid InstanceId,
    long Sequence,
    string NodeId,
    string ActivityType,
    Guid RunId,
    Guid? ParentRunId,
    string Event,
    DateTimeOffset At,
    string? Message,
    JsonObject? Payload)
{
    /// <summary>Id of the activity in its definition.</summary>
    public string ActivityId => NodeId[(NodeId.LastIndexOf(':') + 1)..];
}
