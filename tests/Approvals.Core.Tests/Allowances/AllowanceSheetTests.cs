using Approvals.Core.Allowances;
using Approvals.Core.Missions;
using Approvals.Core.Regulations;
using Approvals.Testing;

namespace Approvals.Core.Tests.Allowances;

public sealed class AllowanceSheetTests
{
    private static readonly MissionSpan Span = new(EventLevel.Larger, "urban", "市区", Day(23), Day(28));

    private static readonly RateTable Rates = new(1,
    [
        new RateRow(EventLevel.Larger, "urban", new DateOnly(2025, 1, 1), Day(25), 200),
        new RateRow(EventLevel.Larger, "urban", Day(26), null, 250.01m),
    ]);

    private static readonly Dictionary<DateOnly, (decimal, string)> Nothing = [];

    [Fact]
    public void Days_are_priced_by_the_rate_of_their_own_day_and_absent_ones_are_shown_and_not_paid()
    {
        var line = Compute(new()
        {
            [Day(23)] = DayMark.Full, [Day(24)] = DayMark.Full, [Day(25)] = DayMark.Absent, [Day(26)] = DayMark.Full, [Day(27)] = DayMark.Half,
        });
        Assert.Empty(line.Problems);
        Assert.Equal(
            [
                "2026-11-23 至 2026-11-24，较大／市区，全天：2 天 × 200.00 元 = 400.00 元",
                "2026-11-25，缺勤，不计发",
                "2026-11-26，较大／市区，全天：1 天 × 250.01 元 = 250.01 元",
                "2026-11-27，较大／市区，半天：1 个半天 × 125.01 元 = 125.01 元",
            ],
            line.Working.Select(AllowanceSheet.Sentence));
        Assert.Equal((775.02m, 3.5m), (line.Amount, line.Days.Sum(day => day.Share)));
    }

    [Fact]
    public void A_day_outside_the_mission_is_refused()
    {
        var line = Compute(new() { [Day(22)] = DayMark.Full, [Day(29)] = DayMark.Half });
        Assert.Equal(
            ["2026-11-22 不在任务期间（2026-11-23 至 2026-11-28）内，不能计发", "2026-11-29 不在任务期间（2026-11-23 至 2026-11-28）内，不能计发"],
            line.Problems);
        Assert.Equal(0, line.Amount);
    }

    [Fact]
    public void A_day_that_another_case_has_is_refused_and_half_of_one_leaves_the_other_half()
    {
        var taken = new Dictionary<DateOnly, (decimal, string)> { [Day(23)] = (1m, "GZBZ-2026-0001"), [Day(24)] = (0.5m, "GZBZ-2026-0002") };
        var line = AllowanceSheet.Compute(
            Span, new Dictionary<DateOnly, DayMark> { [Day(23)] = DayMark.Half, [Day(24)] = DayMark.Half }, Rates, Parameters(), taken);
        Assert.Equal(["2026-11-23 已列入业务件 GZBZ-2026-0001（全天），同一天不能重复计发"], line.Problems);
        Assert.Equal(100m, line.Amount);
    }

    [Fact]
    public void A_day_without_a_rate_is_refused()
    {
        var line = AllowanceSheet.Compute(
            Span with { Region = "county", RegionName = "县域" }, new Dictionary<DateOnly, DayMark> { [Day(23)] = DayMark.Full }, Rates, Parameters(), Nothing);
        Assert.Equal(["2026-11-23 没有“较大／县域”的补助标准，请流程管理员补充"], line.Problems);
    }

    [Fact]
    public void Whatever_is_claimed_the_lines_add_up_and_no_day_is_paid_more_than_its_rate()
    {
        var seed = Seeds.For(20261126);
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var marks = Enumerable.Range(20, 12).Where(_ => random.Next(3) > 0)
                .ToDictionary(Day, _ => (DayMark)random.Next(3));
            var taken = Enumerable.Range(20, 12).Where(_ => random.Next(4) == 0)
                .ToDictionary(Day, _ => (random.Next(2) == 0 ? 0.5m : 1m, "GZBZ-2026-0001"));
            var line = AllowanceSheet.Compute(Span, marks, Rates, Parameters(), taken);
            var where = $"seed {seed}, round {round}";
            Assert.True(line.Working.Sum(one => one.Amount) == line.Amount, where);
            Assert.All(line.Working.Where(one => one.Quantity is not null), one =>
                Assert.True(one.Quantity * one.Rate == one.Amount && decimal.Round(one.Amount, 2) == one.Amount, where));
            Assert.All(line.Days, day => Assert.True(
                day.Date >= Span.First && day.Date <= Span.Last && marks[day.Date] != DayMark.Absent
                && day.Share + (taken.TryGetValue(day.Date, out var other) ? other.Item1 : 0) <= 1, where));
            Assert.True(line.Amount <= line.Days.Sum(day => Rates.On(Span.Level, Span.Region, day.Date)!.Daily), where);
            Assert.True(line.Days.Count + line.Problems.Count + marks.Count(one => one.Value == DayMark.Absent
                && one.Key >= Span.First && one.Key <= Span.Last) == marks.Count, where);
        }
    }

    private static AllowanceLine Compute(Dictionary<DateOnly, DayMark> marks) =>
        AllowanceSheet.Compute(Span, marks, Rates, Parameters(), Nothing);

    private static ParameterTable Parameters() => new(
    [
        new RegulationParameter
        {
            Key = ParameterKeys.AllowanceHalfDayPercent, Value = "50", Unit = "%", Name = "半天工作补助占全天的比例", Article = "默认",
            EffectiveFrom = new DateOnly(2020, 1, 1), Reason = "测试",
        },
    ]);

    private static DateOnly Day(int day) => new DateOnly(2026, 11, 1).AddDays(day - 1);
}
