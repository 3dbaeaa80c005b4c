using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>A place where an instance waits. The host stores one row per bookmark and resumes it once.</summary>
public sealed class Bookmark
{
    /// <summary>The bookmark's own id; a resume names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>What kind of thing is waited for: one of <see cref="BookmarkKinds"/> or a kind of the host.</summary>
    public required string Kind { get; init; }

    /// <summary>What is waited for: the name of an event, the id of a child instance, a key of the host.</summary>
    public string? Key { get; init; }

    /// <summary>When a timer is due (UTC), or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>More the activity wants to find again.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>The cron expression of a recurring timer, or null.</summary>
    public string? CronExpression { get; init; }

    /// <summary>The waiting activity's id.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The waiting activity's path.</summary>
    public required string NodeId { get; init; }

    /// <summary>The run that waits.</summary>
    public required Guid ActivityRunId { get; init; }
}

/// <summary>The kinds of bookmark the runtime itself makes.</summary>
public static class BookmarkKinds
{
    /// <summary>Resume when <see cref="Bookmark.DueAt"/> has come.</summary>
    public const string Timer = "Timer";

    /// <summary>Resume when an event named <see cref="Bookmark.Key"/> is published.</summary>
    public const string Event = "Event";

    /// <summary>Resume when the child instance <see cref="Bookmark.Key"/> has finished, with its output.</summary>
    public const string Child = "Child";
}
