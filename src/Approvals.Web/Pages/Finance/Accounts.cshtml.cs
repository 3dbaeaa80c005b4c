using Approvals.Core.Payouts.Accounts;
using Approvals.Web.Pages.Inbox;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Finance;

/// <summary>收款账户 — accounts to verify, payees without one, search.</summary>
[Authorize(Policy = Policies.Finance)]
public sealed class AccountsModel(AccountQuery accounts, SearchTerm searchTerm) : PageModel
{
    /// <summary>Search term as <see cref="SearchTerm"/> writes it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Term as typed.</summary>
    public string? Term { get; private set; }

    /// <summary>Payees found.</summary>
    public IReadOnlyList<PayeeWithAccount> Found { get; private set; } = [];

    /// <summary>Accounts that wait for finance.</summary>
    public IReadOnlyList<PayeeWithAccount> ToVerify { get; private set; } = [];

    /// <summary>Payees without an account.</summary>
    public IReadOnlyList<PayeeWithAccount> Missing { get; private set; } = [];

    /// <summary>Shows the lists.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Term = searchTerm.Read(Q);
        if (Term is not null)
        {
            Found = await accounts.SearchAsync(Term, cancellationToken);
            return;
        }

        ToVerify = await accounts.ToVerifyAsync(cancellationToken);
        Missing = await accounts.MissingAsync(cancellationToken);
    }

    /// <summary>Searches: the term travels in the body and only its safe form reaches the address.</summary>
    public IActionResult OnPostSearch(string? term) => RedirectToPage(new { q = searchTerm.Write(term) });
}
