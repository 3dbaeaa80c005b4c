using Approvals.Core.Data;
using Approvals.Core.Processes.Designing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Processes.RoundTrip;

/// <summary>How a process in the database and its files in <c>workflows/</c> stand to each other.</summary>
public enum FileState
{
    /// <summary>一致 — the newest version is what the files hold.</summary>
    InStep,

    /// <summary>Files are newer and nobody has edited: the next start imports them, or something is wrong with them.</summary>
    FilesAhead,

    /// <summary>文件较旧 — the files are what an earlier import brought: a server of an older release, whose files must not undo a newer one's.</summary>
    FilesBehind,

    /// <summary>The designer has gone on from what the files hold; <c>export</c> writes it back.</summary>
    DesignerAhead,

    /// <summary>Both have changed since they last agreed: somebody has to decide.</summary>
    BothChanged,
}

/// <summary>The state of one process.</summary>
/// <param name="DefinitionId">Process key.</param>
/// <param name="State">Its state.</param>
public sealed record ProcessFileState(string DefinitionId, FileState State);

/// <summary>Compares the database with the files, for the list of processes and for the start.</summary>
public sealed class ProcessFileStates(ApprovalsDbContext db, IOptions<ProcessOptions> options)
{
    /// <summary>The states of all processes that have files.</summary>
    public async Task<IReadOnlyList<ProcessFileState>> ListAsync(CancellationToken cancellationToken)
    {
        var packages = ProcessPackage.ReadAll(options.Value.FullPath);
        var keys = packages.Select(package => package.Key).ToList();
        var versions = await db.Definitions.AsNoTracking().Where(row => keys.Contains(row.DefinitionId)).ToListAsync(cancellationToken);
        return
        [
            .. packages.Select(package => new ProcessFileState(
                package.Key, Judge(package, [.. versions.Where(row => row.DefinitionId == package.Key)]))),
        ];
    }

    /// <summary>The state of a process by its files and all its versions. Pure.</summary>
    public static FileState Judge(ProcessPackage package, IReadOnlyList<DefinitionVersion> versions)
    {
        var latest = versions.MaxBy(row => row.Version);
        if (latest is null)
            return FileState.FilesAhead;
        if (IsSame(latest, package))
            return FileState.InStep;

        // A process that was retracted is not published again by a file: taking it down was somebody's decision.
        if (latest is { SourceHash: not null, IsPublished: true })
            return versions.Any(row => row.SourceHash is not null && IsSame(row, package)) ? FileState.FilesBehind : FileState.FilesAhead;
        return versions.Any(row => IsSame(row, package)) ? FileState.DesignerAhead : FileState.BothChanged;
    }

    /// <summary>Whether a version is what the files hold, however they are spelt.</summary>
    private static bool IsSame(DefinitionVersion row, ProcessPackage package) =>
        row.SourceHash == package.SourceHash
        || (row.Files == package.HashedFiles() && DesignJson.ContentHash(row.Json) == DesignJson.ContentHash(package.Json));
}
