using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>What became of seating candidates.</summary>
public abstract record EnrolOutcome
{
    /// <summary>All of them have a seat.</summary>
    public sealed record Seated(int Count) : EnrolOutcome;

    /// <summary>There are not enough seats; nobody was seated.</summary>
    public sealed record Full(int SeatsLeft) : EnrolOutcome;

    /// <summary>The session was before somebody's notice had ended (T§13: 公示 comes before 培训考核); nobody was seated.</summary>
    public sealed record TooEarly(string Name, DateOnly WaitingSince) : EnrolOutcome;

    /// <summary>Somebody was seated elsewhere or withdrew meanwhile, or the session is closed; nobody was seated.</summary>
    public sealed record Changed : EnrolOutcome;
}

/// <summary>安排考生 — gives waiting candidates seats in a session, all of them or none.</summary>
public sealed class EnrolCandidates(
    ApprovalsDbContext db, UnitOfWork unitOfWork, TellCandidates candidates, AuditTrail audit)
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

            await candidates.UnseatedAsync(
                await db.TrainingSessions.AsNoTracking().SingleAsync(row => row.Id == sessionId, cancellationToken), [enrolmentId], cancellationToken);
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

        if (await AheadOfAsync(db, session.HeldOn, ids, cancellationToken) is { } early)
        {
            scope.Abort();
            return early;
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

        await candidates.SeatedAsync(session, ids, cancellationToken);
        audit.Record("training.seated", "training-session", sessionId.ToString(), new { enrolments = ids });
        return new EnrolOutcome.Seated(seated);
    }

    /// <summary>A candidate who came on the list after the session's day; a resit counts from when they first came on it.</summary>
    internal static async Task<EnrolOutcome.TooEarly?> AheadOfAsync(
        ApprovalsDbContext db, DateOnly heldOn, List<Guid> ids, CancellationToken cancellationToken)
    {
        var dayAfter = ChinaTime.EndOf(heldOn);
        var late = await db.TrainingEnrolments.AsNoTracking()
            .Where(row => ids.Contains(row.Id))
            .Select(row => new
            {
                row.CandidateName,
                Since = db.TrainingEnrolments.Where(one => one.BookmarkId == row.BookmarkId).Min(one => one.CreatedAt),
            })
            .Where(row => row.Since >= dayAfter)
            .OrderByDescending(row => row.Since).ThenBy(row => row.CandidateName)
            .FirstOrDefaultAsync(cancellationToken);
        return late is null ? null : new EnrolOutcome.TooEarly(late.CandidateName, ChinaTime.DateOf(late.Since));
    }

    /// <summary>
    /// Takes the session's row while its results are not published. Closes the race for the last seat: whoever counts seats holds
    /// the row until the commit.
    /// </summary>
    private async Task<bool> HoldAsync(Guid sessionId, CancellationToken cancellationToken) => await db.TrainingSessions
        .Where(row => row.Id == sessionId && row.PublishedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken) > 0;
}
