using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Training;

/// <summary>A session as typed.</summary>
/// <param name="Title">Name.</param>
/// <param name="HeldOn">Day.</param>
/// <param name="Place">Where.</param>
/// <param name="Capacity">Seats.</param>
public sealed record SessionInput(string? Title, DateOnly? HeldOn, string? Place, int? Capacity)
{
    /// <summary>What is wrong, by field, in plain Chinese; empty when it can be stored.</summary>
    public IReadOnlyDictionary<string, string> Problems()
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if ((Title?.Trim().Length ?? 0) is < 2 or > 100)
        {
            problems[nameof(Title)] = "请填写班次名称（2 至 100 个字）";
        }

        if (HeldOn is null)
        {
            problems[nameof(HeldOn)] = "请填写开班日期";
        }

        if ((Place?.Trim().Length ?? 0) is < 2 or > 100)
        {
            problems[nameof(Place)] = "请填写地点（2 至 100 个字）";
        }

        if (Capacity is null or < 1 or > 500)
        {
            problems[nameof(Capacity)] = "名额应在 1 至 500 之间";
        }

        return problems;
    }
}

/// <summary>What became of planning a session.</summary>
public abstract record PlanOutcome
{
    /// <summary>Stored.</summary>
    public sealed record Saved(Guid Id) : PlanOutcome;

    /// <summary>Something is missing or wrong.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string> Problems) : PlanOutcome;

    /// <summary>There is none, its results are published, or somebody else changed it meanwhile.</summary>
    public sealed record Changed : PlanOutcome;
}

/// <summary>安排班次 — plans a training session, or changes one whose results are not published.</summary>
public sealed class PlanSession(
    ApprovalsDbContext db, UnitOfWork unitOfWork, TellCandidates candidates, CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>Makes a session.</summary>
    public Task<PlanOutcome> CreateAsync(SessionInput input, CancellationToken cancellationToken)
    {
        var problems = input.Problems();
        return problems.Count > 0
            ? Task.FromResult<PlanOutcome>(new PlanOutcome.Invalid(problems))
            : unitOfWork.RunAsync<PlanOutcome>(
                _ =>
                {
                    var session = new TrainingSession
                    {
                        Title = input.Title!.Trim(), HeldOn = input.HeldOn!.Value, Place = input.Place!.Trim(),
                        Capacity = input.Capacity!.Value,
                    };
                    db.TrainingSessions.Add(session);
                    audit.Record("training.session-planned", "training-session", session.Id.ToString(), new { session.Title, session.Capacity });
                    return Task.FromResult<PlanOutcome>(new PlanOutcome.Saved(session.Id));
                },
                cancellationToken);
    }

    /// <summary>Changes a session.</summary>
    /// <param name="id">Which.</param>
    /// <param name="input">New values.</param>
    /// <param name="rowVersion">Version the page was drawn with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PlanOutcome> ChangeAsync(Guid id, SessionInput input, int rowVersion, CancellationToken cancellationToken)
    {
        var problems = input.Problems();
        return problems.Count > 0
            ? new PlanOutcome.Invalid(problems)
            : await unitOfWork.RunAsync(scope => ChangeInsideAsync(scope, id, input, rowVersion, cancellationToken), cancellationToken);
    }

    private async Task<PlanOutcome> ChangeInsideAsync(
        UnitOfWorkScope scope, Guid id, SessionInput input, int rowVersion, CancellationToken cancellationToken)
    {
        var before = await db.TrainingSessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        var (title, place) = (input.Title!.Trim(), input.Place!.Trim());
        var (day, seats) = (input.HeldOn!.Value, input.Capacity!.Value);

        // Closes the races of two officers saving at once and of saving after the results were published.
        var changed = await db.TrainingSessions
            .Where(row => row.Id == id && row.RowVersion == rowVersion && row.PublishedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Title, title).SetProperty(row => row.Place, place)
                    .SetProperty(row => row.HeldOn, day).SetProperty(row => row.Capacity, seats)
                    .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                cancellationToken);
        if (changed == 0)
        {
            scope.Abort();
            return new PlanOutcome.Changed();
        }

        // The update holds the row, so nobody is seated while the seats are compared with the new capacity.
        var seated = await db.TrainingEnrolments.AsNoTracking()
            .Where(row => row.SessionId == id && row.Status == TrainingStatus.Enrolled)
            .Select(row => new { row.Id, HasResult = row.Attended != null }).ToListAsync(cancellationToken);
        var problems = new Dictionary<string, string>();
        if (seated.Count > seats)
            problems[nameof(SessionInput.Capacity)] = $"已安排 {seated.Count} 人，名额不能少于已安排人数";
        if (await EnrolCandidates.AheadOfAsync(db, day, seated.ConvertAll(one => one.Id), cancellationToken) is { } early)
        {
            problems[nameof(SessionInput.HeldOn)] =
                $"早于{early.Name}公示期满的日期（{early.WaitingSince:yyyy-MM-dd}），开班日期不能提前到该日之前";
        }

        if (day > time.Today() && seated.Exists(one => one.HasResult))
            problems[nameof(SessionInput.HeldOn)] = "已登记出勤，开班日期不能改到今天以后";
        if (problems.Count > 0)
        {
            scope.Abort();
            return new PlanOutcome.Invalid(problems);
        }

        if (before is not null && (before.Title, before.Place, before.HeldOn) != (title, place, day) && seated.Count > 0)
        {
            var now = await db.TrainingSessions.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            await candidates.MovedAsync(now, seated.ConvertAll(one => one.Id), cancellationToken);
        }

        audit.Record("training.session-changed", "training-session", id.ToString(), new { title, seats, by = person.Id });
        return new PlanOutcome.Saved(id);
    }
}
