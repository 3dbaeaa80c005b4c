using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RoleCodes = Approvals.Core.Organisation.Roles;

namespace Approvals.Web.Pages.Admin.RoleGrants;

/// <summary>角色: who holds which; given and taken by the security administrator.</summary>
[Authorize(Policy = Policies.SecurityAdministration)]
public sealed class IndexModel(
    ApprovalsDbContext db, RoleGranting granting, CurrentPerson current, IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>A holder.</summary>
    public sealed record Holder(Guid PersonId, string Name, string? Number);

    /// <summary>Person to give a role to, by user name or number.</summary>
    [BindProperty]
    public string? Who { get; set; }

    /// <summary>Role to give.</summary>
    [BindProperty]
    public string? Role { get; set; }

    /// <summary>Holders by role code.</summary>
    public ILookup<string, Holder> Holders { get; private set; } = Array.Empty<Holder>().ToLookup(_ => "");

    /// <summary>Shows them.</summary>
    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Gives a role.</summary>
    public async Task<IActionResult> OnPostGrantAsync(CancellationToken cancellationToken)
    {
        var who = Who?.Trim() ?? "";
        var found = await db.People
            .Where(person => person.IsActive
                && (person.Number == who || db.Users.Any(user => user.PersonId == person.Id && user.UserName == who)))
            .OrderBy(person => person.Id).Select(person => person.Id).Take(2).ToListAsync(cancellationToken);
        if (who.Length == 0 || found.Count != 1)
        {
            ModelState.AddModelError(nameof(Who), texts["没有找到此人，请填写用户名或工号。"]);
        }
        else
        {
            var outcome = await granting.GrantAsync(current.RequiredId, found[0], Role ?? "", cancellationToken);
            if (outcome is RoleGrantOutcome.Granted or RoleGrantOutcome.AlreadyHeld)
            {
                TempData["Notice"] = texts["已授予。对方一分钟内生效。"].Value;
                return RedirectToPage();
            }

            ModelState.AddModelError(nameof(Role), Explain(outcome));
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    /// <summary>Takes a role.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(Guid personId, string role, CancellationToken cancellationToken)
    {
        if (await granting.RevokeAsync(personId, role, cancellationToken))
        {
            TempData["Notice"] = texts["已收回。对方一分钟内生效。"].Value;
        }
        else
        {
            TempData["Problem"] = texts["至少要保留一名安全管理员。"].Value;
        }

        return RedirectToPage();
    }

    private string Explain(RoleGrantOutcome outcome) => outcome switch
    {
        RoleGrantOutcome.OwnRole => texts["不能给自己授予角色。"],
        RoleGrantOutcome.SeparatedDuties => texts["系统、安全、审计三类管理员必须由不同的人担任。"],
        _ => texts["请选择角色。"],
    };

    private async Task LoadAsync(CancellationToken cancellationToken) => Holders = (await (
            from one in db.RoleAssignments.AsNoTracking()
            join person in db.People on one.PersonId equals person.Id
            orderby person.Number, person.Name
            select new { one.Role, Holder = new Holder(person.Id, person.Name, person.Number) }).ToListAsync(cancellationToken))
        .ToLookup(one => one.Role, one => one.Holder);

    /// <summary>Every role code.</summary>
    public static IReadOnlyList<string> Codes => RoleCodes.All;
}
