using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Insurance;
using Approvals.Core.Regulations;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Insurance;

/// <summary>投保名单 — who lacks cover on a day and why; the insurance officer opens a purchase for them here.</summary>
[Authorize]
public sealed class IndexModel(
    InsuranceAccess access, InsuranceRoster roster, OpenPurchase opening, RegulationParameters parameters, TimeProvider time,
    IStringLocalizer<InsuranceTexts> texts) : PageModel
{
    /// <summary>Day of the roster.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Required sum in yuan.</summary>
    public decimal Least { get; private set; }

    /// <summary>Days before the end of cover from which people are listed.</summary>
    public int Ahead { get; private set; }

    /// <summary>The roster.</summary>
    public IReadOnlyList<RosterPerson> Lines { get; private set; } = [];

    /// <summary>Who is ticked.</summary>
    public IReadOnlySet<Guid> Insured { get; private set; } = new HashSet<Guid>();

    /// <summary>Reasons as typed.</summary>
    public IReadOnlyDictionary<Guid, string?> LeftOut { get; private set; } = new Dictionary<Guid, string?>();

    /// <summary>What is wrong, by person; the empty id for the roster as a whole.</summary>
    public IReadOnlyDictionary<Guid, string> Problems { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Whether the reader may open a purchase.</summary>
    public bool MayRecord => access.MayRecord;

    /// <summary>Shows the roster with everyone ticked who is in no purchase.</summary>
    public async Task<IActionResult> OnGetAsync(string? day, CancellationToken cancellationToken)
    {
        if (!await access.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        await LoadAsync(day, cancellationToken);
        Insured = Lines.Where(one => one.Purchase is null or { MayJoin: true }).Select(one => one.Commander.Id).ToHashSet();
        return Page();
    }

    /// <summary>Opens a purchase.</summary>
    public async Task<IActionResult> OnPostOpenAsync(string? day, Guid[] insured, CancellationToken cancellationToken)
    {
        if (!access.MayRecord)
        {
            return Forbid();
        }

        var left = Request.Form.Keys.Where(key => key.StartsWith("out:", StringComparison.Ordinal))
            .Where(key => Guid.TryParse(key.AsSpan(4), out _))
            .ToDictionary(key => Guid.Parse(key.AsSpan(4)), key => (string?)Request.Form[key].ToString());
        var (chosen, date) = (insured.ToHashSet(), DayOf(day) ?? default);
        switch (await opening.OpenAsync(new PurchaseInput(date, chosen, left), cancellationToken))
        {
            case PurchaseOutcome.Opened opened:
                TempData["Notice"] = texts["投保 {0} 已发起，共 {1} 人，请在待办中填写报价。", opened.Number, opened.Persons].Value;
                return Redirect($"/cases/{opened.CaseId}");
            case PurchaseOutcome.Invalid invalid:
                await LoadAsync(day, cancellationToken);
                (Insured, LeftOut, Problems) = (chosen, left, invalid.Problems);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
            default:
                return Forbid();
        }
    }

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private async Task LoadAsync(string? day, CancellationToken cancellationToken)
    {
        var today = time.Today();
        Day = DayOf(day) is { } asked && asked >= today && asked <= today.AddDays(OpenPurchase.FurthestDay) ? asked : today;
        Least = await roster.LeastAsync(Day, cancellationToken);
        Ahead = (await parameters.ValueAsync(ParameterKeys.InsuranceReminderDays, Day, cancellationToken)).WholeList.DefaultIfEmpty(0).Max();
        Lines = await roster.OnAsync(Day, cancellationToken);
    }
}
