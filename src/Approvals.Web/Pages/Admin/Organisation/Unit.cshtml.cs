using System.Text.RegularExpressions;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Organisation;

/// <summary>One unit: add, change, close. A closed unit is kept for the cases that name it.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed partial class UnitModel(
    ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, CurrentPerson current, TimeProvider time,
    IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Which unit; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public UnitInput Input { get; set; } = new();

    /// <summary>Units to hang it under.</summary>
    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    /// <summary>People who hold a leader's post today.</summary>
    public IReadOnlyList<Person> Leaders { get; private set; } = [];

    /// <summary>When it was closed; null while it is open.</summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Id is null)
        {
            return Page();
        }

        if (Units.FirstOrDefault(one => one.Id == Id) is not { } unit)
        {
            return NotFound();
        }

        Input = UnitInput.Of(unit);
        return Page();
    }

    /// <summary>Stores a new or changed unit.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Id is not null && Units.All(one => one.Id != Id))
        {
            return NotFound();
        }

        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        await unitOfWork.RunAsync(
            async scope =>
            {
                var unit = Id is null ? null : await scope.Db.OrgUnits.SingleAsync(one => one.Id == Id, cancellationToken);
                if (unit is null)
                {
                    unit = new OrgUnit { Code = Input.Code!, Name = Input.Name! };
                    scope.Db.OrgUnits.Add(unit);
                }

                Input.ApplyTo(unit);
                audit.Record(Id is null ? "unit.created" : "unit.changed", "unit", unit.Id.ToString(), new
                {
                    code = unit.Code, name = unit.Name, parentId = unit.ParentId, leaderId = unit.LeaderInChargeId,
                    specialties = unit.Specialties,
                });
            },
            cancellationToken);
        TempData["Notice"] = texts["已保存。"].Value;
        return RedirectToPage("/Admin/Organisation/Index");
    }

    /// <summary>Closes or reopens it.</summary>
    public async Task<IActionResult> OnPostCloseAsync(bool close, CancellationToken cancellationToken)
    {
        var isThere = await unitOfWork.RunAsync(
            async scope =>
            {
                if (await scope.Db.OrgUnits.FirstOrDefaultAsync(one => one.Id == Id, cancellationToken) is not { } unit)
                {
                    return false;
                }

                unit.ClosedOn = close ? time.Today() : null;
                audit.Record(close ? "unit.closed" : "unit.reopened", "unit", unit.Id.ToString(), new { unit.ClosedOn });
                return true;
            },
            cancellationToken);
        if (!isThere)
        {
            return NotFound();
        }

        TempData["Notice"] = texts["已保存。"].Value;
        return RedirectToPage(new { Id });
    }

    private void Check()
    {
        Input.Code = Input.Code?.Trim();
        Input.Name = Input.Name?.Trim();
        if (string.IsNullOrEmpty(Input.Name) || Input.Name.Length > 100)
        {
            ModelState.AddModelError("Input.Name", texts["请填写名称，最多 100 字。"]);
        }

        if (Input.Code is null || !Code().IsMatch(Input.Code))
        {
            ModelState.AddModelError("Input.Code", texts["代码只能用小写字母、数字和连字符，2 至 40 位。"]);
        }
        else if (Units.Any(one => one.Id != Id && one.Code == Input.Code))
        {
            ModelState.AddModelError("Input.Code", texts["这个代码已有机构使用。"]);
        }

        if (Input.LeaderInChargeId is { } leader && Leaders.All(one => one.Id != leader))
        {
            ModelState.AddModelError("Input.LeaderInChargeId", texts["请选择在任的局领导。"]);
        }

        // As with posts: nobody puts themself in charge, nor out of it.
        var leaderBefore = Units.FirstOrDefault(one => one.Id == Id)?.LeaderInChargeId;
        if (leaderBefore != Input.LeaderInChargeId && (leaderBefore == current.Id || Input.LeaderInChargeId == current.Id))
        {
            ModelState.AddModelError("Input.LeaderInChargeId", texts["不能由本人设置或取消自己的分管，请另一位系统管理员办理。"]);
        }

        if (Input.ParentId is { } parent && (Units.All(one => one.Id != parent) || IsBelow(parent)))
        {
            ModelState.AddModelError("Input.ParentId", texts["上级不能是本机构或其下级。"]);
        }
    }

    /// <summary>A unit under itself would make the tree a ring that no list shows any more.</summary>
    private bool IsBelow(Guid candidate)
    {
        var seen = new HashSet<Guid>();
        for (Guid? each = candidate; each is { } id && seen.Add(id); each = Units.FirstOrDefault(one => one.Id == id)?.ParentId)
        {
            if (id == Id)
            {
                return true;
            }
        }

        return false;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var leaders = db.Positions.HeldOn(time.Today()).Where(post => post.Kind == PositionKind.Leader);
        Units = await db.OrgUnits.AsNoTracking().OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name)
            .ToListAsync(cancellationToken);
        ClosedOn = Units.FirstOrDefault(one => one.Id == Id)?.ClosedOn;
        Leaders = await db.People.AsNoTracking()
            .Where(person => person.IsActive && leaders.Any(post => post.PersonId == person.Id))
            .OrderBy(person => person.Number).ToListAsync(cancellationToken);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$")]
    private static partial Regex Code();
}
