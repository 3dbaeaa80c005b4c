using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>What came of recording a refusal.</summary>
public enum RefusalOutcome
{
    /// <summary>Recorded; a redraw that waits for it goes on.</summary>
    Recorded,

    /// <summary>There is no such draw.</summary>
    NotFound,

    /// <summary>Only the owning section's handlers, head and leader may.</summary>
    NotAllowed,

    /// <summary>The person was not chosen by it, or a later draw has taken its place.</summary>
    NotChosen,

    /// <summary>It is on record already.</summary>
    Known,

    /// <summary>No reason was given.</summary>
    NoReason,
}

/// <summary>登记拒绝 — somebody drawn does not take part; the recorded refusal is the ground of a replacement, E§17.3.</summary>
public sealed class RecordRefusal(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, DrawCommitments commitments, ParticipantResolver resolver,
    CurrentPerson person, AuditTrail audit, TimeProvider time, IServiceProvider services)
{
    private static readonly string[] Recorders = ["handler@owner", "head@owner", "leader@owner"];

    /// <summary>Whether the signed-in person may record refusals in the case.</summary>
    public async Task<bool> MayAsync(Guid caseId, CancellationToken cancellationToken) =>
        person.Id is { } me && await CaseScope.LoadAsync(services, caseId, cancellationToken) is { } scope
        && (await resolver.ResolveAsync(Recorders, await scope.ParticipantsAsync(Recorders, cancellationToken), cancellationToken))
            .People.Any(one => one.PersonId == me);

    /// <summary>Records it as the signed-in person.</summary>
    /// <param name="drawId">The draw.</param>
    /// <param name="candidateId">Who refused.</param>
    /// <param name="reason">Why, at most 500 characters.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<RefusalOutcome> RecordAsync(Guid drawId, string candidateId, string? reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async unit =>
            {
                var outcome = await TryAsync(drawId, candidateId, reason?.Trim() ?? "", cancellationToken);
                if (outcome != RefusalOutcome.Recorded)
                    unit.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<RefusalOutcome> TryAsync(Guid drawId, string candidateId, string reason, CancellationToken cancellationToken)
    {
        var draw = await db.DrawRequests.AsNoTracking().FirstOrDefaultAsync(one => one.Id == drawId, cancellationToken);
        if (draw is not { Status: DrawStatus.Drawn })
            return RefusalOutcome.NotFound;
        if (!await MayAsync(draw.CaseId, cancellationToken))
            return RefusalOutcome.NotAllowed;
        if (reason.Length == 0)
            return RefusalOutcome.NoReason;

        // Race closed: a refusal against the step that asks for a redraw, and two records of one refusal. All hold the instance.
        await host.LockAsync(draw.InstanceId, cancellationToken);
        var sheet = DrawSheet.Read(await db.DrawRecords.AsNoTracking().Where(one => one.Id == drawId).Select(one => one.Sheet)
            .SingleAsync(cancellationToken));
        var chosen = sheet.Chosen().FirstOrDefault(one => one.Id == candidateId);
        var isReplaced = await db.DrawRequests.AnyAsync(
            one => one.CaseId == draw.CaseId && one.ActivityId == draw.ActivityId && one.Round > draw.Round && one.Status == DrawStatus.Drawn,
            cancellationToken);
        if (chosen is null || isReplaced)
            return RefusalOutcome.NotChosen;
        if (await db.DrawRefusals.AnyAsync(one => one.DrawId == drawId && one.CandidateId == candidateId, cancellationToken))
            return RefusalOutcome.Known;
        await AddAsync(draw, chosen, reason, sheet.Number, cancellationToken);
        return RefusalOutcome.Recorded;
    }

    private async Task AddAsync(DrawRequest draw, DrawSubject chosen, string reason, string number, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        db.DrawRefusals.Add(new DrawRefusal
        {
            DrawId = draw.Id,
            CandidateId = chosen.Id,
            Reason = reason.Length > 500 ? reason[..500] : reason,
            RecordedById = me,
            RecordedByName = person.Name,
            RecordedAt = time.GetUtcNow(),
        });
        var scope = (await CaseScope.LoadAsync(services, draw.CaseId, cancellationToken))!;
        scope.AddEvent("draw", draw.StepName, $"登记{chosen.Name}拒绝参加（{number}）", reason, new Signer(me, person.Name));
        audit.Record("draw.refused", "draw", draw.Id.ToString(), new { candidate = chosen.Id });

        var waiting = await db.DrawRequests.FirstOrDefaultAsync(
            one => one.CaseId == draw.CaseId && one.ActivityId == draw.ActivityId && one.Status == DrawStatus.NeedsGround, cancellationToken);
        if (waiting is not null)
            commitments.Commit(waiting, DrawGround.Refusal, $"{number} 抽中人员拒绝");
    }
}
