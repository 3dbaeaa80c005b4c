using Approvals.Core.Api;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RoleCodes = Approvals.Core.Organisation.Roles;

namespace Approvals.Web.Pages.Admin.Tokens;

/// <summary>接口令牌: made for another office system, shown once, revoked here.</summary>
[Authorize(Policy = Policies.SecurityAdministration)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel(
    ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time, IStringLocalizer<AccountTexts> texts)
    : PageModel
{
    private const int LongestDays = 366;

    /// <summary>A token of the list.</summary>
    public sealed record Row(Guid Id, string Name, string Person, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, bool IsOver);

    /// <summary>Which system uses it.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>User name of the person it acts as.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>Last day.</summary>
    [BindProperty]
    public DateOnly? Until { get; set; }

    /// <summary>The new token, shown once.</summary>
    public string? Created { get; private set; }

    /// <summary>Tokens, newest first.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        Until = time.Today().AddDays(180);
        return LoadAsync(cancellationToken);
    }

    /// <summary>Makes one.</summary>
    public async Task<IActionResult> OnPostCreateAsync(CancellationToken cancellationToken)
    {
        var userName = UserName?.Trim();
        var person = await (
            from user in db.Users
            join one in db.People on user.PersonId equals one.Id
            where user.UserName == userName && one.IsActive
            select new { one.Id, IsAdministrator = db.RoleAssignments.Any(role => role.PersonId == one.Id && RoleCodes.Administrators.Contains(role.Role)) })
            .FirstOrDefaultAsync(cancellationToken);
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100)
        {
            ModelState.AddModelError(nameof(Name), texts["请填写使用系统的名称，最多 100 字。"]);
        }

        if (person is null)
        {
            ModelState.AddModelError(nameof(UserName), texts["没有找到此用户名。"]);
        }
        else if (person.IsAdministrator)
        {
            // A token is a way to act as somebody: with one, a security administrator could become the other administrators.
            ModelState.AddModelError(nameof(UserName), texts["不能以管理员的身份建立令牌。"]);
        }

        var today = time.Today();
        if (Until is null || Until <= today || Until > today.AddDays(LongestDays))
        {
            ModelState.AddModelError(nameof(Until), texts["有效期至少到明天，最长一年。"]);
        }

        if (ModelState.IsValid)
        {
            Created = ApiTokens.Create();
            await StoreAsync(person!.Id, Created, cancellationToken);
            ModelState.Clear();
            (Name, UserName) = (null, null);
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    /// <summary>Revokes one.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        await unitOfWork.RunAsync(
            async scope =>
            {
                var token = await scope.Db.ApiTokens.FirstOrDefaultAsync(one => one.Id == id && one.RevokedAt == null, cancellationToken);
                if (token is not null)
                {
                    token.RevokedAt = time.GetUtcNow();
                    audit.Record("api-token.revoked", "api-token", token.Id.ToString(), new { });
                }
            },
            cancellationToken);
        TempData["Notice"] = texts["已吊销。"].Value;
        return RedirectToPage();
    }

    private Task StoreAsync(Guid personId, string token, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        scope =>
        {
            var row = new ApiToken
            {
                PersonId = personId,
                Name = Name!.Trim(),
                TokenHash = ApiTokens.HashOf(token),
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = ChinaTime.EndOf(Until!.Value),
            };
            scope.Db.ApiTokens.Add(row);
            audit.Record("api-token.created", "api-token", row.Id.ToString(), new { personId, name = row.Name, until = Until });
            return Task.CompletedTask;
        },
        cancellationToken);

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Rows = await (
            from token in db.ApiTokens.AsNoTracking()
            join person in db.People on token.PersonId equals person.Id
            orderby token.CreatedAt descending
            select new Row(
                token.Id, token.Name, person.Name, token.ExpiresAt, token.RevokedAt, token.RevokedAt != null || token.ExpiresAt <= now))
            .ToListAsync(cancellationToken);
    }
}
