using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Profile;

/// <summary>我的账号: mail and mobile, and the way to password, second factor, signature and substitutes.</summary>
[Authorize]
public sealed class IndexModel(
    ApprovalsDbContext db, CurrentPerson current, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time,
    UserManager<ApplicationUser> users, IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>Mail address as typed.</summary>
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>Mobile number as typed.</summary>
    [BindProperty]
    public string? Phone { get; set; }

    /// <summary>The person.</summary>
    public Person Person { get; private set; } = null!;

    /// <summary>Posts held today, in words.</summary>
    public IReadOnlyList<string> Posts { get; private set; } = [];

    /// <summary>Whether the second factor is on.</summary>
    public bool HasSecondFactor { get; private set; }

    /// <summary>Whether there is a password to change.</summary>
    public bool HasPassword { get; private set; }

    /// <summary>Whether the person stands in the register of commanders.</summary>
    public bool IsCommander { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Email = Person.Email;
        Phone = Person.Phone;
    }

    /// <summary>Stores mail and mobile.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Email = Clean(Email);
        Phone = Clean(Phone);
        if (Email is not null && !ContactRules.IsEmail(Email))
        {
            ModelState.AddModelError(nameof(Email), texts["邮箱格式不正确，应如 name@example.com。"]);
        }

        if (Phone is not null && !ContactRules.IsPhone(Phone))
        {
            ModelState.AddModelError(nameof(Phone), texts["电话应为 11 位手机号，或带区号的固定电话。"]);
        }

        if (!ModelState.IsValid)
        {
            await LoadAsync(cancellationToken);
            return Page();
        }

        await unitOfWork.RunAsync(
            async scope =>
            {
                var person = await scope.Db.People.SingleAsync(one => one.Id == current.RequiredId, cancellationToken);
                person.Email = Email;
                person.Phone = Phone;
                audit.Record("person.contact-changed", "person", person.Id.ToString(), new { by = "self" });
            },
            cancellationToken);
        TempData["Notice"] = texts["已保存。"].Value;
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var id = current.RequiredId;
        var today = time.Today();
        Person = await db.People.AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        Posts = await (
            from post in db.Positions.HeldOn(today)
            join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
            where post.PersonId == id
            orderby unit.SortOrder
            select unit.Name + " · " + post.Title).ToListAsync(cancellationToken);
        var user = await users.GetUserAsync(User);
        HasSecondFactor = user?.TwoFactorEnabled == true;
        HasPassword = user?.PasswordHash is not null;
        IsCommander = await db.Commanders.AnyAsync(one => one.PersonId == id, cancellationToken);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
