using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>What became of publishing results.</summary>
public abstract record PublishOutcome
{
    /// <summary>Published; how many passed, may sit again, failed for good, were absent.</summary>
    public sealed record Published(int Passed, int Resit, int Failed, int Absent) : PublishOutcome;

    /// <summary>Some candidates have no attendance or no score yet.</summary>
    public sealed record Incomplete(int Missing) : PublishOutcome;

    /// <summary>The session is on a later day; nothing was published.</summary>
    public sealed record TooEarly(DateOnly HeldOn) : PublishOutcome;

    /// <summary>Nobody is seated in the session.</summary>
    public sealed record Empty : PublishOutcome;

    /// <summary>The results were published before, or there is no such session.</summary>
    public sealed record AlreadyPublished : PublishOutcome;
}

/// <summary>公布成绩 — final: passes and last failures move their cases on, others go back to the waiting list.</summary>
public sealed class PublishResults(
    ApprovalsDbContext db, UnitOfWork unitOfWork, TimerService timers, Notifier notifier, AuditTrail audit, TimeProvider time)
{
    /// <summary>Publishes the results of a session.</summary>
    public Task<PublishOutcome> PublishAsync(Guid sessionId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(scope => PublishInsideAsync(scope, sessionId, cancellationToken), cancellationToken);

    private async Task<PublishOutcome> PublishInsideAsync(UnitOfWorkScope scope, Guid sessionId, CancellationToken cancellationToken)
    {
        // Closes the races of publishing twice and of scores or the day changing while they are published: one update sets the mark.
        var now = time.GetUtcNow();
        var published = await db.TrainingSessions.Where(row => row.Id == sessionId && row.PublishedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PublishedAt, now).SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
            cancellationToken);
        var session = await db.TrainingSessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == sessionId, cancellationToken);
        if (published > 0 && !session!.HasBegunBy(time.Today()))
        {
            scope.Abort();
            return new PublishOutcome.TooEarly(session.HeldOn);
        }

        var sheet = published == 0 ? [] : await db.TrainingEnrolments
            .Where(row => row.SessionId == sessionId && row.Status == TrainingStatus.Enrolled)
            .OrderBy(row => row.Id).AsNoTracking().ToListAsync(cancellationToken);
        var missing = sheet.Count(row => !TrainingResults.IsComplete(row.Attended, row.Score));
        if (published == 0 || sheet.Count == 0 || missing > 0)
        {
            scope.Abort();
            return published == 0 ? new PublishOutcome.AlreadyPublished()
                : missing > 0 ? new PublishOutcome.Incomplete(missing)
                : new PublishOutcome.Empty();
        }

        var caseIds = sheet.ConvertAll(row => row.CaseId);
        var applicants = await db.Cases.AsNoTracking().Where(row => caseIds.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.ApplicantId, cancellationToken);
        var steps = new List<ResultStep>();
        foreach (var row in sheet)
        {
            if (await ApplyAsync(row, applicants[row.CaseId], now, cancellationToken) is { } step)
            {
                steps.Add(step);
                audit.Record("training.result", "enrolment", row.Id.ToString(), new { row.Score, row.Attended, step = step.ToString() });
            }
        }

        audit.Record("training.published", "training-session", sessionId.ToString(), new { results = steps.Count });
        return new PublishOutcome.Published(
            steps.Count(step => step == ResultStep.Pass), steps.Count(step => step == ResultStep.Resit),
            steps.Count(step => step == ResultStep.Fail), steps.Count(step => step == ResultStep.WaitAgain));
    }

    /// <summary>Applies one result; null when the candidate's case was withdrawn meanwhile.</summary>
    private async Task<ResultStep?> ApplyAsync(
        TrainingEnrolment row, Guid applicant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = TrainingResults.Decide(row.Attended == true, row.Score, row.PassMark, row.Sitting, row.MaxSittings);
        var status = step switch
        {
            ResultStep.Pass => TrainingStatus.Passed,
            ResultStep.WaitAgain => TrainingStatus.Absent,
            _ => TrainingStatus.Failed,
        };

        // Closes the race with a case that is withdrawn while results are published: whoever updates the row first wins.
        var applied = await db.TrainingEnrolments.Where(one => one.Id == row.Id && one.Status == TrainingStatus.Enrolled)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, status), cancellationToken);
        if (applied == 0)
        {
            return null;
        }

        if (step is ResultStep.Resit or ResultStep.WaitAgain)
        {
            db.TrainingEnrolments.Add(row.Next(step == ResultStep.Resit ? row.Sitting + 1 : row.Sitting, now));
        }
        else
        {
            // Each case moves on in a transaction of its own: one that faults holds up no other.
            ContinueAfterTraining.Ring(timers, row, step == ResultStep.Pass, now);
        }

        var text = Words(row, step);
        notifier.Tell(applicant, text, $"/cases/{row.CaseId}", "培训考核结果");
        db.CaseEvents.Add(new CaseEvent { CaseId = row.CaseId, At = now, Kind = "training", StepName = "培训考核", Text = text });
        return step;
    }

    private static string Words(TrainingEnrolment row, ResultStep step)
    {
        var score = TrainingResults.ScoreText(row.Score);
        return step switch
        {
            ResultStep.Pass => $"培训考核合格，成绩 {score} 分",
            ResultStep.Resit => $"培训考核成绩 {score} 分，未达到 {TrainingResults.ScoreText(row.PassMark)} 分，等待安排补考",
            ResultStep.Fail => $"培训考核成绩 {score} 分，未达到 {TrainingResults.ScoreText(row.PassMark)} 分，考核不合格",
            _ => "未参加本次培训考核，等待重新安排",
        };
    }
}
