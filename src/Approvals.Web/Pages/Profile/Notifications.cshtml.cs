using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Profile;

/// <summary>消息: the newest hundred, unread marked.</summary>
[Authorize]
public sealed class NotificationsModel(ApprovalsDbContext db, CurrentPerson current, TimeProvider time) : PageModel
{
    private const int Shown = 100;

    /// <summary>The newest ones.</summary>
    public IReadOnlyList<Notification> Rows { get; private set; } = [];

    /// <summary>Time in China, for showing.</summary>
    public static string TimeOf(Notification row) => ChinaTime.ToLocal(row.At).ToString("yyyy-MM-dd HH:mm");

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Rows = await db.Notifications.AsNoTracking().Where(row => row.PersonId == current.RequiredId)
            .OrderByDescending(row => row.At).Take(Shown).ToListAsync(cancellationToken);

    /// <summary>Marks one as read and goes where it leads.</summary>
    public async Task<IActionResult> OnPostOpenAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await Mine().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        await ReadAsync(Mine().Where(one => one.Id == id), cancellationToken);
        return Url.IsLocalUrl(row.Link) ? LocalRedirect(row.Link!) : RedirectToPage();
    }

    /// <summary>Marks all as read.</summary>
    public async Task<IActionResult> OnPostReadAllAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(Mine(), cancellationToken);
        return RedirectToPage();
    }

    private IQueryable<Notification> Mine() => db.Notifications.Where(row => row.PersonId == current.RequiredId);

    private Task<int> ReadAsync(IQueryable<Notification> rows, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return rows.Where(row => row.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), cancellationToken);
    }
}
