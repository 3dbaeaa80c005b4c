namespace Approvals.Core.Processes.Watching;

/// <summary>A comparison with one of an instance's times.</summary>
/// <param name="Column"><c>CreatedAt</c>, <c>UpdatedAt</c> or <c>FinishedAt</c>.</param>
/// <param name="Operator"><c>Is</c>, <c>IsNot</c>, <c>LessThan</c>, <c>GreaterThan</c>, <c>LessThanOrEqual</c> or <c>GreaterThanOrEqual</c>.</param>
/// <param name="Timestamp">What it is compared with.</param>
public sealed record TimeFilter(string Column, string Operator, DateTimeOffset Timestamp);

/// <summary>What a list of instances is asked for; what is empty or null does not matter.</summary>
public sealed record InstanceFilter
{
    /// <summary>These instances.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>Part of the case number, the process key or the instance's name, or a whole id of instance or case.</summary>
    public string? Search { get; init; }

    /// <summary>Processes.</summary>
    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    /// <summary>Version ids.</summary>
    public IReadOnlyList<string> VersionIds { get; init; } = [];

    /// <summary>Correlation id, which is the case's id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Number of the version.</summary>
    public int? Version { get; init; }

    /// <summary>Whether there are open incidents.</summary>
    public bool? HasIncidents { get; init; }

    /// <summary>Elsa's statuses.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Elsa's sub-statuses.</summary>
    public IReadOnlyList<string> SubStatuses { get; init; } = [];

    /// <summary>Times.</summary>
    public IReadOnlyList<TimeFilter> Times { get; init; } = [];

    /// <summary><c>Created</c>, <c>LastExecuted</c>, <c>Finished</c> or <c>Name</c>.</summary>
    public string OrderBy { get; init; } = "Created";

    /// <summary>Whether the first comes first.</summary>
    public bool Ascending { get; init; }

    /// <summary>Page, from 0.</summary>
    public int Page { get; init; }

    /// <summary>Lines of a page.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>An instance in a list: ids and structure, nothing of the form.</summary>
/// <param name="Row">The instance; its state is not loaded.</param>
/// <param name="CaseNumber">Number of its case; null when it works on none.</param>
public sealed record InstanceLine(WorkflowInstanceRow Row, string? CaseNumber);
