using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Calendar;

/// <summary>
/// Brings the official holidays (国务院办公厅节假日安排) in at start-up, year by year, and only for years that have no day yet: what
/// an administrator changed is never touched.
/// </summary>
public sealed class SeedCalendar(ApprovalsDbContext db) : IStartupTask
{
    private const string Folder = "Approvals.Core.Calendar.Official.";

    /// <inheritdoc />
    public int Order => 100;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var year in OfficialDays().GroupBy(day => day.Date.Year))
        {
            var (first, last) = (new DateOnly(year.Key, 1, 1), new DateOnly(year.Key, 12, 31));
            if (!await db.CalendarDays.AnyAsync(day => day.Date >= first && day.Date <= last, cancellationToken))
            {
                db.CalendarDays.AddRange(year);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The days shipped with the product.</summary>
    public static IReadOnlyList<CalendarDay> OfficialDays()
    {
        var assembly = typeof(SeedCalendar).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .SelectMany(name => Read(assembly.GetManifestResourceStream(name)!)),
        ];
    }

    private static IReadOnlyList<CalendarDay> Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var result = CalendarCsv.Parse(reader.ReadToEnd());
        return result.Errors.Count == 0 ? result.Days : throw new FormatException(string.Join("；", result.Errors));
    }
}
