using Approvals.Core.Allowances;
using Approvals.Core.Missions;

namespace Approvals.Core.Tests.Allowances;

public sealed class RateTableTests
{
    private static readonly Dictionary<string, string> Regions = new() { ["urban"] = "市区", ["county"] = "县域" };

    [Fact]
    public void Periods_that_follow_one_another_are_accepted_in_any_order_of_rows() => Assert.Empty(RateTable.ProblemsOf(
        [Row("2026-07-01", null, 250), Row("2025-01-01", "2026-06-30", 200), Row("2025-01-01", null, 120) with { Region = "county" }], Regions));

    [Fact]
    public void An_overlap_is_refused_at_its_row_with_the_days()
    {
        var problem = Assert.Single(RateTable.ProblemsOf([Row("2025-01-01", "2026-07-15", 200), Row("2026-07-01", null, 250)], Regions));
        Assert.Equal(1, problem.Row);
        Assert.Equal("“较大／市区”的标准重叠：2026-07-01 至 2026-07-15 有两个标准", problem.Message);
    }

    [Fact]
    public void A_gap_is_refused_at_its_row_with_the_days()
    {
        var problem = Assert.Single(RateTable.ProblemsOf([Row("2026-07-01", null, 250), Row("2025-01-01", "2026-06-28", 200)], Regions));
        Assert.Equal(0, problem.Row);
        Assert.Equal("“较大／市区”的标准中断：2026-06-29 至 2026-06-30 没有标准", problem.Message);
    }

    [Fact]
    public void A_rate_without_end_overlaps_whatever_follows() => Assert.Contains(
        "没有截止日期", Assert.Single(RateTable.ProblemsOf([Row("2025-01-01", null, 200), Row("2026-07-01", null, 250)], Regions)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-01-01", "2025-12-31", "200", "早于起始日期")]
    [InlineData("2026-01-01", null, "0", "大于零")]
    [InlineData("2026-01-01", null, "200.005", "两位小数")]
    [InlineData("2026-01-01", null, "1000000", "小数点")]
    public void A_row_that_cannot_be_is_refused(string from, string? until, string daily, string message) => Assert.Contains(
        message,
        Assert.Single(RateTable.ProblemsOf(
            [Row(from, until, decimal.Parse(daily, System.Globalization.CultureInfo.InvariantCulture))], Regions)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void In_a_table_that_is_accepted_a_day_has_one_rate_or_none_and_never_two()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 7)).Select(_ =>
            {
                var from = new DateOnly(2026, 1, 1).AddDays(random.Next(60));
                return new RateRow(
                    (EventLevel)random.Next(2), random.Next(2) == 0 ? "urban" : "county", from,
                    random.Next(3) == 0 ? null : from.AddDays(random.Next(20)), 100 + random.Next(50));
            }).ToList();
            var accepted = RateTable.ProblemsOf(rows, Regions).Count == 0;
            var table = new RateTable(1, rows);
            foreach (var series in rows.GroupBy(row => (row.Level, row.Region)))
            {
                var first = series.Min(row => row.From);
                var last = series.Any(row => row.Until is null) ? new DateOnly(2026, 6, 1) : series.Max(row => row.Until!.Value);
                for (var day = first; accepted && day <= last; day = day.AddDays(1))
                {
                    Assert.True(series.Count(row => row.From <= day && (row.Until ?? DateOnly.MaxValue) >= day) == 1, $"seed {seed}, round {round}, {day}");
                    Assert.NotNull(table.On(series.Key.Level, series.Key.Region, day));
                }
            }
        }
    }

    private static RateRow Row(string from, string? until, decimal daily) => new(
        EventLevel.Larger, "urban", DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture), daily);
}
