using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Microsoft.EntityFrameworkCore;
using System.Text.Json.Nodes;

namespace Approvals.Core.Compensation;

/// <summary>
/// 收款单位账户 — whoever submitted a claim gives the account of the unit that is to be paid. It is encrypted and never part of the case;
/// finance makes sure of it before anything is paid. Scoped.
/// </summary>
public sealed class UnitAccount(ApprovalsDbContext db, AccountQuery accounts, ChangeAccount change, CurrentPerson person)
{
    /// <summary>The unit with its account; null when the signed-in person has submitted no such claim.</summary>
    public async Task<PayeeWithAccount?> FindAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var data = await db.Cases.AsNoTracking()
            .Where(row => row.Id == caseId && row.StarterId == me && row.ProcessKey == CompensationClaim.Process
                && (row.Status == CaseStatus.Running || row.Status == CaseStatus.Completed))
            .Select(row => row.Data).FirstOrDefaultAsync(cancellationToken);
        if (data is null)
            return null;
        var code = IdentityCode.Normalise(FieldValues.Text(JsonNode.Parse(data)!["creditCode"]));
        var payee = await db.Payees.AsNoTracking().Where(row => row.IdentityNumber == code).Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return payee is { } id ? await accounts.FindAsync(id, cancellationToken) : null;
    }

    /// <summary>Whether the person may give or change it here: there is none, or it is the one they gave themselves.</summary>
    public bool MayEnter(PayeeWithAccount row) => row.Account is null || row.Account.EnteredById == person.Id;

    /// <summary>Stores the account; finance confirms it.</summary>
    /// <returns>Null when the claim is not the person's, or another has given the account.</returns>
    public async Task<AccountOutcome?> SaveAsync(Guid caseId, AccountInput input, CancellationToken cancellationToken)
    {
        var row = await FindAsync(caseId, cancellationToken);
        return row is null || !MayEnter(row)
            ? null
            : await change.ByClaimantAsync(row.Payee.Id, input, person.RequiredId, cancellationToken);
    }
}
