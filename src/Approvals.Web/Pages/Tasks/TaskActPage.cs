using Approvals.Core.Calendar;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Tasks;

/// <summary>What the pages of acts on a task share: the task that one may act on, and the answers to what became of the act.</summary>
public abstract class TaskActPage(TaskViews views, Wording wording, IStringLocalizer<CaseTexts> texts) : PageModel
{
    private IReadOnlyList<FieldError> errors = [];

    /// <summary>Sentences of case pages.</summary>
    protected IStringLocalizer<CaseTexts> Texts => texts;

    /// <summary>What the product says, in the reader's language.</summary>
    protected Wording Wording => wording;

    /// <summary>The task.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The task with all it shows.</summary>
    public TaskView View { get; private set; } = null!;

    /// <summary>Why the act is not possible at all; null when it is.</summary>
    public abstract string? Refusal { get; }

    /// <summary>The first message of a field.</summary>
    public string? ErrorOf(string path) => errors.FirstOrDefault(error => error.Path == path)?.Message;

    /// <summary>Reads what the form offers.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Finds the task; an answer when the reader may not act on it, now or at all.</summary>
    protected async Task<IActionResult?> FindAsync(CancellationToken cancellationToken)
    {
        if (await views.LoadAsync(Id, cancellationToken) is not { } view)
        {
            return NotFound();
        }

        View = view;
        if (Refuse(view) is { } refusal)
        {
            return refusal;
        }

        await LoadAsync(cancellationToken);
        return null;
    }

    /// <summary>An answer when the reader may not act on the task; null when they may.</summary>
    protected virtual IActionResult? Refuse(TaskView view) => view switch
    {
        { Access: TaskAccess.Decide } => null,

        // A task that is done tells on its own page who was first.
        { IsHolder: true, Access: TaskAccess.Read, Task.State: TaskState.Done or TaskState.Closed } => LocalRedirect($"/tasks/{Id}"),
        _ => StatusCode(StatusCodes.Status403Forbidden),
    };

    /// <summary>Shows the form again, with what is wrong, or goes on to where the act leads.</summary>
    protected IActionResult Answer(ActOutcome outcome, Func<string, IActionResult> done)
    {
        switch (outcome)
        {
            case ActOutcome.Done act:
                return done(act.Names);
            case ActOutcome.Invalid invalid:
                errors = invalid.Errors;
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                ModelState.Clear();
                return Page();
            case ActOutcome.NotAllowed refused:
                TempData["Problem"] = wording[refused.Why];
                return LocalRedirect($"/tasks/{Id}");
            case ActOutcome.AlreadyDecided first:
                TempData["Problem"] = first.By is null || first.At is null
                    ? texts["此待办已不需要办理：{0}。", wording[first.As]].Value
                    : texts["已由 {0} 于 {1} 办理：{2}。", first.By, ChinaTime.ToLocal(first.At.Value).ToString("yyyy-MM-dd HH:mm"), wording[first.As]].Value;
                return LocalRedirect($"/tasks/{Id}");
            default:
                return StatusCode(outcome is ActOutcome.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
        }
    }
}
