using Approvals.Core.Calendar;
using Approvals.Core.Notices;
using CsCheck;

namespace Approvals.Core.Tests.Notices;

public sealed class NoticeRulesTests
{
    private static readonly WorkingCalendar Calendar = new(
    [
        new CalendarDay { Date = new DateOnly(2026, 10, 1), Kind = CalendarDayKind.Holiday, Name = "国庆节" },
        new CalendarDay { Date = new DateOnly(2026, 10, 2), Kind = CalendarDayKind.Holiday, Name = "国庆节" },
        new CalendarDay { Date = new DateOnly(2026, 10, 10), Kind = CalendarDayKind.MakeUpWorkingDay, Name = "调休" },
    ]);

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 2000].Select(days => new DateOnly(2025, 1, 1).AddDays(days));

    [Fact]
    public void The_day_of_publication_does_not_count() => Assert.Equal(
        (new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 30)),
        NoticePeriod.Of(new DateOnly(2026, 11, 23), 5, Calendar) is var period ? (period.FirstDay, period.EndsOn) : default);

    [Fact]
    public void Holidays_do_not_count_and_make_up_days_do() =>
        Assert.Equal(new DateOnly(2026, 10, 7), NoticePeriod.Of(new DateOnly(2026, 9, 29), 4, Calendar).EndsOn);

    [Fact]
    public void Every_notice_has_exactly_its_working_days_and_ends_on_one() => Gen.Select(Days, Gen.Int[1, 30]).Sample((day, count) =>
    {
        var period = NoticePeriod.Of(day, count, Calendar);
        Assert.Equal(count, Calendar.WorkingDaysBetween(day, period.EndsOn));
        Assert.True(Calendar.IsWorkingDay(period.EndsOn) && period.FirstDay > day && period.FirstDay <= period.EndsOn);
        Assert.Equal(count, NoticePeriod.DaysLeft(period.EndsOn, day, Calendar));
    });

    [Fact]
    public void An_objection_is_either_accepted_or_the_notice_may_end_never_both() =>
        Gen.Select(Days, Gen.Int[-3000, 3000], Gen.Enum<NoticeStatus>()).Sample((endsOn, minutes, status) =>
        {
            var now = ChinaTime.EndOf(endsOn).AddMinutes(minutes);
            var ends = NoticeDecisions.Next(status, endsOn, isTold: false, openObjections: 0, now) == NoticeStep.End;
            Assert.False(ends && NoticeDecisions.CanObject(status, endsOn, now));
        });

    [Fact]
    public void A_notice_with_an_open_objection_never_ends() =>
        Gen.Select(Days, Gen.Int[-3000, 3000], Gen.Enum<NoticeStatus>(), Gen.Int[1, 5]).Sample((endsOn, minutes, status, open) =>
            Assert.NotEqual(
                NoticeStep.End,
                NoticeDecisions.Next(status, endsOn, false, open, ChinaTime.EndOf(endsOn).AddMinutes(minutes))));

    [Theory]
    [InlineData("李四", "13912345678", "任职年限与事实不符，请核查。", 0)]
    [InlineData("李四", "023-47521890", "任职年限与事实不符，请核查。", 0)]
    [InlineData("李", "not-a-contact", "太短", 3)]
    [InlineData(null, null, null, 3)]
    [InlineData("李四", "zhang@example", "任职年限与事实不符，请核查。", 1)]
    public void An_objection_needs_a_name_a_contact_and_grounds(string? name, string? contact, string? content, int problems) =>
        Assert.Equal(problems, new ObjectionInput(name, contact, content).Problems().Count);
}
