using Approvals.Workflows;

namespace Approvals.Core.Processes;

/// <summary>
/// What an instance did in one burst (执行日志): one row holds all its lines, because they are written together, never change, and are
/// only ever read together.
/// </summary>
public sealed class JournalBurst
{
    /// <summary>Whose.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Number of the first line; lines are numbered 0, 1, 2 … per instance.</summary>
    public long First { get; init; }

    /// <summary>When the burst began.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The lines as JSON; <see cref="Read"/> reads them.</summary>
    public required string Lines { get; init; }

    /// <summary>The row of a burst; null when it did nothing.</summary>
    internal static JournalBurst? Of(Guid instanceId, IReadOnlyList<JournalEntry> entries) => entries.Count == 0
        ? null
        : new JournalBurst
        {
            InstanceId = instanceId,
            First = entries[0].Sequence,
            At = entries[0].At,
            Lines = JournalText.Write(entries),
        };

    /// <summary>The lines in the order they happened.</summary>
    public IReadOnlyList<JournalLine> Read() => JournalText.Read(InstanceId, Lines, At);
}
