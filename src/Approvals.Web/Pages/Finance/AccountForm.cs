using Approvals.Core.Forms;
using Approvals.Core.Payouts.Accounts;

namespace Approvals.Web.Pages.Finance;

/// <summary>The fields of an account as typed, with what is wrong beside each.</summary>
/// <param name="Input">As typed.</param>
/// <param name="Errors">What is wrong.</param>
/// <param name="IsPerson">Whether a person's card is asked for, not a unit's account.</param>
public sealed record AccountForm(AccountInput Input, IReadOnlyList<FieldError> Errors, bool IsPerson)
{
    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Path == field)?.Message;
}
