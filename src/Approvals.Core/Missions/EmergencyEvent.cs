namespace Approvals.Core.Missions;

/// <summary>Grade of an event (突发事件等级), 突发事件应对法; the higher, the more serious.</summary>
public enum EventLevel
{
    /// <summary>一般 (IV级).</summary>
    Ordinary,

    /// <summary>较大 (III级).</summary>
    Larger,

    /// <summary>重大 (II级).</summary>
    Serious,

    /// <summary>特别重大 (I级).</summary>
    Extraordinary,
}

/// <summary>Where an event stands.</summary>
public enum EventStatus
{
    /// <summary>处置中.</summary>
    Open,

    /// <summary>已结束.</summary>
    Closed,
}

/// <summary>An event (突发事件) with a command on the scene, T§6; its missions, roster and log hang on it.</summary>
public sealed class EmergencyEvent
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>事件编号, TFSJ-2026-0001, gapless per year.</summary>
    public required string Number { get; init; }

    /// <summary>Name as the orders print it, e.g. 江州化工园区“11·23”泄漏事故.</summary>
    public required string Name { get; set; }

    /// <summary>Specialty asked for (dictionary code).</summary>
    public required string Specialty { get; set; }

    /// <summary>The same in Chinese when the event was opened.</summary>
    public required string SpecialtyName { get; set; }

    /// <summary>Grade.</summary>
    public EventLevel Level { get; set; }

    /// <summary>Region (dictionary code); chooses the allowance rate.</summary>
    public required string Region { get; set; }

    /// <summary>The same in Chinese when the event was opened.</summary>
    public required string RegionName { get; set; }

    /// <summary>Place in words.</summary>
    public required string Place { get; set; }

    /// <summary>Latitude in degrees (GCJ-02 or WGS-84, the same as the commanders' bases); null when not known.</summary>
    public double? Latitude { get; set; }

    /// <summary>Longitude in degrees.</summary>
    public double? Longitude { get; set; }

    /// <summary>What is known, for the commanders; at most 2,000 characters.</summary>
    public string? Description { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>总指挥.</summary>
    public Guid GeneralCommanderId { get; set; }

    /// <summary>Name of the general commander.</summary>
    public required string GeneralCommanderName { get; set; }

    /// <summary>Where it stands.</summary>
    public EventStatus Status { get; set; }

    /// <summary>Who opened it.</summary>
    public Guid OpenedById { get; init; }

    /// <summary>Name of who opened it.</summary>
    public required string OpenedByName { get; init; }

    /// <summary>When it was opened here.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Who closed it.</summary>
    public string? ClosedByName { get; set; }

    /// <summary>How it ended, in words.</summary>
    public string? ClosingNote { get; set; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A reference roster (参考名册) as it was offered to the general commander, T§15(4); never changed.</summary>
public sealed class EventRoster
{
    /// <summary>Version-7 UUID; the newest one counts.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid EventId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset OfferedAt { get; init; }

    /// <summary>Who offered it.</summary>
    public Guid OfferedById { get; init; }

    /// <summary>Name of who offered it.</summary>
    public required string OfferedByName { get; init; }

    /// <summary>The lines in order, as JSON (<see cref="RosterLine"/>).</summary>
    public required string Lines { get; init; }
}

/// <summary>What is written down on the scene.</summary>
public enum EventLogKind
{
    /// <summary>现场情况 — situation and progress, T§7(三)(五).</summary>
    Situation,

    /// <summary>拟定方案 — a plan put before the command, T§7(二).</summary>
    PlanProposed,

    /// <summary>方案批准 — the command agrees, T§7(二).</summary>
    PlanApproved,

    /// <summary>撤离决定 — rescuers in danger are withdrawn, T§9(三).</summary>
    Withdrawal,

    /// <summary>请求支援 — problems that others must solve, T§9(四).</summary>
    HelpRequest,

    /// <summary>指挥变动 — commanders appointed, changed, terminated; written by the system.</summary>
    Command,
}

/// <summary>One line of the log on the scene (现场记录), append-only.</summary>
public sealed class EventLogEntry
{
    /// <summary>Version-7 UUID; orders the log.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid EventId { get; init; }

    /// <summary>Mission of who wrote it; null for the command and the duty office.</summary>
    public Guid? MissionId { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it happened, never later than <see cref="At"/>.</summary>
    public DateTimeOffset HappenedAt { get; init; }

    /// <summary>What it is.</summary>
    public EventLogKind Kind { get; init; }

    /// <summary>In words, at most 2,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it; null for the system.</summary>
    public Guid? ById { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string ByName { get; init; }

    /// <summary>As what: 总指挥, 值班室, 技术指挥官.</summary>
    public required string ByRole { get; init; }
}
