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

/// <summary>人员与账号: search and the way to each person. The term travels in the body, for names do not belong in addresses.</summary>
[Authorize(Policy = Policies.PeopleAdministration)]
public sealed class IndexModel(ApprovalsDbContext db, TimeProvider time, Accounts accounts, IStringLocalizer<AccountTexts> texts) : PageModel
{
    private const int Shown = 50;

    /// <summary>A person of the list.</summary>
    public sealed record Row(Guid Id, string Name, string? Number, string? UserName, bool IsActive, bool IsLocked, string Posts);

    /// <summary>Part of a name, number or user name.</summary>
    [BindProperty]
    public string? Term { get; set; }

    /// <summary>Only people of this unit.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Unit { get; set; }

    /// <summary>Name of a new person.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>User name of a new person.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>The people found.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Whether there are more than are shown.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Shows the first people.</summary>
    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Shows those who match.</summary>
    public Task OnPostSearchAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return LoadAsync(cancellationToken);
    }

    /// <summary>Adds a person with an account; only the system administrator does.</summary>
    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        if (!User.IsInRole(Approvals.Core.Organisation.Roles.SystemAdministrator))
        {
            return Forbid();
        }

        Name = Name?.Trim();
        UserName = UserName?.Trim();
        if (string.IsNullOrEmpty(Name) || Name.Length > 50)
        {
            ModelState.AddModelError(nameof(Name), texts["请填写姓名，最多 50 字。"]);
        }

        if (string.IsNullOrEmpty(UserName))
        {
            ModelState.AddModelError(nameof(UserName), texts["请输入用户名。"]);
        }

        if (ModelState.IsValid)
        {
            Guid id = default;
            var (created, password) = await accounts.CreateWithInitialPasswordAsync(
                UserName!, Name!, (_, person) => id = person.Id, cancellationToken);
            if (created.User is not null)
            {
                TempData["Notice"] = texts["已添加。请接着设置任职。"].Value;
                TempData[PersonModel.HandOver] = password;
                return RedirectToPage("/Admin/People/Person", new { id });
            }

            foreach (var error in created.Errors)
            {
                ModelState.AddModelError(nameof(UserName), error);
            }
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var now = time.GetUtcNow();
        var people = db.People.AsNoTracking();
        if (Unit is { } unitId)
        {
            people = people.Where(one => db.Positions.Any(post =>
                post.PersonId == one.Id && post.OrgUnitId == unitId && (post.Until == null || post.Until >= today)));
        }

        if (!string.IsNullOrWhiteSpace(Term))
        {
            var term = Term.Trim();
            people = people.Where(one => one.Name.Contains(term) || one.Number!.Contains(term)
                || db.Users.Any(user => user.PersonId == one.Id && user.UserName!.Contains(term)));
        }

        var found = await (
            from person in people
            join user in db.Users on person.Id equals user.PersonId into accountsOf
            from user in accountsOf.DefaultIfEmpty()
            orderby person.IsActive descending, person.Number, person.Name
            select new
            {
                person.Id, person.Name, person.Number, person.IsActive, user!.UserName, LockoutEnd = (DateTimeOffset?)user.LockoutEnd,
            }).Take(Shown + 1).ToListAsync(cancellationToken);
        HasMore = found.Count > Shown;
        var ids = found.ConvertAll(one => one.Id);
        var posts = await (
            from post in db.Positions.AsNoTracking().HeldOn(today)
            join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
            where ids.Contains(post.PersonId)
            orderby unit.SortOrder
            select new { post.PersonId, Text = unit.Name + " " + post.Title }).ToListAsync(cancellationToken);
        var postsOf = posts.ToLookup(post => post.PersonId, post => post.Text);
        Rows =
        [
            .. found.Take(Shown).Select(one => new Row(
                one.Id, one.Name, one.Number, one.UserName, one.IsActive, one.LockoutEnd > now, string.Join("、", postsOf[one.Id]))),
        ];
    }
}
