namespace Approvals.Workflows;

/// <summary>Why an instance cannot go on in another version.</summary>
/// <param name="NodeId">Path of the activity it is about; the workflow's own for the whole.</param>
/// <param name="Message">What to tell the process owner, in Chinese.</param>
public sealed record MoveProblem(string NodeId, string Message);

/// <summary>Where an instance stands before and after a move.</summary>
/// <param name="NodeId">Path of the activity; the same in both versions.</param>
/// <param name="RunId">The run that stands there; it stays the same run.</param>
/// <param name="Before">Name in the version it ran on.</param>
/// <param name="After">Name in the version it moves to.</param>
/// <param name="Earlier">Ids of the activities that it may be returned to in the new version.</param>
public sealed record MovePlace(string NodeId, Guid RunId, string Before, string After, IReadOnlyList<string> Earlier);

/// <summary>What would become of an instance in another version. Nothing was run to find out.</summary>
public sealed record MoveVerdict
{
    /// <summary>Why it cannot be moved; empty when it can.</summary>
    public IReadOnlyList<MoveProblem> Problems { get; init; } = [];

    /// <summary>Whether it can be moved.</summary>
    public bool CanMove => Problems.Count == 0;

    /// <summary>Activities it stands at.</summary>
    public IReadOnlyList<MovePlace> Places { get; init; } = [];

    /// <summary>Names of activities that only the new version has and that this instance has passed already.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    /// <summary>Names of activities that only the new version has and that may lie ahead of it.</summary>
    public IReadOnlyList<string> Ahead { get; init; } = [];

    /// <summary>Names of activities that lay ahead of it and that the new version has no more.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>The state in the new version; null when it cannot be moved.</summary>
    public WorkflowState? State { get; init; }

    /// <summary>The line for the journal; null when it cannot be moved.</summary>
    public JournalEntry? Journal { get; init; }
}
