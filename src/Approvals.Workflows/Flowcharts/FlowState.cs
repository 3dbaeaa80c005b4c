namespace Approvals.Workflows;

/// <summary>
/// Where a flowchart stands in its present round. Indexes are those of the compiled definition version, which never
/// changes for an instance.
/// </summary>
public sealed class FlowState
{
    /// <summary>The activity the flowchart began with.</summary>
    public int Start { get; set; }

    /// <summary>By connection: 0 not visited in this round, 1 visited and followed, 2 visited and not followed.</summary>
    public byte[] Marks { get; set; } = [];

    /// <summary>By activity: 0 undecided in this round, 1 runs or has run, 2 skipped, 3 stopped by an any-join.</summary>
    public byte[] Nodes { get; set; } = [];

    /// <summary>By activity: how often it has been reached.</summary>
    public int[] Reached { get; set; } = [];

    /// <summary>By activity: how often it has completed.</summary>
    public int[] Completed { get; set; } = [];

    /// <summary>By activity: followed connections that have not led to a run yet (merge modes Stream and Cascade only).</summary>
    public int[]? Held { get; set; }

    internal const byte Followed = 1;
    internal const byte NotFollowed = 2;
    internal const byte Ran = 1;
    internal const byte Skipped = 2;
    internal const byte Stopped = 3;
}
