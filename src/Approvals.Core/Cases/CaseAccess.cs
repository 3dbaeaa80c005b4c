using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>
/// Who may read a case: by the case, not by the role alone. The applicant and starter; everybody who has or had a task in it, and
/// who stands in for them today; to whom it was copied; heads and the leader in charge of the owning section; auditors and system
/// administrators (who must be able to mend it). A draft is its starter's alone.
/// </summary>
public sealed class CaseAccess(ApprovalsDbContext db, CurrentPerson person, ActingRights acting, TimeProvider clock)
{
    /// <summary>Whether the signed-in person may read the case; false, too, when there is no such case.</summary>
    public async Task<bool> CanReadAsync(Guid caseId, CancellationToken cancellationToken)
    {
        if (person.Id is not { } me)
            return false;
        var row = await db.Cases.AsNoTracking()
            .Where(one => one.Id == caseId)
            .Select(one => new { one.Status, one.StarterId, one.ApplicantId, one.OwnerSectionId, one.ProcessKey })
            .FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return false;
        if (row.StarterId == me || row.ApplicantId == me)
            return true;
        if (row.Status == CaseStatus.Draft)
            return false;
        if (person.Is(Roles.Auditor) || person.Is(Roles.SystemAdministrator))
            return true;

        var today = clock.Today();
        if (await HasTaskAsync(caseId, row.ProcessKey, me, today, cancellationToken)
            || await db.Copies.AnyAsync(copy => copy.CaseId == caseId && copy.PersonId == me, cancellationToken))
        {
            return true;
        }

        return row.OwnerSectionId is { } section && await LeadsAsync(section, me, today, cancellationToken);
    }

    /// <summary>
    /// Whether the signed-in person is the applicant or starter, or decides or decided on the case (also for a principal): only they
    /// need its sensitive values in full.
    /// </summary>
    public async Task<bool> TakesPartAsync(Guid caseId, CancellationToken cancellationToken)
    {
        if (person.Id is not { } me)
            return false;
        var row = await db.Cases.AsNoTracking()
            .Where(one => one.Id == caseId)
            .Select(one => new { one.StarterId, one.ApplicantId, one.ProcessKey })
            .FirstOrDefaultAsync(cancellationToken);
        return row is not null
            && (row.StarterId == me || row.ApplicantId == me
                || await HasTaskAsync(caseId, row.ProcessKey, me, clock.Today(), cancellationToken));
    }

    /// <summary>
    /// Whether the signed-in person answers for the progress of a case: its applicant or starter, or head, handler or leader in charge
    /// of the owning section.
    /// </summary>
    public async Task<bool> AnswersForAsync(Case row, CancellationToken cancellationToken) =>
        person.Id is { } me && row.Status != CaseStatus.Draft
        && (row.StarterId == me || row.ApplicantId == me
            || (row.OwnerSectionId is { } section && await LeadsAsync(section, me, clock.Today(), cancellationToken)));

    private async Task<bool> HasTaskAsync(
        Guid caseId, string processKey, Guid me, DateOnly today, CancellationToken cancellationToken)
    {
        var assignees = (await acting.PrincipalsOfAsync(me, today, cancellationToken))
            .Where(one => one.ProcessKey is null || one.ProcessKey == processKey)
            .Select(one => one.PersonId)
            .Append(me)
            .ToList();
        return await db.Tasks.AnyAsync(
            task => task.CaseId == caseId && (assignees.Contains(task.AssigneeId) || task.DecidedById == me), cancellationToken);
    }

    private async Task<bool> LeadsAsync(Guid section, Guid me, DateOnly today, CancellationToken cancellationToken) =>
        await db.OrgUnits.AnyAsync(unit => unit.Id == section && unit.LeaderInChargeId == me, cancellationToken)
        || await db.Positions.HeldOn(today).OfHeadsAndHandlers()
            .AnyAsync(post => post.OrgUnitId == section && post.PersonId == me, cancellationToken);
}
