using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Tasks;

/// <summary>转办 or 委派: to whom, and why.</summary>
[Authorize]
public sealed class HandOverModel(
    TaskViews views, HandOverTask handing, DelegateTask delegating, FurtherSigners signers, Wording wording,
    IStringLocalizer<CaseTexts> texts)
    : TaskActPage(views, wording, texts)
{
    /// <summary>委派: the task comes back to be decided.</summary>
    [BindProperty]
    public bool ComesBack { get; set; }

    /// <summary>Whether 委派 can be chosen.</summary>
    public bool MayComeBack => DelegateTask.Refusal(View) is null;

    /// <summary>接办人.</summary>
    [BindProperty]
    public Guid? To { get; set; }

    /// <summary>原因.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whom one may choose.</summary>
    public IReadOnlyList<Colleague> People { get; private set; } = [];

    /// <inheritdoc />
    public override string? Refusal => HandOverTask.Refusal(View);

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) ?? Page();

    /// <summary>Hands over.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var (subject, caseId) = (View.Task.SubjectName, View.Case.Id);
        if (ComesBack)
        {
            return Answer(await delegating.DelegateAsync(Id, To, Reason, cancellationToken), names =>
            {
                TempData["Notice"] = Texts["“{0}”已委派 {1} 办理，办完后待办回到您这里。", subject, names].Value;
                return LocalRedirect($"/cases/{caseId}");
            });
        }

        return Answer(await handing.HandOverAsync(Id, To, Reason, cancellationToken), names =>
        {
            TempData["Notice"] = Texts["“{0}”已转办给 {1}。", subject, names].Value;
            return LocalRedirect("/inbox");
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        People = await signers.OfAsync(View, cancellationToken);
}
