namespace Approvals.Workflows;

/// <summary>A fault of one activity run. It stays open until a retry succeeds or the activity is withdrawn.</summary>
public sealed record Incident
{
    /// <summary>The incident's id; a retry names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The activity that faulted.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its path.</summary>
    public required string NodeId { get; init; }

    /// <summary>Its type.</summary>
    public required string ActivityType { get; init; }

    /// <summary>The run that faulted.</summary>
    public required Guid ActivityRunId { get; init; }

    /// <summary>The input whose expression failed, or null.</summary>
    public string? InputName { get; init; }

    /// <summary>The expression that failed, or null.</summary>
    public string? Expression { get; init; }

    /// <summary>What went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The type of the exception.</summary>
    public required string ExceptionType { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The exception itself with its stack, for the log; not stored.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Exception? Exception { get; init; }
}
