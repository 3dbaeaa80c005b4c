using System.Globalization;
using Approvals.Core.Missions;
using Approvals.Core.Payouts;
using Approvals.Core.Regulations;

namespace Approvals.Core.Allowances;

/// <summary>What a day on a mission counts for.</summary>
public enum DayMark
{
    /// <summary>全天.</summary>
    Full,

    /// <summary>半天.</summary>
    Half,

    /// <summary>缺勤.</summary>
    Absent,
}

/// <summary>The days of one commander on one mission.</summary>
/// <param name="Level">Level of the event.</param>
/// <param name="Region">Region code.</param>
/// <param name="RegionName">Region in words.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day that can be claimed.</param>
public sealed record MissionSpan(EventLevel Level, string Region, string RegionName, DateOnly First, DateOnly Last);

/// <summary>A claim for one commander, computed.</summary>
/// <param name="Days">Days it pays, oldest first.</param>
/// <param name="Working">How the amount comes about, line by line.</param>
/// <param name="Amount">Yuan, two decimals.</param>
/// <param name="Problems">What keeps it from being claimed, each naming its day.</param>
public sealed record AllowanceLine(
    IReadOnlyList<ClaimedDay> Days, IReadOnlyList<WorkingLine> Working, decimal Amount, IReadOnlyList<string> Problems);

/// <summary>
/// Computes a commander's allowance, T§20: "执行任务的技术指挥官按日发放工作补助". Days × rate of the day by level and region; a half day by
/// the parameter; an absent day counts for nothing and is shown. Pure.
/// </summary>
public static class AllowanceSheet
{
    /// <summary>Article each line rests on.</summary>
    public const string Article = "办法第二十条";

    /// <summary>Computes it.</summary>
    /// <param name="span">The mission.</param>
    /// <param name="marks">Day → what it counts for; days that are not claimed are left out.</param>
    /// <param name="rates">Rate table.</param>
    /// <param name="parameters">For the share of a half day, by the day it falls on.</param>
    /// <param name="taken">
    /// Day → share of it that is claimed already, with the number of one of the other claims; the number is empty where only this claim has it.
    /// </param>
    public static AllowanceLine Compute(
        MissionSpan span, IReadOnlyDictionary<DateOnly, DayMark> marks, RateTable rates, ParameterTable parameters,
        IReadOnlyDictionary<DateOnly, (decimal Share, string CaseNumber)> taken)
    {
        var problems = new List<string>();
        var priced = new List<PricedDay>();
        foreach (var (day, mark) in marks.OrderBy(one => one.Key))
        {
            if (day < span.First || day > span.Last)
            {
                problems.Add($"{Text(day)} 不在任务期间（{Text(span.First)} 至 {Text(span.Last)}）内，不能计发");
                continue;
            }

            if (mark == DayMark.Absent)
            {
                priced.Add(new PricedDay(day, mark, 0));
                continue;
            }

            var share = mark == DayMark.Full ? 1m : 0.5m;
            if (taken.TryGetValue(day, out var other) && other.Share + share > 1)
            {
                problems.Add(other.CaseNumber.Length > 0
                    ? $"{Text(day)} 已列入业务件 {other.CaseNumber}（{Share(other.Share)}），同一天不能重复计发"
                    : $"{Text(day)} 已列入本次申请的另一项任务（{Share(other.Share)}），同一天不能重复计发");
                continue;
            }

            if (rates.On(span.Level, span.Region, day) is not { } rate)
            {
                problems.Add($"{Text(day)} 没有“{MissionWords.Of(span.Level)}／{span.RegionName}”的补助标准，请流程管理员补充");
                continue;
            }

            priced.Add(new PricedDay(day, mark, mark == DayMark.Full ? rate.Daily : HalfOf(rate.Daily, day, parameters)));
        }

        IReadOnlyList<WorkingLine> working = [.. Runs(priced).Select(run => Line(span, run))];
        return new AllowanceLine(
            [.. priced.Where(one => one.Mark != DayMark.Absent).Select(one => new ClaimedDay(one.Day, one.Mark == DayMark.Full ? 1m : 0.5m))],
            working, working.Sum(line => line.Amount), problems);
    }

    private static decimal HalfOf(decimal daily, DateOnly day, ParameterTable parameters) => decimal.Round(
        daily * parameters.InForce(ParameterKeys.AllowanceHalfDayPercent, day).Decimal / 100, 2, MidpointRounding.AwayFromZero);

    /// <summary>Days that follow one another and count for the same make one line of the working.</summary>
    private static IEnumerable<List<PricedDay>> Runs(List<PricedDay> days)
    {
        var run = new List<PricedDay>();
        foreach (var day in days)
        {
            if (run.Count > 0 && (run[^1].Day.AddDays(1) != day.Day || run[^1].Mark != day.Mark || run[^1].Each != day.Each))
            {
                yield return run;
                run = [];
            }

            run.Add(day);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static WorkingLine Line(MissionSpan span, List<PricedDay> run)
    {
        var when = run.Count == 1 ? Text(run[0].Day) : $"{Text(run[0].Day)} 至 {Text(run[^1].Day)}";
        return run[0].Mark switch
        {
            DayMark.Absent => new WorkingLine($"{when}，缺勤，不计发", null, null, null, 0, Article),
            DayMark.Half => new WorkingLine(
                $"{when}，{MissionWords.Of(span.Level)}／{span.RegionName}，半天", run.Count, "个半天", run[0].Each, run.Count * run[0].Each, Article),
            _ => new WorkingLine(
                $"{when}，{MissionWords.Of(span.Level)}／{span.RegionName}，全天", run.Count, "天", run[0].Each, run.Count * run[0].Each, Article),
        };
    }

    /// <summary>A line of the working in one sentence: 2026-11-23 至 2026-11-25，较大／市区，全天：3 天 × 200.00 元 = 600.00 元.</summary>
    public static string Sentence(WorkingLine line) => line.Quantity is { } quantity && line.Rate is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{line.Text}：{quantity:0.##} {line.Unit} × {rate:N2} 元 = {line.Amount:N2} 元")
        : line.Text;

    private static string Share(decimal share) => share == 1 ? "全天" : "半天";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record PricedDay(DateOnly Day, DayMark Mark, decimal Each);
}
