using System.Globalization;
using Approvals.Core.Missions;

namespace Approvals.Core.Allowances;

/// <summary>Which days belong to a mission as it is now. Pure.</summary>
public static class MissionDays
{
    /// <summary>Why days cannot be granted for a mission, in Chinese; null when they can.</summary>
    /// <param name="mission">As it is now; null when there is none.</param>
    /// <param name="days">The days that were claimed.</param>
    /// <param name="yesterday">Yesterday in China: the last day that counts while the mission goes on.</param>
    public static string? ProblemOf(Mission? mission, IReadOnlyCollection<DateOnly> days, DateOnly yesterday)
    {
        if (mission?.FirstDay is not { } first)
            return "没有对应的现场任务，不能计发补助";
        var last = mission.LastDay ?? yesterday;
        var outside = days.Where(day => day < first || day > last).Order().ToList();
        return outside.Count == 0 ? null
            : $"{mission.CommanderName}：{string.Join("、", outside.Select(Text))} 不在任务期间（{Text(first)} 至 {Text(last)}）内，不能计发，请重新编报";
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
