using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Web.Pages.Finance;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Profile;

/// <summary>收款账户 — the own account, confirmed by password; shown masked even to its owner.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(
    OwnPayee own, AccountQuery accounts, ChangeAccount change, CurrentPerson person, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>The person as payee; null while the identity number is unknown.</summary>
    public PayeeWithAccount? Row { get; private set; }

    /// <summary>The fields.</summary>
    public AccountForm Form { get; private set; } = null!;

    /// <summary>Whether the identity number is asked for.</summary>
    public bool AsksNumber => Row is null;

    /// <summary>Identity number as typed.</summary>
    public string? IdentityNumber { get; private set; }

    /// <summary>Shows the account.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Form = new AccountForm(new AccountInput(Row?.Payee.Name ?? person.Name, null, null, null), [], IsPerson: true);
    }

    /// <summary>Enters or changes the account.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? identityNumber, string? holder, string? number, string? bankName, string? bankCode, string? secret,
        CancellationToken cancellationToken)
    {
        var input = new AccountInput(holder, number, bankName, bankCode);
        IdentityNumber = identityNumber;
        var payee = await own.EnsureAsync(person.RequiredId, identityNumber, cancellationToken);
        if (payee is OwnPayeeOutcome.NumberNeeded needed)
            return await AgainAsync(input, [new FieldError("identityNumber", "身份证号码", needed.Message)], cancellationToken);
        switch (await change.OwnAsync(((OwnPayeeOutcome.Found)payee).Payee.Id, input, person.RequiredId, secret, cancellationToken))
        {
            case AccountOutcome.Invalid invalid:
                return await AgainAsync(input, invalid.Errors, cancellationToken);
            case AccountOutcome.Saved saved:
                TempData["Notice"] = saved.StoppedLines > 0
                    ? texts["账户已变更，{0} 笔待付款项已暂停，财务核实后再付。", saved.StoppedLines].Value
                    : texts["收款账户已登记。"].Value;
                break;
        }

        return Redirect("/profile/account");
    }

    private async Task<IActionResult> AgainAsync(
        AccountInput input, IReadOnlyList<FieldError> errors, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Form = new AccountForm(input, errors, IsPerson: true);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var payee = await own.FindAsync(person.RequiredId, cancellationToken);
        Row = payee is null ? null : await accounts.FindAsync(payee.Id, cancellationToken);
    }
}
