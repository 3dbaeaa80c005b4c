using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Jobs;

/// <summary>What waits to be carried out: effects (mail, webhooks, documents) and timers, failing ones first.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed class IndexModel(
    ApprovalsDbContext db, RingAgain ring, WebhookTargets targets, TimeProvider clock, IStringLocalizer<OperationsTexts> T) : PageModel
{
    private const int Shown = 50;

    /// <summary>Open messages: given up first, then failing, then waiting.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; private set; } = [];

    /// <summary>Waiting timers: failing first, then by their time.</summary>
    public IReadOnlyList<TimerRow> Timers { get; private set; } = [];

    /// <summary>Systems that are told what happens.</summary>
    public IReadOnlyList<TargetState> Targets { get; private set; } = [];

    /// <summary>Open messages and given-up ones, waiting timers and overdue ones.</summary>
    public (int Open, int Failed, int Waiting, int Overdue) Counts { get; private set; }

    /// <summary>Now, for telling overdue rows.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Shows both lists.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var open = db.Outbox.AsNoTracking().Where(row => row.DoneAt == null);
        Messages = await open.OrderByDescending(row => row.FailedAt != null).ThenByDescending(row => row.Attempts)
            .ThenBy(row => row.DueAt).Take(Shown).ToListAsync(cancellationToken);
        var waiting = db.Timers.AsNoTracking().Where(row => row.FiredAt == null && row.CancelledAt == null);
        Timers = await waiting.OrderByDescending(row => row.RetryAt != null).ThenBy(row => row.DueAt)
            .Take(Shown).ToListAsync(cancellationToken);
        Counts = (
            await open.CountAsync(cancellationToken), await open.CountAsync(row => row.FailedAt != null, cancellationToken),
            await waiting.CountAsync(cancellationToken), await waiting.CountAsync(row => row.DueAt <= Now, cancellationToken));
        Targets = await targets.ListAsync(cancellationToken);
    }

    /// <summary>Tries a message again.</summary>
    public async Task<IActionResult> OnPostMessageAsync(Guid id, CancellationToken cancellationToken) =>
        Told(await ring.MessageAsync(id, cancellationToken));

    /// <summary>Tries a timer again.</summary>
    public async Task<IActionResult> OnPostTimerAsync(Guid id, CancellationToken cancellationToken) =>
        Told(await ring.TimerAsync(id, cancellationToken));

    /// <summary>Calls a target on trial.</summary>
    public async Task<IActionResult> OnPostPingAsync(string? target, CancellationToken cancellationToken)
    {
        var error = await targets.PingAsync(target ?? "", cancellationToken);
        TempData[error is null ? "Notice" : "Problem"] =
            error is null ? T["对方已收到。"].Value : T["没有送达：{0}。将自动重试。", error.Length == 0 ? "—" : error].Value;
        return Redirect("/admin/jobs");
    }

    private RedirectResult Told(bool found)
    {
        TempData[found ? "Notice" : "Problem"] = found ? T["已重新执行。"].Value : T["这一项已经完成或正在执行。"].Value;
        return Redirect("/admin/jobs");
    }
}
