using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Tasks;

/// <summary>加签: whom to ask, before, beside or after oneself, and why. The API takes up to five at once, the page three.</summary>
[Authorize]
public sealed class AddSignerModel(
    TaskViews views, AddSigners adding, FurtherSigners signers, Wording wording, IStringLocalizer<CaseTexts> texts)
    : TaskActPage(views, wording, texts)
{
    /// <summary>加签人.</summary>
    [BindProperty]
    public Guid? First { get; set; }

    /// <summary>Another.</summary>
    [BindProperty]
    public Guid? Second { get; set; }

    /// <summary>And another.</summary>
    [BindProperty]
    public Guid? Third { get; set; }

    /// <summary>加签顺序.</summary>
    [BindProperty]
    public AddedPlace? Place { get; set; }

    /// <summary>加签原因.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whom one may choose.</summary>
    public IReadOnlyList<Colleague> People { get; private set; } = [];

    /// <inheritdoc />
    public override string? Refusal => AddSigners.Refusal(View);

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) ?? Page();

    /// <summary>Asks.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var (isBefore, caseId) = (Place == AddedPlace.Before, View.Case.Id);
        var asked = new[] { First, Second, Third }.OfType<Guid>().ToList();
        return Answer(await adding.AddAsync(Id, asked, Place, Reason, cancellationToken), names =>
        {
            TempData["Notice"] = Place switch
            {
                AddedPlace.Before => Texts["已请 {0} 先行签署，签署后待办回到您这里。", names].Value,
                AddedPlace.Beside => Texts["已请 {0} 与您一同签署。", names].Value,
                _ => Texts["已请 {0} 在您之后签署。", names].Value,
            };
            return LocalRedirect(isBefore ? $"/cases/{caseId}" : $"/tasks/{Id}");
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        People = await signers.OfAsync(View, cancellationToken);
}
