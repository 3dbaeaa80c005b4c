using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Moving;

/// <summary>What became of a move.</summary>
public abstract record MoveOutcome
{
    /// <summary>It goes on in the new version.</summary>
    public sealed record Moved(MoveLine Line) : MoveOutcome;

    /// <summary>It cannot; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : MoveOutcome;

    /// <summary>There is no such instance or version, or the instance is on that version already.</summary>
    public sealed record NotFound : MoveOutcome;
}

/// <summary>
/// 移动在办业务件 — brings one running instance to another version of its process, in one transaction under its locks. Nothing is run, no
/// task is made or closed: open tasks keep their people, deadlines and outcomes; their forms are those of the new version from then on.
/// </summary>
public sealed class MoveInstance(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionCatalogue catalogue, WorkflowHost host, MovePreview preview, CurrentPerson person,
    AuditTrail audit, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Moves an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="versionId">The version it goes on in.</param>
    /// <param name="reason">Why; stands in the history of the case.</param>
    /// <param name="batch">Names the moves that were asked for together.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<MoveOutcome> MoveAsync(
        Guid instanceId, string versionId, string reason, Guid batch, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await MoveInsideAsync(instanceId, versionId, reason, batch, cancellationToken);
                if (outcome is not MoveOutcome.Moved)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<MoveOutcome> MoveInsideAsync(
        Guid instanceId, string versionId, string reason, Guid batch, CancellationToken cancellationToken)
    {
        if (!await db.Instances.AnyAsync(row => row.Id == instanceId, cancellationToken)
            || !await db.Definitions.AnyAsync(row => row.Id == versionId, cancellationToken))
        {
            return new MoveOutcome.NotFound();
        }

        // Race closed: a decision, a deadline or another move at the same time. All take the case and the instance; what was judged on
        // the page is judged again on what stands now.
        var instance = await host.LockAsync(instanceId, cancellationToken);
        if (instance.DefinitionVersionId == versionId)
            return new MoveOutcome.NotFound();
        var from = await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken);
        var target = await catalogue.GetAsync(versionId, cancellationToken);
        var number = await db.Cases.Where(row => row.Id == instance.CaseId).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        var line = await preview.JudgeAsync(instance, number, target, cancellationToken);
        if (!line.CanMove)
            return new MoveOutcome.Refused(line.Problems);

        instance.State = line.Verdict.State!.Serialize();
        instance.DefinitionVersionId = target.Row.Id;
        instance.Version = target.Row.Version;
        instance.UpdatedAt = clock.GetUtcNow();
        if (JournalBurst.Of(instanceId, [line.Verdict.Journal!]) is { } burst)
            db.Journal.Add(burst);
        await KeepStepsAsync(instanceId, line.Verdict, cancellationToken);
        await TellCaseAsync(instance, from, target, line, reason, cancellationToken);
        audit.Record("instance.moved", "instance", instanceId.ToString(), new
        {
            process = instance.DefinitionId,
            caseId = instance.CaseId,
            number,
            from = from.Row.Hash,
            fromVersion = from.Row.Version,
            to = target.Row.Hash,
            toVersion = target.Row.Version,
            at = line.Verdict.Places.Select(place => place.NodeId),
            batch,
        });
        return new MoveOutcome.Moved(line);
    }

    private async Task KeepStepsAsync(Guid instanceId, MoveVerdict verdict, CancellationToken cancellationToken)
    {
        // By run and not by activity: in a process that is used twice each place has steps of its own before it.
        var runs = verdict.State!.Bookmarks.ToDictionary(bookmark => bookmark.Id, bookmark => bookmark.ActivityRunId);
        var open = await db.StepRuns.Where(step => step.InstanceId == instanceId && (step.Status == StepStatus.Open || step.Status == StepStatus.Unassigned))
            .Select(step => new { step.Id, step.BookmarkId, step.Options }).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var step in open)
        {
            var place = verdict.Places.FirstOrDefault(one => runs.TryGetValue(step.BookmarkId, out var run) && one.RunId == run);
            var options = MovePreview.Kept(step.Options, place?.Earlier ?? []);
            await db.StepRuns.Where(one => one.Id == step.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Options, options), cancellationToken);
        }
    }

    private async Task TellCaseAsync(
        WorkflowInstanceRow instance, LoadedDefinition from, LoadedDefinition target, MoveLine line, string reason,
        CancellationToken cancellationToken)
    {
        if (instance.CaseId is not { } caseId || await CaseScope.LoadAsync(services, caseId, cancellationToken) is not { } found)
            return;
        await db.Entry(found.Row).ReloadAsync(cancellationToken);
        if (found.Row.InstanceId == instance.Id)
        {
            // Forms, dictionaries and document texts of the case are those of the version its main instance runs on.
            found.Row.DefinitionVersionId = target.Row.Id;
            found.Row.ProcessName = target.Row.Name;
            var names = line.Verdict.Places.Select(place => place.After).Distinct().ToList();
            found.Row.CurrentSteps = names.Count == 0 ? null : string.Join("、", names);
            found.Row.UpdatedAt = clock.GetUtcNow();
        }

        found.AddEvent(
            "moved", null, $"流程由第 {from.Row.Version} 版调整为第 {target.Row.Version} 版，已办环节不变", reason,
            new Signer(person.RequiredId, person.Name));
    }
}
