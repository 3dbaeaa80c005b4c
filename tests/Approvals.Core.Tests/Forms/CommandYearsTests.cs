using Approvals.Core.Forms;
using CsCheck;

namespace Approvals.Core.Tests.Forms;

public sealed class CommandYearsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("2015-03-01", "2020-02-29", 5)] // the last day counts
    [InlineData("2015-03-01", "2020-02-28", 4)]
    [InlineData("2015-01-01", "2019-12-30", 4)]
    [InlineData("2021-03-03", null, 5)] // today counts, too
    [InlineData("2021-03-04", null, 4)]
    [InlineData("2027-01-01", null, 0)]
    public void OnePeriodCountsInCompletedYears(string from, string? until, int years) =>
        Assert.Equal(years, CommandYears.Completed([Period(from, until)], Today));

    [Fact]
    public void PostsHeldAtOnceCountOnce() =>
        Assert.Equal(6, CommandYears.Completed([Period("2010-01-01", "2013-12-31"), Period("2012-01-01", "2015-12-31")], Today));

    [Fact]
    public void PeriodsApartAddUp() =>
        Assert.Equal(5, CommandYears.Completed([Period("2010-01-01", "2012-06-30"), Period("2014-01-01", "2016-06-30")], Today));

    [Fact]
    public void OtherPostsDoNotCount() =>
        Assert.Equal(0, CommandYears.Completed([Period("2000-01-01", null) with { IsCommandPost = false }], Today));

    [Fact]
    public void OrderAndRepetitionOfPeriodsDoNotMatter() =>
        Gen.Select(Gen.Int[0, 9000], Gen.Int[0, 3000]).List[1, 6].Sample(spans =>
        {
            var start = new DateOnly(2000, 1, 1);
            var periods = spans.Select(span => new CommandYears.Period(
                start.AddDays(span.Item1), start.AddDays(span.Item1 + span.Item2), true)).ToList();
            var years = CommandYears.Completed(periods, Today);
            Assert.Equal(years, CommandYears.Completed(periods.AsEnumerable().Reverse().Concat(periods), Today));
            Assert.True(years >= periods.Max(period => CommandYears.Completed([period], Today)));
        });

    private static CommandYears.Period Period(string from, string? until) =>
        new(DateOnly.Parse(from), until is null ? null : DateOnly.Parse(until), true);
}
