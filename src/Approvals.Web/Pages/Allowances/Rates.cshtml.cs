using System.Globalization;
using Approvals.Core.Allowances;
using Approvals.Core.Forms;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Allowances;

/// <summary>A row of the rate table as typed.</summary>
public sealed record TypedRate(string? Level, string? Region, string? From, string? Until, string? Daily)
{
    /// <summary>Whether nothing was typed into it.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(Until) && string.IsNullOrWhiteSpace(Daily);
}

/// <summary>补助标准 — the rate table with its versions; the process owner changes it as a whole, with a reason.</summary>
[Authorize]
public sealed class RatesModel(RateTables tables, ChangeRates changing, EventChoices choices, AllowanceQuery allowances, CurrentPerson person)
    : PageModel
{
    /// <summary>Rows read from a post; more are not read at all.</summary>
    private const int MostRows = 200;

    /// <summary>Version the page was drawn with.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Why the table changes.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Rows, as stored or as typed.</summary>
    public IReadOnlyList<TypedRate> Rows { get; private set; } = [];

    /// <summary>Problems by row.</summary>
    public IReadOnlyDictionary<int, string> Problems { get; private set; } = new Dictionary<int, string>();

    /// <summary>Problem of the reason, or of the whole.</summary>
    public string? Problem { get; private set; }

    /// <summary>Regions.</summary>
    public IReadOnlyList<Choice> Regions { get; private set; } = [];

    /// <summary>Versions, newest first.</summary>
    public IReadOnlyList<AllowanceRateTable> History { get; private set; } = [];

    /// <summary>Whether the reader may change them.</summary>
    public bool MayChange => person.Is(Roles.ProcessOwner);

    /// <summary>Shows the newest version.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!MayChange && !allowances.MayRead)
        {
            return Forbid();
        }

        await LoadAsync(cancellationToken);
        var table = await tables.NewestAsync(cancellationToken);
        Version = table.Version;

        // As the dictionary lists the regions: from the city outwards, not by their codes.
        var place = Regions.Select((region, index) => (region.Value, index)).ToDictionary(one => one.Value, one => one.index);
        Rows = [.. table.Rows.OrderBy(row => row.Level).ThenBy(row => place.GetValueOrDefault(row.Region, place.Count)).ThenBy(row => row.From).Select(row => new TypedRate(
            row.Level.ToString(), row.Region, Day(row.From), row.Until is { } until ? Day(until) : null,
            row.Daily.ToString("0.00", CultureInfo.InvariantCulture)))];
        return Page();
    }

    /// <summary>Adds a row to what was typed.</summary>
    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        if (!MayChange)
        {
            return Forbid();
        }

        await LoadAsync(cancellationToken);
        Rows = [.. Typed(), new TypedRate(null, null, null, null, null)];
        return Page();
    }

    /// <summary>Takes the row out whose button was pressed.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        if (!MayChange)
        {
            return Forbid();
        }

        await LoadAsync(cancellationToken);
        Rows = Typed();
        return Page();
    }

    /// <summary>Stores what was typed as the next version.</summary>
    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellationToken)
    {
        if (!MayChange)
        {
            return Forbid();
        }

        Rows = [.. Typed().Where(row => !row.IsEmpty)];
        var problems = new Dictionary<int, string>();
        var rows = Rows.Select((row, index) => Parse(row, index, problems)).OfType<RateRow>().ToList();
        var outcome = problems.Count > 0
            ? new ChangeRatesOutcome.Invalid([.. problems.Select(one => new RateProblem(one.Key, one.Value))], null)
            : await changing.ChangeAsync(Version, rows, Reason, cancellationToken);
        switch (outcome)
        {
            case ChangeRatesOutcome.Changed changed:
                TempData["Notice"] = $"补助标准第 {changed.Version} 版已生效。";
                return Redirect("/allowances/rates");
            case ChangeRatesOutcome.Invalid invalid:
                Problems = invalid.Rows.GroupBy(one => one.Row).ToDictionary(one => one.Key, one => string.Join("；", one.Select(p => p.Message)));
                Problem = invalid.Reason;
                break;
            case ChangeRatesOutcome.Outdated:
                Problem = "补助标准已被他人修改，未保存。请重新打开本页核对后再改。";
                break;
            default:
                return Forbid();
        }

        await LoadAsync(cancellationToken);
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Regions = await choices.RegionsAsync(cancellationToken);
        History = await tables.HistoryAsync(cancellationToken);
    }

    private List<TypedRate> Typed()
    {
        var rows = new List<TypedRate>();
        for (var i = 0; i < MostRows && Request.Form.ContainsKey($"rate[{i}].from"); i++)
        {
            string? Of(string name) => Request.Form[$"rate[{i}].{name}"];
            if (Request.Form["remove"] != i.ToString(CultureInfo.InvariantCulture))
            {
                rows.Add(new TypedRate(Of("level"), Of("region"), Of("from"), Of("until"), Of("daily")));
            }
        }

        return rows;
    }

    private static RateRow? Parse(TypedRate typed, int index, Dictionary<int, string> problems)
    {
        static bool Read(string? text, out DateOnly day) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

        DateOnly until = default;
        var problem = !Enum.TryParse<EventLevel>(typed.Level, out var level) ? "请选择事件等级"
            : string.IsNullOrEmpty(typed.Region) ? "请选择区域"
            : !Read(typed.From, out _) ? "请填写起始日期"
            : !string.IsNullOrWhiteSpace(typed.Until) && !Read(typed.Until, out until) ? "截止日期不是有效日期"
            : !decimal.TryParse(typed.Daily, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? "每日标准应为数字，最多两位小数"
            : null;
        if (problem is not null)
        {
            problems[index] = problem;
            return null;
        }

        Read(typed.From, out var from);
        return new RateRow(
            level, typed.Region!, from, string.IsNullOrWhiteSpace(typed.Until) ? null : until,
            decimal.Parse(typed.Daily!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
