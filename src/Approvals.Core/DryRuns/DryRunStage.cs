using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>What an actor made of its turn.</summary>
/// <param name="Acted">Whether it did something.</param>
/// <param name="Next">When it will do the next thing; null when it waits for others.</param>
public readonly record struct ActorTurn(bool Acted, DateTimeOffset? Next = null)
{
    /// <summary>It did something.</summary>
    public static readonly ActorTurn Done = new(true);
}

/// <summary>
/// Plays one kind of people or things outside the workflow in a dry run: who has tasks, the training officer, the public. An area
/// whose activities wait for something of their own registers an actor beside the activity. Scoped to one dry run.
/// </summary>
public interface IDryRunActor
{
    /// <summary>Does the next thing that is due at the stage's time, at most one.</summary>
    Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken);
}

/// <summary>Where a dry run plays: its throw-away services, its clock, its script, and what was noted.</summary>
/// <param name="services">Root services of the sandbox.</param>
/// <param name="clock">Its clock.</param>
/// <param name="answers">The script.</param>
public sealed class DryRunStage(IServiceProvider services, VirtualClock clock, DryRunAnswers answers)
{
    private readonly List<string> _notes = [];
    private WorkingCalendar? _calendar;

    /// <summary>The script.</summary>
    public DryRunAnswers Answers => answers;

    /// <summary>The time of the dry run.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What the process owner should know: answers that were not used or did not fit, things that were made up.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Steps the script was asked about, as <c>process/activity</c>.</summary>
    public HashSet<(string Process, string Activity)> AskedSteps { get; } = [];

    /// <summary>Name of the made-up or chosen applicant, for sample values.</summary>
    public string ApplicantName { get; set; } = "";

    /// <summary>The applicant's unit.</summary>
    public Guid? ApplicantUnit { get; set; }

    /// <summary>User names of the real accounts, which the sandbox has not: user name → person.</summary>
    public IReadOnlyDictionary<string, Guid> UserNames { get; init; } = new Dictionary<string, Guid>();

    /// <summary>Sample values for this applicant.</summary>
    public SampleForm Sample => new(ApplicantName, ApplicantUnit);

    /// <summary>Notes something once.</summary>
    public void Note(string text)
    {
        if (!_notes.Contains(text))
            _notes.Add(text);
    }

    /// <summary>Works as a person in a scope of its own, as a request does; null for the public and for jobs.</summary>
    public async Task<T> AsAsync<T>(Guid? personId, Func<IServiceProvider, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        if (personId is { } id)
        {
            var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
            var name = await db.People.Where(one => one.Id == id).Select(one => one.Name).SingleAsync(cancellationToken);
            var roles = await db.RoleAssignments.Where(one => one.PersonId == id).Select(one => one.Role).ToListAsync(cancellationToken);
            scope.ServiceProvider.GetRequiredService<CurrentPerson>().Set(id, name, roles);
        }

        return await work(scope.ServiceProvider);
    }

    /// <summary>Reads from a fresh context.</summary>
    public Task<T> ReadAsync<T>(Func<ApprovalsDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        AsAsync(null, scope => read(scope.GetRequiredService<ApprovalsDbContext>()), cancellationToken);

    /// <summary>The instant so many working days after another, at the same time of day or, outside office hours, at the next opening.</summary>
    public async Task<DateTimeOffset> AfterAsync(DateTimeOffset from, int workingDays, CancellationToken cancellationToken)
    {
        _calendar ??= await AsAsync(
            null, scope => scope.GetRequiredService<WorkingCalendarStore>().LoadAsync(cancellationToken), cancellationToken);
        var time = TimeOnly.FromTimeSpan(ChinaTime.ToLocal(from).TimeOfDay);
        var day = ChinaTime.DateOf(from);
        if (workingDays > 0)
            day = _calendar.AddWorkingDays(day, workingDays);
        while (!_calendar.IsWorkingDay(day) || time >= _calendar.Hours.End)
            (day, time) = (day.AddDays(1), TimeOnly.MinValue);
        var hours = _calendar.Hours.Spans.First(span => time < span.Until);
        return time >= hours.From && day == ChinaTime.DateOf(from) ? from : ChinaTime.Instant(day, time < hours.From ? hours.From : time);
    }

    /// <summary>The person a script names by user name, number, name or id; null, with a note, when there is none or several.</summary>
    public async Task<Guid?> FindPersonAsync(string named, CancellationToken cancellationToken)
    {
        if (UserNames.TryGetValue(named.Trim(), out var account))
            return account;
        var id = Guid.TryParse(named, out var parsed) ? parsed : (Guid?)null;
        var found = await ReadAsync(
            db => db.People.AsNoTracking().Where(one => one.IsActive && (one.Id == id || one.Number == named || one.Name == named))
                .Select(one => one.Id).ToListAsync(cancellationToken),
            cancellationToken);
        if (found.Count == 1)
            return found[0];
        Note(found.Count == 0 ? $"脚本中的人员“{named}”不存在。" : $"脚本中的人员“{named}”有 {found.Count} 人同名，请改写为用户名或工号。");
        return null;
    }
}
