using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.Designing.Checks;
using Approvals.Core.Processes.RoundTrip;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Processes;

/// <summary>Where the shipped processes lie.</summary>
public sealed class ProcessOptions
{
    /// <summary>Folder of the processes; relative paths are looked for beside the program.</summary>
    public string Folder { get; set; } = "workflows";

    /// <summary>The folder itself.</summary>
    /// <exception cref="DirectoryNotFoundException">It is relative and does not lie beside the program.</exception>
    public string FullPath
    {
        get
        {
            if (Path.IsPathRooted(Folder))
                return Folder;
            var besideProgram = Path.Combine(AppContext.BaseDirectory, Folder);
            return Directory.Exists(besideProgram)
                ? besideProgram
                : throw new DirectoryNotFoundException($"The folder of the processes, {besideProgram}, does not exist.");
        }
    }
}

/// <summary>
/// Brings <c>workflows/</c> into the database at start-up. A changed file becomes a new published version, so running cases stay on
/// theirs; a definition that somebody edited in the designer is left alone and the difference is logged, and so is one whose files were
/// imported before and replaced by newer ones: while servers are replaced one by one, those of the old release may start again.
/// </summary>
public sealed class ImportProcesses(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    DefinitionChecks checks,
    DefinitionFileStore contents,
    AuditTrail audit,
    TimeProvider clock,
    IOptions<ProcessOptions> options,
    ILogger<ImportProcesses> logger) : IStartupTask
{
    /// <inheritdoc />
    public int Order => 200;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var packages = ProcessPackage.ReadAll(options.Value.FullPath);
        var keys = packages.Select(package => package.Key).ToList();

        // Mostly no file has changed: one look at the hashes then, and no version of any process is read.
        var known = await db.Definitions.Where(row => row.IsLatest && keys.Contains(row.DefinitionId))
            .Select(row => new { row.DefinitionId, row.SourceHash })
            .ToDictionaryAsync(row => row.DefinitionId, row => row.SourceHash, cancellationToken);
        foreach (var package in packages.Where(package => known.GetValueOrDefault(package.Key) != package.SourceHash))
        {
            await unitOfWork.RunAsync(
                async _ =>
                {
                    await ImportAsync(package, keys, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
    }

    private async Task ImportAsync(ProcessPackage package, IReadOnlyList<string> shipped, CancellationToken cancellationToken)
    {
        var definition = WorkflowDefinition.Parse(package.Json);
        var versions = await db.Definitions.Where(row => row.DefinitionId == package.Key).ToListAsync(cancellationToken);
        var latest = versions.MaxBy(row => row.Version);
        switch (ProcessFileStates.Judge(package, versions))
        {
            case FileState.InStep:
                Adopt(latest!, package);
                return;
            case FileState.FilesBehind:
                logger.LogWarning(
                    "Process {Process} was not imported: its files are those of an earlier version than {Version}, which stays published",
                    package.Key, latest!.Version);
                return;
            case FileState.DesignerAhead:
                logger.LogInformation("Process {Process} was changed in the designer; export writes it back to its files", package.Key);
                return;
            case FileState.BothChanged:
                logger.LogWarning("Process {Process} was changed in the designer and in its files; the designer's version stays", package.Key);
                return;
        }

        // A definition that cannot run must not take the place of one that can.
        var problems = DesignChecks.Errors(await checks.CheckAsync(package, shipped, cancellationToken));
        if (problems.Count > 0)
        {
            logger.LogError("Process {Process} was not imported: {Problems}", package.Key, problems);
            return;
        }

        await contents.StoreAsync(package.Files.Values, cancellationToken);
        foreach (var row in versions.Where(row => row.IsLatest || row.IsPublished))
        {
            row.IsLatest = row.IsPublished = false;
        }

        // One published and one latest version per definition is a unique index; the old ones must leave it first.
        await db.SaveChangesAsync(cancellationToken);
        var version = (latest?.Version ?? 0) + 1;
        var files = package.HashedFiles();
        db.Definitions.Add(new DefinitionVersion
        {
            Id = SortableId.New().ToString("N"),
            DefinitionId = package.Key,
            Version = version,
            Name = definition.Name ?? package.Key,
            Description = definition.Description,
            IsLatest = true,
            IsPublished = true,
            IsStartable = ProcessSettings.Read(package.Json).IsStartable,
            Json = package.Json,
            Files = files,
            Hash = DefinitionHash.Of(package.Json, files),
            SourceHash = package.SourceHash,
            CreatedAt = clock.GetUtcNow(),
        });
        audit.Record("definition.imported", "definition", package.Key, new { version, hash = package.SourceHash });
        logger.LogInformation("Imported process {Process} version {Version}", package.Key, version);
    }

    /// <summary>
    /// A published version that was written back to the files is from now on what those files say, as if it had been imported from them:
    /// the next change of a file is then newer than it.
    /// </summary>
    private static void Adopt(DefinitionVersion latest, ProcessPackage package)
    {
        if (latest.IsPublished)
            latest.SourceHash = package.SourceHash;
    }
}
