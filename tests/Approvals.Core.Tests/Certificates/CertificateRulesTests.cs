using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Core.Tests.Certificates;

public sealed class CertificateRulesTests
{
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 9000].Select(days => new DateOnly(2020, 1, 1).AddDays(days));

    [Fact]
    public void First_and_last_day_count_and_voiding_beats_both() => Gen.Select(Days, Gen.Int[0, 2000], Days, Gen.Bool).Sample(
        (from, length, today, voided) =>
        {
            var until = from.AddDays(length);
            var expected = voided ? CertificateStanding.Void
                : today < from ? CertificateStanding.NotYetValid
                : today > until ? CertificateStanding.Expired : CertificateStanding.Valid;
            Assert.Equal(expected, CertificateState.Of(from, until, voided, today));
            Assert.NotEqual(CertificateStanding.Expired, CertificateState.Of(from, null, voided, today));
        });

    [Theory]
    [InlineData("2026-11-22", 5, "2031-11-21")]
    [InlineData("2028-02-29", 5, "2033-02-28")]
    [InlineData("2028-02-29", 4, "2032-02-28")]
    public void A_term_ends_the_day_before_its_anniversary(string from, int years, string last) => Assert.Equal(
        DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture),
        CertificateState.LastDay(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), years));

    [Theory]
    [InlineData("江应急聘[2026]第0001号")]
    [InlineData(" 江应急聘（2026） 第 0001 号 ")]
    [InlineData("江应急聘【２０２６】第０００１号")]
    public void A_number_is_found_however_its_brackets_are_typed(string typed) =>
        Assert.Equal("江应急聘〔2026〕第0001号", DocumentNumber.Normalise(typed));

    [Fact]
    public void A_number_as_printed_is_left_as_it_is() => Gen.Select(Gen.Enum<DocumentKind>(), Gen.Int[2024, 2099], Gen.Int[1, 99999]).Sample(
        (kind, year, number) =>
        {
            var printed = DocumentNumber.Format(kind, new BureauOptions(), year, number);
            Assert.Equal(printed, DocumentNumber.Normalise(printed));
        });

    [Fact]
    public void Check_codes_differ_and_survive_being_read_out()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => CheckCode.New()).ToHashSet();
        Assert.Equal(1000, codes.Count);
        Assert.All(codes, code => Assert.Equal(code, CheckCode.Normalise($" {code[..4].ToLowerInvariant()}-{code[4..].Replace('0', 'o')}")));
    }

    [Fact]
    public void Reminders_are_in_the_future_before_the_end_and_nearest_last() =>
        Gen.Select(Days, Gen.Int[1, 400].List[0, 5], Days).Sample((end, days, today) =>
        {
            var now = new DateTimeOffset(today.ToDateTime(new TimeOnly(3, 0)), TimeSpan.Zero);
            var plan = TermReminders.Plan(end, days, now);
            Assert.All(plan, one => Assert.True(one.At > now && one.At < TermReminders.EndOf(end)));
            Assert.Equal(plan.OrderBy(one => one.At), plan);
        });

    [Fact]
    public void A_text_reaches_its_values_and_nothing_else()
    {
        var values = new Dictionary<string, object?> { ["name"] = "张三" };
        Assert.Equal("兹聘任张三同志", DocumentLiquid.Render("兹聘任{{ name }}同志", values, TimeProvider.System));
        Assert.Equal("", DocumentLiquid.Render("{{ name.GetType.Assembly }}{{ other }}", values, TimeProvider.System));
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 16, 30, 0, TimeSpan.Zero));
        Assert.Equal("2026年11月24日", DocumentLiquid.Render("{{ 'now' | date: 'yyyy年M月d日' }}", values, clock));
        Assert.Throws<FormatException>(() => DocumentLiquid.Render("{% if name %}", values, TimeProvider.System));
    }
}
