using Approvals.Core.Missions;

namespace Approvals.Core.Allowances;

/// <summary>One version of the rate table (工作补助标准), never changed: a change is a new version with a reason.</summary>
public sealed class AllowanceRateTable
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Version, from 1; unique, so two changes at once cannot both be the next.</summary>
    public int Version { get; init; }

    /// <summary>Document the rates rest on, or why they change.</summary>
    public required string Reason { get; init; }

    /// <summary>Who set it; null for the shipped demonstration.</summary>
    public Guid? SetById { get; init; }

    /// <summary>Name of who set it.</summary>
    public required string SetByName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset SetAt { get; init; }
}

/// <summary>One row of a rate table: yuan a day for a level and region in a period.</summary>
public sealed class AllowanceRate
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The version of the table.</summary>
    public Guid TableId { get; init; }

    /// <summary>Level of the event.</summary>
    public EventLevel Level { get; init; }

    /// <summary>Region (dictionary code).</summary>
    public required string Region { get; init; }

    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day; null while it lasts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Yuan for a whole day.</summary>
    public decimal Daily { get; init; }
}
