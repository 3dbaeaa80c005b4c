using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Calendar;

/// <summary>Holidays and make-up working days, year by year.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class IndexModel(ApprovalsDbContext db, EditCalendar edit, TimeProvider clock, IStringLocalizer<FormsTexts> T) : PageModel
{
    /// <summary>Year asked for; this one when none is.</summary>
    [BindProperty(SupportsGet = true, Name = "year")]
    public int? Year { get; set; }

    /// <summary>Year shown.</summary>
    public int ShownYear => Year is >= 2000 and <= 2100 ? Year.Value : clock.Today().Year;

    /// <summary>Years with data, and this and the next one.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    /// <summary>This year, the next one and the one shown, as far as they have no data.</summary>
    public IReadOnlyList<int> YearsWithoutData { get; private set; } = [];

    /// <summary>Days of the year shown.</summary>
    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];

    /// <summary>Date as typed.</summary>
    public string? Date { get; private set; }

    /// <summary>Kind as chosen.</summary>
    public CalendarDayKind Kind { get; private set; }

    /// <summary>Name as typed.</summary>
    public string? Name { get; private set; }

    /// <summary>What to mend in the day.</summary>
    public string? DayError { get; private set; }

    /// <summary>Text as pasted.</summary>
    public string? Csv { get; private set; }

    /// <summary>What to mend in the text.</summary>
    public IReadOnlyList<string> ImportErrors { get; private set; } = [];

    /// <summary>Shows the year.</summary>
    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Enters or changes a day.</summary>
    public async Task<IActionResult> OnPostSetAsync(string? date, CalendarDayKind kind, string? name, CancellationToken cancellationToken)
    {
        (Date, Kind, Name) = (date, kind, name);
        DayError = DateOf(date) is { } day
            ? await edit.SetAsync(day, kind, name, cancellationToken)
            : T["请填写有效日期，如 2027-01-01"].Value;
        return DayError is null ? Back(T["已保存 {0}。", date!].Value, DateOf(date)!.Value.Year) : await AgainAsync(cancellationToken);
    }

    /// <summary>Takes a day out.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? date, CancellationToken cancellationToken)
    {
        if (DateOf(date) is not { } day)
        {
            return BadRequest();
        }

        await edit.RemoveAsync(day, cancellationToken);
        return Back(T["已删除 {0}。", date!].Value, day.Year);
    }

    /// <summary>Takes a CSV text in.</summary>
    public async Task<IActionResult> OnPostImportAsync(string? csv, CancellationToken cancellationToken)
    {
        Csv = csv;
        (var count, ImportErrors) = await edit.ImportAsync(csv, cancellationToken);
        return ImportErrors.Count == 0 ? Back(T["已导入 {0} 天。", count].Value, ShownYear) : await AgainAsync(cancellationToken);
    }

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private RedirectResult Back(string notice, int year)
    {
        TempData["Notice"] = notice;
        return Redirect($"/admin/calendar?year={year}");
    }

    private async Task<IActionResult> AgainAsync(CancellationToken cancellationToken)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = await db.CalendarDays.AsNoTracking().OrderBy(day => day.Date).ToListAsync(cancellationToken);
        var thisYear = clock.Today().Year;
        var known = all.Select(day => day.Date.Year).ToHashSet();
        Days = [.. all.Where(day => day.Date.Year == ShownYear)];
        Years = [.. known.Append(thisYear).Append(thisYear + 1).Append(ShownYear).Distinct().Order()];
        YearsWithoutData = [.. new[] { thisYear, thisYear + 1, ShownYear }.Distinct().Where(year => !known.Contains(year)).Order()];
    }
}
