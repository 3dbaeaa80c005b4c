using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Tasks;

/// <summary>收回: why a decision is taken back.</summary>
[Authorize]
public sealed class TakeBackModel(
    TaskViews views, TakeBack taking, CurrentPerson person, Wording wording, IStringLocalizer<CaseTexts> texts)
    : TaskActPage(views, wording, texts)
{
    private string? refusal;

    /// <summary>收回原因.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <inheritdoc />
    public override string? Refusal => refusal;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) ?? Page();

    /// <summary>Takes back.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } answer)
        {
            return answer;
        }

        var (subject, caseId) = (View.Task.SubjectName, View.Case.Id);
        return Answer(await taking.TakeBackAsync(Id, Reason, cancellationToken), step =>
        {
            TempData["Notice"] = Texts["已收回对“{0}”的办理，“{1}”重新等待办理。", subject, Wording[step]].Value;
            return LocalRedirect($"/cases/{caseId}");
        });
    }

    /// <summary>Only who has decided: a task that is still to be decided has its own page.</summary>
    protected override IActionResult? Refuse(TaskView view) => view switch
    {
        { Task.DecidedById: { } by } when by == person.Id => null,
        { IsHolder: true } => LocalRedirect($"/tasks/{Id}"),
        _ => StatusCode(StatusCodes.Status403Forbidden),
    };

    /// <inheritdoc />
    protected override async Task LoadAsync(CancellationToken cancellationToken) => refusal = await taking.RefusalAsync(Id, cancellationToken);
}
