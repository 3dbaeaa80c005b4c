using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>
/// Who may read and record insurance: the insurance officers record; finance, auditors, and head, handlers and leader of the section
/// that owns the process read. Claims are read by the insured person, too. Scoped.
/// </summary>
public sealed class InsuranceAccess(ApprovalsDbContext db, DefinitionCatalogue catalogue, CurrentPerson person, TimeProvider time)
{
    /// <summary>Whether the signed-in person may open purchases, and record policies and claims.</summary>
    public bool MayRecord => person.Is(Roles.InsuranceOfficer);

    /// <summary>Whether the signed-in person may read rosters, purchases, policies and everyone's claims.</summary>
    public async Task<bool> MayReadAsync(CancellationToken cancellationToken)
    {
        if (MayRecord || person.Is(Roles.Finance) || person.Is(Roles.Auditor))
        {
            return true;
        }

        if (person.Id is not { } me
            || (await catalogue.FindPublishedAsync(OpenPurchase.Process, cancellationToken))?.Settings.OwnerSection is not { } code)
        {
            return false;
        }

        var held = db.Positions.HeldOn(time.Today()).OfHeadsAndHandlers();
        return await db.OrgUnits.AnyAsync(
            unit => unit.Code == code && unit.ClosedOn == null
                && (unit.LeaderInChargeId == me || held.Any(post => post.OrgUnitId == unit.Id && post.PersonId == me)),
            cancellationToken);
    }
}
