using Approvals.Core.Compensation;
using Approvals.Core.Forms;
using Approvals.Core.Payouts.Accounts;
using Approvals.Web.Pages.Finance;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Compensation;

/// <summary>收款单位账户 — whoever submitted a claim gives the unit's account; shown masked afterwards, confirmed by finance.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UnitAccount accounts, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>The claim's case.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The unit with its account.</summary>
    public PayeeWithAccount Row { get; private set; } = null!;

    /// <summary>The fields.</summary>
    public AccountForm Form { get; private set; } = null!;

    /// <summary>Whether the person may give or change it here.</summary>
    public bool MayEnter => accounts.MayEnter(Row);

    /// <summary>Shows the account.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(null, [], cancellationToken) ? Page() : NotFound();

    /// <summary>Gives or changes the account.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? holder, string? number, string? bankName, string? bankCode, CancellationToken cancellationToken)
    {
        var input = new AccountInput(holder, number, bankName, bankCode);
        switch (await accounts.SaveAsync(Id, input, cancellationToken))
        {
            case null:
                return NotFound();
            case AccountOutcome.Invalid invalid:
                await LoadAsync(input, invalid.Errors, cancellationToken);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
        }

        TempData["Notice"] = texts["收款账户已登记，财务核实后即可支付。"].Value;
        return Redirect($"/compensation/{Id}/account");
    }

    private async Task<bool> LoadAsync(AccountInput? typed, IReadOnlyList<FieldError> errors, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(Id, cancellationToken) is not { } row)
            return false;
        Row = row;
        Form = new AccountForm(typed ?? new AccountInput(row.Payee.Name, null, null, null), errors, IsPerson: false);
        return true;
    }
}
