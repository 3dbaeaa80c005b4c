using Approvals.Core.Training;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Training;

/// <summary>新建或修改班次.</summary>
[Authorize(Policy = Policies.Training)]
public sealed class EditModel(TrainingQuery training, PlanSession plan) : PageModel
{
    /// <summary>Session; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    /// <summary>Name.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Day.</summary>
    [BindProperty]
    public DateOnly? HeldOn { get; set; }

    /// <summary>Where.</summary>
    [BindProperty]
    public string? Place { get; set; }

    /// <summary>Seats.</summary>
    [BindProperty]
    public int? Capacity { get; set; }

    /// <summary>Version the page was drawn with.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Problems by field.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>Problem of a field.</summary>
    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Id is not { } id)
        {
            Capacity = 30;
            return Page();
        }

        if (await training.FindAsync(id, cancellationToken) is not { } session)
        {
            return NotFound();
        }

        (Name, HeldOn, Place, Capacity, Version) = (session.Title, session.HeldOn, session.Place, session.Capacity, session.RowVersion);
        return Page();
    }

    /// <summary>Stores the session.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var input = new SessionInput(Name, HeldOn, Place, Capacity);
        var outcome = Id is { } id
            ? await plan.ChangeAsync(id, input, Version, cancellationToken)
            : await plan.CreateAsync(input, cancellationToken);
        switch (outcome)
        {
            case PlanOutcome.Saved saved:
                TempData["Notice"] = "班次已保存。";
                return Redirect($"/training/sessions/{saved.Id}");
            case PlanOutcome.Invalid invalid:
                Problems = invalid.Problems;
                return Status(StatusCodes.Status422UnprocessableEntity);
            default:
                Problems = new Dictionary<string, string> { [""] = "班次已被他人修改或已公布成绩，未保存。请刷新后重试。" };
                return Status(StatusCodes.Status409Conflict);
        }
    }

    private PageResult Status(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
