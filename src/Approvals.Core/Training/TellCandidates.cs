using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>Tells candidates when and where they sit, when that changes, and when they have no seat any more; their cases keep it.</summary>
public sealed class TellCandidates(ApprovalsDbContext db, Notifier notifier, TimeProvider time)
{
    /// <summary>They have a seat.</summary>
    public Task SeatedAsync(TrainingSession session, IReadOnlyCollection<Guid> enrolments, CancellationToken cancellationToken) => TellAsync(
        enrolments, $"请于{ChineseDate.Of(session.HeldOn)}参加“{session.Title}”，地点：{session.Place}", "培训考核安排",
        $"安排参加“{session.Title}”（{ChineseDate.Of(session.HeldOn)}，{session.Place}）", cancellationToken);

    /// <summary>Day, place or name of their session is another.</summary>
    public Task MovedAsync(TrainingSession session, IReadOnlyCollection<Guid> enrolments, CancellationToken cancellationToken) => TellAsync(
        enrolments, $"培训考核有调整：请于{ChineseDate.Of(session.HeldOn)}参加“{session.Title}”，地点：{session.Place}", "培训考核安排有调整",
        $"培训考核调整为“{session.Title}”（{ChineseDate.Of(session.HeldOn)}，{session.Place}）", cancellationToken);

    /// <summary>They wait again.</summary>
    public Task UnseatedAsync(TrainingSession session, IReadOnlyCollection<Guid> enrolments, CancellationToken cancellationToken) => TellAsync(
        enrolments, $"您不再参加{ChineseDate.Of(session.HeldOn)}的“{session.Title}”，请等待另行安排", "培训考核安排有调整",
        $"退出“{session.Title}”，等待重新安排", cancellationToken);

    private async Task TellAsync(
        IReadOnlyCollection<Guid> enrolments, string text, string subject, string line, CancellationToken cancellationToken)
    {
        var cases = await (
                from enrolment in db.TrainingEnrolments
                join one in db.Cases on enrolment.CaseId equals one.Id
                where enrolments.Contains(enrolment.Id)
                select new { one.Id, one.ApplicantId })
            .ToListAsync(cancellationToken);
        foreach (var one in cases)
        {
            notifier.Tell(one.ApplicantId, text, $"/cases/{one.Id}", subject);
            db.CaseEvents.Add(new CaseEvent { CaseId = one.Id, At = time.GetUtcNow(), Kind = "training", StepName = "培训考核", Text = line });
        }
    }
}
