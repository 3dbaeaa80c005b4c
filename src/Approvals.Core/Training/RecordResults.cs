using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>A row of the result sheet as typed.</summary>
/// <param name="EnrolmentId">Whose.</param>
/// <param name="Attended">Whether the candidate came; null when not recorded yet.</param>
/// <param name="Score">Score; null when not recorded yet.</param>
public sealed record ResultInput(Guid EnrolmentId, bool? Attended, decimal? Score);

/// <summary>What became of saving a result sheet.</summary>
public abstract record RecordOutcome
{
    /// <summary>Stored; rows may still be incomplete.</summary>
    public sealed record Saved : RecordOutcome;

    /// <summary>Some rows are wrong; nothing was stored.</summary>
    public sealed record Invalid(IReadOnlyDictionary<Guid, string> Problems) : RecordOutcome;

    /// <summary>The session is on a later day (T§13(四): who has been trained and examined); nothing was stored.</summary>
    public sealed record TooEarly(DateOnly HeldOn) : RecordOutcome;

    /// <summary>The results are published, or a candidate is no longer seated here; nothing was stored.</summary>
    public sealed record Changed : RecordOutcome;
}

/// <summary>登记成绩 — records attendance and scores; they count only once they are published.</summary>
public sealed class RecordResults(ApprovalsDbContext db, UnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Stores the rows, all or none.</summary>
    public async Task<RecordOutcome> SaveAsync(
        Guid sessionId, IReadOnlyList<ResultInput> rows, CancellationToken cancellationToken)
    {
        var problems = rows.Select(row => (row.EnrolmentId, Problem: TrainingResults.Problem(row.Attended, row.Score)))
            .Where(row => row.Problem is not null).ToDictionary(row => row.EnrolmentId, row => row.Problem!);
        return problems.Count > 0
            ? new RecordOutcome.Invalid(problems)
            : await unitOfWork.RunAsync(scope => SaveInsideAsync(scope, sessionId, rows, cancellationToken), cancellationToken);
    }

    private async Task<RecordOutcome> SaveInsideAsync(
        UnitOfWorkScope scope, Guid sessionId, IReadOnlyList<ResultInput> rows, CancellationToken cancellationToken)
    {
        // Closes the races with publishing and with another day: they hold the same row, so either these scores are published or refused.
        var held = await db.TrainingSessions.Where(row => row.Id == sessionId && row.PublishedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
        var session = await db.TrainingSessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == sessionId, cancellationToken);
        if (held > 0 && !session!.HasBegunBy(time.Today()))
        {
            scope.Abort();
            return new RecordOutcome.TooEarly(session.HeldOn);
        }

        var stored = 0;
        foreach (var row in held == 0 ? [] : rows)
        {
            stored += await db.TrainingEnrolments
                .Where(one => one.Id == row.EnrolmentId && one.SessionId == sessionId && one.Status == TrainingStatus.Enrolled)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Attended, row.Attended).SetProperty(one => one.Score, row.Score),
                    cancellationToken);
        }

        if (held == 0 || stored != rows.Count)
        {
            scope.Abort();
            return new RecordOutcome.Changed();
        }

        return new RecordOutcome.Saved();
    }
}
