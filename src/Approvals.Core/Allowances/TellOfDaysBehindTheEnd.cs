using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>
/// T§20 pays by the day: when the order that ends a mission names a last day before some that are granted already, the allowance officers are
/// told, to correct them. Nothing is taken back by itself.
/// </summary>
public sealed class TellOfDaysBehindTheEnd(ApprovalsDbContext db, Numbering numbering, Notifier notifier, TimeProvider time) : IMissionEnded
{
    /// <inheritdoc />
    public async Task EndedAsync(Mission mission, CancellationToken cancellationToken)
    {
        // While a mission goes on its days are granted up to yesterday.
        if (mission.LastDay is not { } last || last >= time.Today().AddDays(-1))
            return;

        // Race closed: days are granted at the same moment. See GrantAllowance: the ledger's lock lets one be first, and the other sees it.
        await numbering.NextAsync(GrantEntitlements.LedgerLock, cancellationToken);
        var ofMission = $":{mission.Id}";
        var days = await (
                from day in db.PersonDays.AsNoTracking()
                join entitlement in db.Entitlements on day.EntitlementId equals entitlement.Id
                where entitlement.Kind == EntitlementKind.Allowance && entitlement.Key.EndsWith(ofMission)
                    && day.ReleasedById == null && day.Date > last
                select day.Date)
            .Distinct().CountAsync(cancellationToken);
        if (days == 0)
            return;
        foreach (var officer in await db.RoleAssignments.Where(one => one.Role == Roles.AllowanceOfficer).Select(one => one.PersonId)
            .Distinct().ToListAsync(cancellationToken))
        {
            notifier.Tell(
                officer, $"{mission.CommanderName}的任务至 {last:yyyy-MM-dd} 止，其后已计发 {days} 天补助，请核对并更正", "/allowances", "工作补助须更正");
        }
    }
}
