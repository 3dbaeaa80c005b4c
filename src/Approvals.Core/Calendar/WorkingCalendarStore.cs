using System.Globalization;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Approvals.Core.Calendar;

/// <summary>Loads the calendar once per scope: a few dozen rows a year.</summary>
public sealed class WorkingCalendarStore(ApprovalsDbContext db, IConfiguration configuration)
{
    private WorkingCalendar? loaded;

    /// <summary>The calendar as it stands; the same object for the rest of the scope.</summary>
    public async Task<WorkingCalendar> LoadAsync(CancellationToken cancellationToken = default) =>
        loaded ??= new WorkingCalendar(
            await db.CalendarDays.AsNoTracking().ToListAsync(cancellationToken), HoursFrom(configuration));

    /// <summary>Forgets what was loaded, after the calendar was edited in the same scope.</summary>
    public void Reset() => loaded = null;

    /// <summary>Reads <c>Calendar:WorkingHours</c>, e.g. <c>["09:00-12:00", "13:30-17:30"]</c>; the default when it is absent.</summary>
    /// <exception cref="FormatException">It is written otherwise.</exception>
    public static WorkingHours HoursFrom(IConfiguration configuration)
    {
        var texts = configuration.GetSection("Calendar:WorkingHours").GetChildren().Select(child => child.Value ?? "").ToList();
        return texts.Count == 0 ? WorkingHours.Default : new WorkingHours([.. texts.Select(SpanOf)]);
    }

    private static WorkingHours.Span SpanOf(string text) => text.Split('-') is [var from, var until]
        ? new WorkingHours.Span(TimeOnly.ParseExact(from, "HH:mm", CultureInfo.InvariantCulture),
            TimeOnly.ParseExact(until, "HH:mm", CultureInfo.InvariantCulture))
        : throw new FormatException($"Calendar:WorkingHours has \"{text}\"; expected \"09:00-12:00\".");
}
