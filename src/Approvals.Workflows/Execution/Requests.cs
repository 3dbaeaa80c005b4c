namespace Approvals.Workflows;

/// <summary>Starts an instance.</summary>
public sealed record StartRequest
{
    /// <summary>The new instance's id.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>What activities and expressions may use of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The host's key of the case, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The workflow's inputs by name.</summary>
    public IReadOnlyDictionary<string, object?>? Input { get; init; }

    /// <summary>The activity that was triggered, when the workflow does not begin at its usual start.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>The instance that asked for this one, or null.</summary>
    public Guid? ParentInstanceId { get; init; }

    /// <summary>Whether the host has settled the correlation id for good: what would change it becomes an incident.</summary>
    public bool IsCorrelationFixed { get; init; }

    /// <summary>
    /// How many workflows have started or woken one another before this burst, within the host's unit of work; see
    /// <see cref="WorkflowEngineOptions.MaxDepth"/>.
    /// </summary>
    public int Depth { get; init; }
}

/// <summary>Goes on at a bookmark.</summary>
public sealed record ResumeRequest
{
    /// <summary>Which bookmark.</summary>
    public required Guid BookmarkId { get; init; }

    /// <summary>What activities and expressions may use of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>
    /// What the activity receives: a plain value or JSON, because a resume that fails is kept in the state to be retried
    /// and any other type comes back from there as JSON.
    /// </summary>
    public object? Input { get; init; }

    /// <summary>Whether the host has settled the correlation id for good: what would change it becomes an incident.</summary>
    public bool IsCorrelationFixed { get; init; }

    /// <summary>
    /// How many workflows have started or woken one another before this burst, within the host's unit of work; see
    /// <see cref="WorkflowEngineOptions.MaxDepth"/>.
    /// </summary>
    public int Depth { get; init; }
}

/// <summary>Tries a faulted run again.</summary>
public sealed record RetryRequest
{
    /// <summary>Which incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>What activities and expressions may use of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Whether the host has settled the correlation id for good: what would change it becomes an incident.</summary>
    public bool IsCorrelationFixed { get; init; }
}

/// <summary>Ends an instance from outside.</summary>
public sealed record CancelRequest
{
    /// <summary>Why; waiting activities are told.</summary>
    public required string Reason { get; init; }

    /// <summary>What activities may use of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Whether the host has settled the correlation id for good: what would change it becomes an incident.</summary>
    public bool IsCorrelationFixed { get; init; }
}

/// <summary>Settings of the engine.</summary>
public sealed record WorkflowEngineOptions
{
    /// <summary>The most activities one burst may run before it is taken for an endless loop.</summary>
    public int MaxActivitiesPerBurst { get; init; } = 10_000;

    /// <summary>
    /// The most workflows that may start or wake one another in a row, none of them waiting for anything else, before they are taken for
    /// going round in a circle.
    /// </summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>
    /// Exceptions that concern the host's transaction (a lost race, a lost connection) and must reach it instead of
    /// becoming an incident. The state must then be thrown away with the transaction.
    /// </summary>
    public Func<Exception, bool> PassThrough { get; init; } = static _ => false;
}
