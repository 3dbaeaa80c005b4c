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

namespace Approvals.Web.Pages.Admin.People;

/// <summary>One person: posts with history, whether active, the account. Posts and activity are the system administrator's.</summary>
[Authorize(Policy = Policies.PeopleAdministration)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PersonModel(
    ApprovalsDbContext db, PersonAdministration administration, CurrentPerson current, TimeProvider time,
    IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Key of an initial password on its way to the one page that shows it; encrypted in the browser's cookie until then.</summary>
    public const string HandOver = "InitialPassword";

    /// <summary>A post as it is shown.</summary>
    public sealed record PostRow(Guid Id, string Unit, string Kind, string Title, DateOnly From, DateOnly? Until);

    /// <summary>Whose page.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Unit of a new post.</summary>
    [BindProperty]
    public Guid? UnitId { get; set; }

    /// <summary>Kind of a new post.</summary>
    [BindProperty]
    public PositionKind Kind { get; set; } = PositionKind.Member;

    /// <summary>Title of a new post.</summary>
    [BindProperty]
    public string? Title { get; set; }

    /// <summary>First day of a new post.</summary>
    [BindProperty]
    public DateOnly? From { get; set; }

    /// <summary>Why the password is reset.</summary>
    [BindProperty]
    public PasswordResetReason? PasswordReason { get; set; }

    /// <summary>Why the second factor is switched off.</summary>
    [BindProperty]
    public SecondFactorResetReason? FactorReason { get; set; }

    /// <summary>The person.</summary>
    public Person Person { get; private set; } = null!;

    /// <summary>The account; null when there is none.</summary>
    public ApplicationUser? Account { get; private set; }

    /// <summary>Posts, present ones first.</summary>
    public IReadOnlyList<PostRow> Posts { get; private set; } = [];

    /// <summary>Roles in words.</summary>
    public IReadOnlyList<string> RoleCodes { get; private set; } = [];

    /// <summary>Units to choose from.</summary>
    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    /// <summary>Whether the account is locked now.</summary>
    public bool IsLocked => Account?.LockoutEnd > time.GetUtcNow();

    /// <summary>Whether the account belongs to an id of the identity provider.</summary>
    public bool IsBound { get; private set; }

    /// <summary>Whether the visitor may change posts and activity: nobody their own, for a post decides cases.</summary>
    public bool MayEdit => current.Is(Roles.SystemAdministrator) && Id != current.Id;

    /// <summary>Whether the visitor may reset passwords and unlock.</summary>
    public bool MaySecure => current.Is(Roles.SecurityAdministrator) && Id != current.Id;

    /// <summary>Shows the person.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        From = time.Today();
        return await LoadAsync(cancellationToken) ? Page() : NotFound();
    }

    /// <summary>Adds a post.</summary>
    public async Task<IActionResult> OnPostAddPostAsync(CancellationToken cancellationToken)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (Units.All(unit => unit.Id != UnitId))
        {
            ModelState.AddModelError(nameof(UnitId), texts["请选择机构。"]);
        }

        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 50)
        {
            ModelState.AddModelError(nameof(Title), texts["请填写职务，最多 50 字。"]);
        }

        if (From is null)
        {
            ModelState.AddModelError(nameof(From), texts["请填写开始日期。"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await administration.AddPostAsync(Id, UnitId!.Value, Kind, Title!.Trim(), From!.Value, cancellationToken);
        return Done("任职已添加。");
    }

    /// <summary>Ends a post today.</summary>
    public async Task<IActionResult> OnPostEndPostAsync(Guid postId, CancellationToken cancellationToken)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        await administration.EndPostAsync(Id, postId, time.Today(), cancellationToken);
        return Done("任职已结束。");
    }

    /// <summary>Deactivates or reactivates the person.</summary>
    public async Task<IActionResult> OnPostActiveAsync(bool active, CancellationToken cancellationToken)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        if (!await administration.SetActiveAsync(Id, active, cancellationToken))
        {
            return NotFound();
        }

        return Done(active ? "已恢复。" : "已停用；其登录一分钟内失效，未办事项转入“无人办理”。");
    }

    /// <summary>Gives a new initial password, shown once.</summary>
    public async Task<IActionResult> OnPostResetPasswordAsync(CancellationToken cancellationToken)
    {
        if (!MaySecure)
        {
            return Forbid();
        }

        if (PasswordReason is not { } reason || !Enum.IsDefined(reason))
        {
            return await WithoutReasonAsync(nameof(PasswordReason), cancellationToken);
        }

        if (await administration.ResetPasswordAsync(Id, reason, cancellationToken) is not { } password)
        {
            return NotFound();
        }

        TempData[HandOver] = password;
        return Done("密码已重置，原有登录已全部结束；第二重验证保持不变。");
    }

    /// <summary>Switches the second factor off; the password stays.</summary>
    public async Task<IActionResult> OnPostResetSecondFactorAsync(CancellationToken cancellationToken)
    {
        if (!MaySecure)
        {
            return Forbid();
        }

        if (FactorReason is not { } reason || !Enum.IsDefined(reason))
        {
            return await WithoutReasonAsync(nameof(FactorReason), cancellationToken);
        }

        return Done(await administration.ResetSecondFactorAsync(Id, reason, cancellationToken)
            ? "第二重验证已停用，原有登录已全部结束；密码保持不变。"
            : "此人没有启用第二重验证。");
    }

    /// <summary>Ends all sign-ins of the person.</summary>
    public async Task<IActionResult> OnPostEndSessionsAsync(CancellationToken cancellationToken)
    {
        if (!MaySecure)
        {
            return Forbid();
        }

        await administration.EndSessionsAsync(Id, cancellationToken);
        return Done("其登录已全部结束。");
    }

    /// <summary>Ends a lock-out.</summary>
    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken cancellationToken)
    {
        if (!MaySecure)
        {
            return Forbid();
        }

        await administration.UnlockAsync(Id, cancellationToken);
        return Done("已解除锁定。");
    }

    /// <summary>Takes the account from the provider's id that it belongs to.</summary>
    public async Task<IActionResult> OnPostUnbindAsync(CancellationToken cancellationToken)
    {
        if (!MaySecure)
        {
            return Forbid();
        }

        await administration.UnbindAsync(Id, cancellationToken);
        return Done("已解除与统一身份认证的绑定。");
    }

    private async Task<IActionResult> WithoutReasonAsync(string field, CancellationToken cancellationToken)
    {
        ModelState.Remove(field);
        ModelState.AddModelError(field, texts["请选择原因。"]);
        return await LoadAsync(cancellationToken) ? Page() : NotFound();
    }

    private RedirectToPageResult Done(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToPage(new { Id });
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.Id == Id, cancellationToken) is not { } person)
        {
            return false;
        }

        Person = person;
        Account = await db.Users.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == Id, cancellationToken);
        IsBound = Account is { } account && await db.UserLogins.AnyAsync(one => one.UserId == account.Id, cancellationToken);
        RoleCodes = await db.RoleAssignments.Where(one => one.PersonId == Id).Select(one => one.Role).ToListAsync(cancellationToken);
        var today = time.Today();
        Units = await db.OrgUnits.AsNoTracking().Where(unit => unit.ClosedOn == null || unit.ClosedOn > today)
            .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name).ToListAsync(cancellationToken);
        var posts = await (
            from post in db.Positions.AsNoTracking()
            join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
            where post.PersonId == Id
            orderby post.From descending
            select new { post, unit.Name }).ToListAsync(cancellationToken);
        Posts = [.. posts.Select(one => new PostRow(
            one.post.Id, one.Name, PostNames.Of(one.post.Kind), one.post.Title, one.post.From, one.post.Until))];
        return true;
    }
}
