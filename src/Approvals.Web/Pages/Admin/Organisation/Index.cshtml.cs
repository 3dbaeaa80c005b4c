using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Admin.Organisation;

/// <summary>机构: the tree of the bureau and the outside units.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed class IndexModel(ApprovalsDbContext db, TimeProvider time) : PageModel
{
    private ILookup<Guid?, OrgUnit> children = Array.Empty<OrgUnit>().ToLookup(unit => unit.ParentId);
    private IReadOnlyDictionary<Guid, int> counts = new Dictionary<Guid, int>();

    /// <summary>Units without one above.</summary>
    public IEnumerable<OrgUnit> Roots => children[null];

    /// <summary>Units below.</summary>
    public IEnumerable<OrgUnit> Below(OrgUnit unit) => children[unit.Id];

    /// <summary>People who hold a post there today.</summary>
    public int CountOf(OrgUnit unit) => counts.GetValueOrDefault(unit.Id);

    /// <summary>Shows the tree.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var units = await db.OrgUnits.AsNoTracking().OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name)
            .ToListAsync(cancellationToken);
        children = units.ToLookup(unit => unit.ParentId);
        counts = await db.Positions.HeldOn(time.Today())
            .GroupBy(post => post.OrgUnitId).ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
    }
}
