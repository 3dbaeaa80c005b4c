using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>What became of seating candidates.</summary>
public abstract record EnrolOutcome
{
    /// <summary>All of them have a seat.</summary>
    public sealed record Seated(int Count) : EnrolOutcome;

    /// <summary>There are not enough seats; nobody was seated.</summary>
    public sealed record Full(int SeatsLeft) : EnrolOutcome;

    /// <summary>Somebody was seated elsewhere or withdrew meanwhile, or the session is closed; nobody was seated.</summary>
    public sealed record Changed : EnrolOutcome;
}

/// <summary>安排考生 — gives waiting candidates seats in a session, all of them or none.</summary>
public sealed class EnrolCandidates(
    ApprovalsDbContext db, UnitOfWork unitOfWork, Notifier notifier, AuditTrail audit, TimeProvider time)
{
    /// <summary>Seats candidates.</summary>
    /// <param name="sessionId">Session.</param>
    /// <param name="enrolments">Waiting enrolments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<EnrolOutcome> SeatAsync(Guid sessionId, IReadOnlyCollection<Guid> enrolments, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(scope => SeatInsideAsync(scope, sessionId, [.. enrolments.Distinct()], cancellationToken), cancellationToken);

    /// <summary>Puts a candidate back on the waiting list; false when the session is closed or the candidate is not seated in it.</summary>
    public Task<bool> UnseatAsync(Guid sessionId, Guid enrolmentId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var freed = await HoldAsync(sessionId, cancellationToken)
                ? await db.TrainingEnrolments
                    .Where(row => row.Id == enrolmentId && row.SessionId == sessionId && row.Status == TrainingStatus.Enrolled)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.Status, TrainingStatus.Waiting)
                            .SetProperty(row => row.SessionId, (Guid?)null)
                            .SetProperty(row => row.Attended, (bool?)null)
                            .SetProperty(row => row.Score, (decimal?)null),
                        cancellationToken)
                : 0;
            if (freed == 0)
            {
                scope.Abort();
                return false;
            }

            audit.Record("training.unseated", "training-session", sessionId.ToString(), new { enrolment = enrolmentId });
            return true;
        },
        cancellationToken);

    private async Task<EnrolOutcome> SeatInsideAsync(
        UnitOfWorkScope scope, Guid sessionId, List<Guid> ids, CancellationToken cancellationToken)
    {
        if (!await HoldAsync(sessionId, cancellationToken))
        {
            scope.Abort();
            return new EnrolOutcome.Changed();
        }

        var session = await db.TrainingSessions.AsNoTracking().SingleAsync(row => row.Id == sessionId, cancellationToken);
        var taken = await db.TrainingEnrolments.CountAsync(
            row => row.SessionId == sessionId && row.Status == TrainingStatus.Enrolled, cancellationToken);
        if (taken + ids.Count > session.Capacity)
        {
            scope.Abort();
            return new EnrolOutcome.Full(session.Capacity - taken);
        }

        // Closes the race of one candidate being seated in two sessions, or withdrawing meanwhile: only waiting ones are found.
        var seated = await db.TrainingEnrolments.Where(row => ids.Contains(row.Id) && row.Status == TrainingStatus.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, TrainingStatus.Enrolled)
                    .SetProperty(row => row.SessionId, (Guid?)sessionId),
                cancellationToken);
        if (seated != ids.Count)
        {
            scope.Abort();
            return new EnrolOutcome.Changed();
        }

        await TellAsync(session, ids, cancellationToken);
        audit.Record("training.seated", "training-session", sessionId.ToString(), new { enrolments = ids });
        return new EnrolOutcome.Seated(seated);
    }

    /// <summary>
    /// Takes the session's row while its results are not published. Closes the race for the last seat: whoever counts seats holds
    /// the row until the commit.
    /// </summary>
    private async Task<bool> HoldAsync(Guid sessionId, CancellationToken cancellationToken) => await db.TrainingSessions
        .Where(row => row.Id == sessionId && row.PublishedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken) > 0;

    private async Task TellAsync(TrainingSession session, List<Guid> ids, CancellationToken cancellationToken)
    {
        var cases = await (
                from enrolment in db.TrainingEnrolments
                join one in db.Cases on enrolment.CaseId equals one.Id
                where ids.Contains(enrolment.Id)
                select new { one.Id, one.ApplicantId })
            .ToListAsync(cancellationToken);
        var text = $"请于{ChineseDate.Of(session.HeldOn)}参加“{session.Title}”，地点：{session.Place}";
        foreach (var one in cases)
        {
            notifier.Tell(one.ApplicantId, text, $"/cases/{one.Id}", "培训考核安排");
            db.CaseEvents.Add(new CaseEvent
            {
                CaseId = one.Id, At = time.GetUtcNow(), Kind = "training", StepName = "培训考核",
                Text = $"安排参加“{session.Title}”（{ChineseDate.Of(session.HeldOn)}，{session.Place}）",
            });
        }
    }
}
