using Approvals.Core.Calendar;
using Approvals.Core.Missions;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Events;

/// <summary>开启突发事件 — the duty office.</summary>
[Authorize(Policy = Policies.DutyOffice)]
public sealed class NewModel(OpenEvent opening, EventChoices choices, TimeProvider time) : PageModel
{
    /// <summary>As typed.</summary>
    [BindProperty]
    public EventInput Input { get; set; } = new();

    /// <summary>What may be chosen.</summary>
    public OfferedChoices Choices { get; private set; } = new([], [], []);

    /// <summary>Problems by field.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>Problem of a field.</summary>
    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    /// <summary>Shows the form; the event has most often just happened.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Choices = await choices.LoadAsync(cancellationToken);
        var now = ChinaTime.ToLocal(time.GetUtcNow()).DateTime;
        Input = Input with { StartedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)) };
    }

    /// <summary>Opens the event.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await opening.OpenAsync(Input, cancellationToken))
        {
            case OpenEventOutcome.Opened opened:
                TempData["Notice"] = "事件已开启，参考名册已提供给总指挥。";
                return Redirect($"/events/{opened.EventId}");
            case OpenEventOutcome.Invalid invalid:
                Problems = invalid.Problems;
                Choices = await choices.LoadAsync(cancellationToken);
                var page = Page();
                page.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return page;
            default:
                return Forbid();
        }
    }
}
