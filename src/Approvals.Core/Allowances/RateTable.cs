using System.Globalization;
using Approvals.Core.Missions;

namespace Approvals.Core.Allowances;

/// <summary>A row of the rate table as plain values.</summary>
/// <param name="Level">Level of the event.</param>
/// <param name="Region">Region code.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; null while it lasts.</param>
/// <param name="Daily">Yuan for a whole day.</param>
public sealed record RateRow(EventLevel Level, string Region, DateOnly From, DateOnly? Until, decimal Daily);

/// <summary>Something wrong with a row, counted from 0.</summary>
/// <param name="Row">The row.</param>
/// <param name="Message">Plain Chinese.</param>
public sealed record RateProblem(int Row, string Message);

/// <summary>
/// The rate table (工作补助标准), T§20: "执行任务的技术指挥官按日发放工作补助". For one level and region the periods follow one another day by
/// day: neither two rates for a day nor none between two rates. Pure.
/// </summary>
/// <param name="Version">Version of the table.</param>
/// <param name="Rows">Its rows.</param>
public sealed record RateTable(int Version, IReadOnlyList<RateRow> Rows)
{
    /// <summary>Most a day can be paid; a slip of the decimal point is caught.</summary>
    public const decimal MostDaily = 100_000;

    /// <summary>The rate of a day; null when the table has none.</summary>
    public RateRow? On(EventLevel level, string region, DateOnly day) => Rows.FirstOrDefault(
        row => row.Level == level && row.Region == region && row.From <= day && (row.Until is null || row.Until >= day));

    /// <summary>Everything wrong with the rows, each at its row; empty when they may be stored.</summary>
    /// <param name="rows">Rows as typed.</param>
    /// <param name="regions">Region code → name.</param>
    public static IReadOnlyList<RateProblem> ProblemsOf(IReadOnlyList<RateRow> rows, IReadOnlyDictionary<string, string> regions)
    {
        var problems = new List<RateProblem>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (ProblemOf(rows[i], regions) is { } problem)
            {
                problems.Add(new RateProblem(i, problem));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        foreach (var series in rows.Select((row, index) => (Row: row, Index: index)).GroupBy(one => (one.Row.Level, one.Row.Region)))
        {
            var inOrder = series.OrderBy(one => one.Row.From).ThenBy(one => one.Index).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                if (Between(inOrder[i - 1].Row, inOrder[i].Row, Name(inOrder[i].Row, regions)) is { } problem)
                {
                    problems.Add(new RateProblem(inOrder[i].Index, problem));
                }
            }
        }

        return [.. problems.OrderBy(one => one.Row)];
    }

    /// <summary>较大／市区.</summary>
    public static string Name(RateRow row, IReadOnlyDictionary<string, string> regions) =>
        $"{MissionWords.Of(row.Level)}／{regions.GetValueOrDefault(row.Region, row.Region)}";

    private static string? ProblemOf(RateRow row, IReadOnlyDictionary<string, string> regions) =>
        !Enum.IsDefined(row.Level) ? "请选择事件等级"
        : !regions.ContainsKey(row.Region) ? "请选择区域"
        : row.From.Year is < 2000 or > 2200 ? "起始日期的年份不合理，请核对"
        : row.Until < row.From ? $"截止日期 {row.Until:yyyy-MM-dd} 早于起始日期 {row.From:yyyy-MM-dd}"
        : row.Daily <= 0 ? "每日标准应大于零"
        : row.Daily > MostDaily ? string.Create(CultureInfo.InvariantCulture, $"每日标准超过 {MostDaily:N0} 元，请核对小数点")
        : decimal.Round(row.Daily, 2) != row.Daily ? "每日标准最多两位小数"
        : null;

    private static string? Between(RateRow before, RateRow after, string name)
    {
        if (before.Until is not { } until)
        {
            return $"“{name}”从 {before.From:yyyy-MM-dd} 起的标准没有截止日期，与从 {after.From:yyyy-MM-dd} 起的标准重叠";
        }

        if (after.From <= until)
        {
            return $"“{name}”的标准重叠：{after.From:yyyy-MM-dd} 至 {(after.Until < until ? after.Until : until):yyyy-MM-dd} 有两个标准";
        }

        return after.From > until.AddDays(1)
            ? $"“{name}”的标准中断：{until.AddDays(1):yyyy-MM-dd} 至 {after.From.AddDays(-1):yyyy-MM-dd} 没有标准"
            : null;
    }
}
