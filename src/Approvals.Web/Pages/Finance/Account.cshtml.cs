using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>A payee's account: look, verify, enter for the payee.</summary>
[Authorize(Policy = Policies.Finance)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(
    AccountQuery accounts, ChangeAccount change, ConfirmAccount confirm, RevealAccount reveal, CurrentPerson person,
    IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>Payee.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Payee with the account that counts.</summary>
    public PayeeWithAccount Row { get; private set; } = null!;

    /// <summary>The fields.</summary>
    public AccountForm Form { get; private set; } = null!;

    /// <summary>The full number, once it was asked for.</summary>
    public string? Number { get; private set; }

    /// <summary>Why an act was not done.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the account.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(null, [], cancellationToken) ? Page() : NotFound();

    /// <summary>Shows the full number, once.</summary>
    public async Task<IActionResult> OnPostRevealAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(null, [], cancellationToken) || Row.Account is not { } account)
            return NotFound();
        Number = await reveal.RevealAsync(account.Id, "payee", cancellationToken);
        return Page();
    }

    /// <summary>Confirms the account.</summary>
    public async Task<IActionResult> OnPostConfirmAsync(Guid account, CancellationToken cancellationToken)
    {
        Problem = await confirm.ConfirmAsync(account, person.RequiredId, cancellationToken);
        if (Problem is null)
        {
            TempData["Notice"] = texts["账户已核实。"].Value;
            return Redirect($"/finance/accounts/{Id}");
        }

        Response.StatusCode = StatusCodes.Status409Conflict;
        return await OnGetAsync(cancellationToken);
    }

    /// <summary>Enters an account.</summary>
    public async Task<IActionResult> OnPostSaveAsync(
        string? holder, string? number, string? bankName, string? bankCode, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(Id, cancellationToken) is null)
            return NotFound();
        var input = new AccountInput(holder, number, bankName, bankCode);
        switch (await change.ByFinanceAsync(Id, input, person.RequiredId, cancellationToken))
        {
            case AccountOutcome.Invalid invalid:
                await LoadAsync(input, invalid.Errors, cancellationToken);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
            case AccountOutcome.Saved saved:
                TempData["Notice"] = saved.StoppedLines > 0
                    ? texts["账户已登记，{0} 笔待付款项已暂停，请另一名财务人员核实。", saved.StoppedLines].Value
                    : texts["账户已登记，请另一名财务人员核实。"].Value;
                break;
        }

        return Redirect($"/finance/accounts/{Id}");
    }

    private async Task<bool> LoadAsync(AccountInput? typed, IReadOnlyList<FieldError> errors, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(Id, cancellationToken) is not { } row)
            return false;
        Row = row;
        Form = new AccountForm(typed ?? new AccountInput(row.Payee.Name, null, null, null), errors, row.Payee.Kind == PayeeKind.Person);
        return true;
    }
}
