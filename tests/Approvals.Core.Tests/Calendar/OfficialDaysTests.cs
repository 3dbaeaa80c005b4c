using System.Text.Json;
using Approvals.Core.Calendar;
using Approvals.Core.Tests.Forms;

namespace Approvals.Core.Tests.Calendar;

public sealed class OfficialDaysTests
{
    /// <summary>An independent collection (npm chinese-days, a development dependency the build installs) must say the same.</summary>
    [Theory]
    [InlineData("2025")]
    [InlineData("2026")]
    public void ShippedDaysAgreeWithAnIndependentCollection(string year)
    {
        var path = Path.Combine(ShippedForms.Root, "src", "Approvals.Documents", "node_modules", "chinese-days", "dist", "chinese-days.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(DaysOf(json, "holidays", year), Shipped(year, CalendarDayKind.Holiday));
        Assert.Equal(DaysOf(json, "workdays", year), Shipped(year, CalendarDayKind.MakeUpWorkingDay));
    }

    [Fact]
    public void ATextWithMistakesIsReadLineByLineAndGivesEachMistake()
    {
        var result = CalendarCsv.Parse("日期,类别,名称\n2027-01-01,休,元旦\n2027-01-01,休,元旦\n2027-13-01,休,元旦\n2027-01-02,放,元旦\n");
        Assert.Equal(3, result.Errors.Count);
        Assert.StartsWith("第 3 行", result.Errors[0]);
        Assert.Equal(["2027-01-01"], result.Days.Select(day => day.Date.ToString("yyyy-MM-dd")));
    }

    private static List<string> DaysOf(JsonDocument json, string kind, string year) =>
        [.. json.RootElement.GetProperty(kind).EnumerateObject().Select(day => day.Name)
            .Where(name => name.StartsWith(year, StringComparison.Ordinal)).Order()];

    private static List<string> Shipped(string year, CalendarDayKind kind) =>
        [.. SeedCalendar.OfficialDays().Where(day => day.Kind == kind).Select(day => day.Date.ToString("yyyy-MM-dd"))
            .Where(name => name.StartsWith(year, StringComparison.Ordinal)).Order()];
}
