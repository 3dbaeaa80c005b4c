using Approvals.Core.Calendar;

namespace Approvals.Core.Commanders;

/// <summary>When a commander's term is reminded of and ends (任期), T§14. Pure.</summary>
public static class TermReminders
{
    /// <summary>Reminders go out when the office opens.</summary>
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>The first instant after the term.</summary>
    public static DateTimeOffset EndOf(DateOnly termEnd) => ChinaTime.EndOf(termEnd);

    /// <summary>
    /// When to remind, nearest last. A reminder whose day has passed is left out: a term entered late must not set off a volley.
    /// </summary>
    /// <param name="termEnd">Last day of the term.</param>
    /// <param name="daysBefore">Days before the last day, e.g. 90 and 30.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<(int DaysBefore, DateTimeOffset At)> Plan(
        DateOnly termEnd, IEnumerable<int> daysBefore, DateTimeOffset now) =>
        [.. daysBefore.Distinct().OrderDescending()
            .Select(days => (days, ChinaTime.Instant(termEnd.AddDays(-days), Morning)))
            .Where(reminder => reminder.Item2 > now)];
}
