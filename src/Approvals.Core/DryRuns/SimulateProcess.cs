using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>Which version of a process is tried.</summary>
/// <param name="Process">Process key.</param>
/// <param name="Version">Its number; null for the published one, or the newest with <paramref name="Draft"/>.</param>
/// <param name="Draft">True for the newest version, published or not.</param>
public sealed record DryRunSubject(string Process, int? Version = null, bool Draft = false);

/// <summary>
/// 试运行 — plays a version of a process with a script in a sandbox: the real use cases and activities on a throw-away database with a
/// clock that jumps. The real database is read and never written. Scoped.
/// </summary>
public sealed class SimulateProcess(ApprovalsDbContext db, IDryRunSandboxes sandboxes, TimeProvider time)
{
    /// <summary>Longest a dry run may take.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    /// <summary>The version that would be tried; null when there is none.</summary>
    public Task<DefinitionVersion?> FindAsync(DryRunSubject subject, CancellationToken cancellationToken)
    {
        var versions = db.Definitions.AsNoTracking().Where(row => row.DefinitionId == subject.Process);
        return (subject switch
        {
            { Version: { } number } => versions.Where(row => row.Version == number),
            { Draft: true } => versions.Where(row => row.IsLatest),
            _ => versions.Where(row => row.IsPublished),
        }).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Plays a version.</summary>
    /// <param name="tried">The version.</param>
    /// <param name="answers">The script.</param>
    /// <param name="folder">Where the PDFs go; made when it does not exist.</param>
    /// <param name="progress">Told before each act; null for nobody.</param>
    /// <param name="cancellationToken">Stops it without a result.</param>
    public async Task<DryRunReport> RunAsync(
        DefinitionVersion tried, DryRunAnswers answers, string folder, Func<DryRunProgress, Task>? progress,
        CancellationToken cancellationToken)
    {
        var start = answers.StartOn is { } day ? ChinaTime.Instant(day, new TimeOnly(9, 0)) : time.GetUtcNow();
        var clock = new VirtualClock(start);
        await using var sandbox = await sandboxes.OpenAsync(clock, cancellationToken);
        await using var scope = sandbox.Services.CreateAsyncScope();
        var copy = new CopyToSandbox(db, scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>());
        await copy.CopyAsync(tried, cancellationToken);
        await Specimens.AddAsync(scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>(), tried, start, cancellationToken);
        var stage = new DryRunStage(sandbox.Services, clock, answers) { UserNames = await copy.UserNamesAsync(cancellationToken) };
        var driver = new DryRunDriver(stage, clock, [.. scope.ServiceProvider.GetServices<IDryRunActor>()], progress);
        var (end, problem) = await PlayAsync(stage, driver, answers.Within ?? tried.DefinitionId, cancellationToken);
        await driver.RenderAsync(cancellationToken);
        NoteUnused(stage);
        var report = new DryRunReport
        {
            Process = tried.DefinitionId,
            ProcessName = tried.Name,
            Version = tried.Version,
            IsDraft = !tried.IsPublished,
            Hash = tried.Hash,
            BeganAt = start,
            EndedAt = clock.GetUtcNow(),
            End = end,
            Problem = problem,
        };
        return await stage.AsAsync(
            null,
            async services =>
            {
                report = await services.GetRequiredService<ReadDryRun>().ReadAsync(report, cancellationToken);
                var documents = await KeepDocumentsAsync(services, folder, cancellationToken);
                return report with { Documents = documents, Notes = [.. stage.Notes] };
            },
            cancellationToken);
    }

    private static async Task<(DryRunEnd End, string? Problem)> PlayAsync(
        DryRunStage stage, DryRunDriver driver, string process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRun);
        try
        {
            return await new BeginDryRun(stage).BeginAsync(process, limit.Token) is { } problem
                ? (DryRunEnd.NotStarted, problem)
                : (await driver.PlayAsync(limit.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stage.Note($"试运行超过 {LongestRun.TotalMinutes:0} 分钟，已停止；以下是到停止时为止的结果。");
            return (DryRunEnd.Limit, null);
        }
    }

    private static void NoteUnused(DryRunStage stage)
    {
        var asked = stage.AskedSteps.SelectMany(one => new[] { one.Activity, $"{one.Process}/{one.Activity}" }).ToHashSet(StringComparer.Ordinal);
        foreach (var step in stage.Answers.Steps.Keys.Where(step => !asked.Contains(step)))
            stage.Note($"脚本中的环节“{step}”没有走到，其办理结果未使用。");
    }

    private static async Task<List<DryRunDocument>> KeepDocumentsAsync(
        IServiceProvider services, string folder, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var files = services.GetRequiredService<FileStore>();
        var documents = await db.Documents.AsNoTracking().OrderBy(row => row.IssuedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var kept = new List<DryRunDocument>();
        foreach (var document in documents)
        {
            string? name = null;
            if (await db.Files.AsNoTracking().FirstOrDefaultAsync(row => row.Id == document.FileId, cancellationToken) is { } stored)
            {
                Directory.CreateDirectory(folder);
                name = $"{kept.Count + 1:00}-{SafeName(document.Title)}.pdf";
                await using var content = await files.OpenAsync(stored, cancellationToken);
                await using var file = File.Create(Path.Combine(folder, name));
                await content.CopyToAsync(file, cancellationToken);
            }

            kept.Add(new DryRunDocument(document.Title, document.Number, document.Template, name));
        }

        return kept;
    }

    private static string SafeName(string title)
    {
        var name = string.Concat(title.Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '（' or '）'));
        return name.Length > 40 ? name[..40] : name;
    }
}
