using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Parameters;

/// <summary>Sets a parameter from a day on, and shows every value it ever had.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class EditModel(
    RegulationParameters parameters, ChangeParameter change, PersonNames people, TimeProvider clock,
    IStringLocalizer<FormsTexts> T) : PageModel
{
    /// <summary>The parameter.</summary>
    public ParameterDefinition Definition { get; private set; } = null!;

    /// <summary>Value in force today.</summary>
    public ParameterValue InForce { get; private set; } = null!;

    /// <summary>Every row, newest first.</summary>
    public IReadOnlyList<RegulationParameter> History { get; private set; } = [];

    /// <summary>Names of who set them.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Field → what to mend.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>Today in China.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>New value as typed.</summary>
    [BindProperty]
    public string? Value { get; set; }

    /// <summary>First day as typed.</summary>
    [BindProperty]
    public string? EffectiveFrom { get; set; }

    /// <summary>Reason as typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Shows the parameter.</summary>
    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellationToken)
    {
        EffectiveFrom = Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await LoadAsync(key, cancellationToken) ? Page() : NotFound();
    }

    /// <summary>Sets it.</summary>
    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancellationToken)
    {
        var from = DateOnly.TryParseExact(EffectiveFrom, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : (DateOnly?)null;
        switch (await change.RunAsync(key, Value, from, Reason, cancellationToken))
        {
            case ChangeParameterOutcome.Changed changed:
                TempData["Notice"] = T["已修改，自 {0} 起生效。", $"{changed.Row.EffectiveFrom:yyyy-MM-dd}"].Value;
                return Redirect("/admin/parameters/" + Uri.EscapeDataString(key));
            case ChangeParameterOutcome.Invalid invalid:
                Errors = invalid.Errors;
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return await LoadAsync(key, cancellationToken) ? Page() : NotFound();
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(string key, CancellationToken cancellationToken)
    {
        if (ParameterDefinition.All.FirstOrDefault(known => known.Key == key) is not { } definition)
        {
            return false;
        }

        var table = await parameters.TableAsync(cancellationToken);
        Definition = definition;
        InForce = table.InForce(key, Today);
        History = table.HistoryOf(key);
        Names = await people.ForAsync(History.Select(row => row.SetBy).OfType<Guid>(), cancellationToken);
        return true;
    }
}
