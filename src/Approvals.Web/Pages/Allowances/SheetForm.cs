using System.Globalization;
using Approvals.Core.Allowances;

namespace Approvals.Web.Pages.Allowances;

/// <summary>The days of a sheet as inputs: <c>d:&lt;mission&gt;:&lt;day&gt;</c> with full, half, absent or nothing, and <c>n:&lt;mission&gt;</c>.</summary>
internal static class SheetForm
{
    /// <summary>Name of a day's input.</summary>
    public static string DayName(Guid mission, DateOnly day) => $"d:{mission}:{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    /// <summary>Name of a note's input.</summary>
    public static string NoteName(Guid mission) => $"n:{mission}";

    /// <summary>Reads what was posted; names that are no days of the sheet's kind are left out.</summary>
    public static IReadOnlyList<SheetInput> Read(IFormCollection posted)
    {
        var marks = new Dictionary<Guid, Dictionary<DateOnly, DayMark>>();
        foreach (var key in posted.Keys)
        {
            if (key.Split(':') is ["d", var mission, var day] && Guid.TryParse(mission, out var id)
                && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && Enum.TryParse<DayMark>(posted[key], out var mark) && Enum.IsDefined(mark))
            {
                if (!marks.TryGetValue(id, out var own))
                {
                    marks[id] = own = [];
                }

                own[date] = mark;
            }
        }

        return [.. marks.Select(one => new SheetInput(one.Key, one.Value, posted[NoteName(one.Key)]))];
    }

    /// <summary>The sheet to begin with: every day that is free counts whole, half a free day half.</summary>
    public static IReadOnlyList<SheetInput> Begin(IEnumerable<ClaimableMission> missions) =>
    [
        .. missions.Select(one => new SheetInput(
            one.Mission.Id,
            one.Days.Where(day => one.Free(day) > 0).ToDictionary(day => day, day => one.Free(day) == 1 ? DayMark.Full : DayMark.Half),
            null)),
    ];
}
