using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>A session in the list.</summary>
public sealed record SessionLine(TrainingSession Session, int Seated);

/// <summary>A candidate in a list, with the case.</summary>
public sealed record CandidateLine(TrainingEnrolment Enrolment, string CaseNumber);

/// <summary>Reads training for its pages.</summary>
public sealed class TrainingQuery(ApprovalsDbContext db)
{
    /// <summary>Candidates without a seat, longest waiting first; at most 500.</summary>
    public Task<List<CandidateLine>> WaitingAsync(CancellationToken cancellationToken) =>
        CandidatesAsync(db.TrainingEnrolments.Where(row => row.Status == TrainingStatus.Waiting), cancellationToken);

    /// <summary>Sessions, unpublished first, then the newest; at most 100.</summary>
    public async Task<IReadOnlyList<SessionLine>> SessionsAsync(CancellationToken cancellationToken)
    {
        var sessions = await db.TrainingSessions.AsNoTracking()
            .OrderBy(row => row.PublishedAt != null).ThenByDescending(row => row.HeldOn).Take(100).ToListAsync(cancellationToken);
        var ids = sessions.ConvertAll(row => (Guid?)row.Id);
        var seated = await db.TrainingEnrolments.Where(row => ids.Contains(row.SessionId) && row.Status != TrainingStatus.Withdrawn)
            .GroupBy(row => row.SessionId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key!.Value, group => group.Count, cancellationToken);
        return sessions.ConvertAll(row => new SessionLine(row, seated.GetValueOrDefault(row.Id)));
    }

    /// <summary>A session; null when there is none.</summary>
    public Task<TrainingSession?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.TrainingSessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The candidates of a session.</summary>
    public Task<List<CandidateLine>> CandidatesAsync(Guid sessionId, CancellationToken cancellationToken) =>
        CandidatesAsync(db.TrainingEnrolments.Where(row => row.SessionId == sessionId), cancellationToken);

    private Task<List<CandidateLine>> CandidatesAsync(IQueryable<TrainingEnrolment> rows, CancellationToken cancellationToken) => (
            from enrolment in rows.AsNoTracking()
            join one in db.Cases.AsNoTracking() on enrolment.CaseId equals one.Id
            orderby enrolment.CreatedAt, enrolment.Id
            select new CandidateLine(enrolment, one.Number ?? ""))
        .Take(500)
        .ToListAsync(cancellationToken);
}
