using Approvals.Core.Calendar;
using CsCheck;

namespace Approvals.Core.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Official = new(SeedCalendar.OfficialDays());

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 729].Select(day => new DateOnly(2025, 1, 1).AddDays(day));

    [Theory]
    [InlineData("2026-02-14", true)] // make-up Saturday before the Spring Festival
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-09-20", true)]
    [InlineData("2025-10-08", false)]
    [InlineData("2025-10-11", true)]
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-01", false)]
    public void WorkingDaysFollowTheStateCouncilsNotices(string date, bool isWorkingDay) =>
        Assert.Equal(isWorkingDay, Official.IsWorkingDay(DateOnly.Parse(date)));

    [Theory]
    [InlineData(2025, 28, 5)]
    [InlineData(2026, 33, 6)]
    public void TheShippedYearsHaveAllTheirDays(int year, int holidays, int makeUp)
    {
        var days = SeedCalendar.OfficialDays().Where(day => day.Date.Year == year).ToList();
        Assert.Equal(holidays, days.Count(day => day.Kind == CalendarDayKind.Holiday));
        Assert.Equal(makeUp, days.Count(day => day.Kind == CalendarDayKind.MakeUpWorkingDay));
        Assert.All(days.Where(day => day.Kind == CalendarDayKind.MakeUpWorkingDay),
            day => Assert.True(day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
    }

    [Theory]
    [InlineData("2026-02-11", 5, "2026-02-25")] // 12, 13, 14 (make-up), 24, 25
    [InlineData("2026-09-28", 5, "2026-10-10")] // 29, 30, 8, 9, 10 (make-up)
    [InlineData("2026-03-02", 0, "2026-03-02")]
    [InlineData("2026-03-01", 0, "2026-03-02")]
    [InlineData("2026-02-25", -5, "2026-02-11")] // 24, 14, 13, 12, 11
    public void ATermSkipsHolidaysAndCountsMakeUpDays(string from, int days, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), Official.AddWorkingDays(DateOnly.Parse(from), days));

    [Fact]
    public void ATermAlwaysEndsOnAWorkingDayAndCountsBack() =>
        Gen.Select(Days, Gen.Int[1, 200]).Sample((from, count) =>
        {
            var end = Official.AddWorkingDays(from, count);
            Assert.True(Official.IsWorkingDay(end));
            Assert.Equal(count, Official.WorkingDaysBetween(from, end));
        });

    [Fact]
    public void ALongerOrLaterTermNeverEndsEarlier() =>
        Gen.Select(Days, Gen.Int[0, 100], Gen.Int[0, 30], Gen.Int[0, 30]).Sample((from, count, more, later) =>
        {
            var end = Official.AddWorkingDays(from, count);
            Assert.True(Official.AddWorkingDays(from, count + more) >= end);
            Assert.True(Official.AddWorkingDays(from.AddDays(later), count) >= end);
        });

    [Fact]
    public void WorkingDaysBetweenAddUp() =>
        Gen.Select(Days, Days, Days).Sample((one, two, three) => Assert.Equal(
            Official.WorkingDaysBetween(one, three), Official.WorkingDaysBetween(one, two) + Official.WorkingDaysBetween(two, three)));

    [Fact]
    public void ADeadlineIsCloseOfBusinessInChina()
    {
        // 23:30 on 1 March in China is still 15:30 on 1 March in UTC; five working days later is 6 March, 17:30.
        var start = new DateTimeOffset(2026, 3, 1, 15, 30, 0, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 9, 30, 0, TimeSpan.Zero), Official.Deadline(start, 5));
        // half an hour later it is the 2nd in China, which then does not count
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 9, 30, 0, TimeSpan.Zero), Official.Deadline(start.AddMinutes(30), 5));
    }

    [Fact]
    public void AYearWithoutDataHasWeekendsOnlyAndSaysSo()
    {
        Assert.False(Official.LacksData(2026));
        Assert.Equal([2027], Official.YearsWithoutData(China(2026, 12, 30, 9, 0), China(2027, 1, 5, 9, 0)));
        Assert.True(Official.IsWorkingDay(new DateOnly(2027, 10, 1)));
        Assert.False(Official.IsWorkingDay(new DateOnly(2027, 10, 2)));
    }

    [Theory]
    [InlineData(2, 9, 0, "还剩 2 个工作日", false)] // due Tuesday 17:30, seen Monday 9:00
    [InlineData(3, 10, 30, "还剩 5 小时", false)]
    [InlineData(3, 17, 0, "还剩 30 分钟", false)]
    [InlineData(3, 20, 0, "刚刚超时", true)]
    [InlineData(4, 12, 30, "超时 3 小时", true)]
    [InlineData(9, 9, 0, "超时 3 个工作日", true)]
    public void TimeLeftIsSaidInWorkingTime(int day, int hour, int minute, string expected, bool isOverdue)
    {
        var left = TimeLeft.Of(China(2026, 3, day, hour, minute), China(2026, 3, 3, 17, 30), Official);
        Assert.Equal((expected, isOverdue), (left.Text, left.IsOverdue));
    }

    [Fact]
    public void WorkingTimeLeavesOutNightsLunchAndHolidays()
    {
        Assert.Equal(TimeSpan.FromHours(7), Official.Hours.Length);
        Assert.Equal(TimeSpan.FromHours(1.5), Official.WorkingTimeBetween(China(2026, 2, 14, 16, 30), China(2026, 2, 24, 9, 30)));
        Assert.Equal(TimeSpan.FromHours(1), Official.WorkingTimeBetween(China(2026, 3, 2, 11, 30), China(2026, 3, 2, 14, 0)));
        Assert.Equal(TimeSpan.Zero, Official.WorkingTimeBetween(China(2026, 3, 2, 14, 0), China(2026, 3, 2, 11, 30)));
    }

    private static DateTimeOffset China(int year, int month, int day, int hour, int minute) =>
        ChinaTime.Instant(new DateOnly(year, month, day), new TimeOnly(hour, minute));
}
