using Approvals.Core.Processes.RoundTrip;

namespace Approvals.Core.Processes.Overview;

/// <summary>A process in the process owner's list (流程管理).</summary>
/// <param name="Key">Process key.</param>
/// <param name="Versions">Its versions, the newest first; never empty.</param>
/// <param name="Files">How it stands to the files it was shipped in; null when it has none.</param>
public sealed record ProcessLine(string Key, IReadOnlyList<VersionLine> Versions, FileState? Files)
{
    /// <summary>The newest version, a draft or not.</summary>
    public VersionLine Latest => Versions[0];

    /// <summary>The one that new cases start on; null when none is published.</summary>
    public VersionLine? Published => Versions.FirstOrDefault(version => version.State == VersionState.Published);

    /// <summary>What a process owner is working on; null when the newest version is published or was.</summary>
    public VersionLine? Draft => Latest.State == VersionState.Draft ? Latest : null;
}

/// <summary>One version of a process.</summary>
/// <param name="Id">Version id.</param>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="Name">Name of the process in it.</param>
/// <param name="State">Draft, published, earlier.</param>
/// <param name="ChangedAt">When it last changed: saved, published, or imported.</param>
/// <param name="ChangedBy">Name of who changed it; null for an import of files.</param>
/// <param name="Reason">Why it was published, when its publisher said so.</param>
/// <param name="Open">Runs on it that have not ended, those of sub-processes included.</param>
/// <param name="Incidents">Faults of those runs that wait for somebody.</param>
/// <param name="Hash">Its hash, which the audit record quotes.</param>
public sealed record VersionLine(
    string Id, int Version, string Name, VersionState State, DateTimeOffset ChangedAt, string? ChangedBy, string? Reason,
    int Open, int Incidents, string Hash);

/// <summary>What a version is for.</summary>
public enum VersionState
{
    /// <summary>Being edited (草稿).</summary>
    Draft,

    /// <summary>New cases start on it (已发布).</summary>
    Published,

    /// <summary>Was published, or given up; cases may still run on it.</summary>
    Earlier,
}
