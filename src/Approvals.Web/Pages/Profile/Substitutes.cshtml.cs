using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Profile;

/// <summary>代理人: who may act beside me for a period, and for whom I may.</summary>
[Authorize]
public sealed class SubstitutesModel(
    ApprovalsDbContext db, CurrentPerson current, UnitOfWork unitOfWork, AuditTrail audit, Notifier notifier, TimeProvider time,
    IStringLocalizer<AccountTexts> texts) : PageModel
{
    /// <summary>A substitution as it is shown.</summary>
    public sealed record Row(Guid Id, string Principal, string Substitute, DateOnly From, DateOnly Until, string? Process, string? Reason);

    /// <summary>Somebody or something to choose.</summary>
    public sealed record Choice(string Value, string Text);

    /// <summary>Who shall act for me.</summary>
    [BindProperty]
    public Guid? SubstituteId { get; set; }

    /// <summary>First day.</summary>
    [BindProperty]
    public DateOnly? From { get; set; }

    /// <summary>Last day.</summary>
    [BindProperty]
    public DateOnly? Until { get; set; }

    /// <summary>Only this process; empty for all.</summary>
    [BindProperty]
    public string? ProcessKey { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Mine that have not ended.</summary>
    public IReadOnlyList<Row> Mine { get; private set; } = [];

    /// <summary>Those by which I act for others.</summary>
    public IReadOnlyList<Row> ForOthers { get; private set; } = [];

    /// <summary>Colleagues to choose from.</summary>
    public IReadOnlyList<Choice> People { get; private set; } = [];

    /// <summary>Processes to choose from.</summary>
    public IReadOnlyList<Choice> Processes { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        From = Until = time.Today();
        await LoadAsync(cancellationToken);
    }

    /// <summary>Names a substitute.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        await unitOfWork.RunAsync(
            scope =>
            {
                var row = new Substitution
                {
                    PrincipalId = current.RequiredId,
                    SubstituteId = SubstituteId!.Value,
                    From = From!.Value,
                    Until = Until!.Value,
                    ProcessKey = string.IsNullOrEmpty(ProcessKey) ? null : ProcessKey,
                    Reason = string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(),
                };
                scope.Db.Substitutions.Add(row);
                audit.Record("substitution.created", "substitution", row.Id.ToString(), new
                {
                    substituteId = row.SubstituteId, from = row.From, until = row.Until, processKey = row.ProcessKey,
                });
                notifier.Tell(
                    row.SubstituteId, $"{current.Name}请您在 {row.From:yyyy-MM-dd} 至 {row.Until:yyyy-MM-dd} 期间代办其待办事项。",
                    "/inbox", "请您代办");
                return Task.CompletedTask;
            },
            cancellationToken);
        TempData["Notice"] = texts["代理人已设置，并已通知对方。"].Value;
        return RedirectToPage();
    }

    /// <summary>
    /// Ends one of mine: from now on the substitute may no longer act. The record of the period stays: what has been signed by it
    /// lies within, and one that is over cannot be ended again.
    /// </summary>
    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        // Only the principal's own, whatever id was sent.
        var me = current.RequiredId;
        var row = await db.Substitutions.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.PrincipalId == me, cancellationToken);
        if (row is null)
        {
            return NotFound();
        }

        var (now, today) = (time.GetUtcNow(), time.Today());
        var ended = await unitOfWork.RunAsync(
            async scope =>
            {
                // Race closed: the button pressed twice, or after the last day. The update ends what still runs, once. Where it was in
                // force this morning, this is its last day; one that has not begun keeps its days and never comes into force.
                var isEnded = await scope.Db.Substitutions.Where(one => one.Id == id && one.EndedAt == null && one.Until >= today)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(one => one.EndedAt, now)
                            .SetProperty(one => one.Until, one => one.From <= today ? today : one.Until),
                        cancellationToken) > 0;
                if (isEnded)
                {
                    audit.Record("substitution.ended", "substitution", id.ToString(), new { substituteId = row.SubstituteId });
                }

                return isEnded;
            },
            cancellationToken);
        TempData[ended ? "Notice" : "Problem"] = (ended ? texts["代理已终止。"] : texts["这项代理已经结束。"]).Value;
        return RedirectToPage();
    }

    private void Check()
    {
        if (SubstituteId is null || People.All(one => one.Value != SubstituteId.ToString()))
        {
            ModelState.AddModelError(nameof(SubstituteId), texts["请选择代理人。"]);
        }

        if (From is null)
        {
            ModelState.AddModelError(nameof(From), texts["请填写开始日期。"]);
        }

        if (Until is null)
        {
            ModelState.AddModelError(nameof(Until), texts["请填写结束日期。"]);
        }
        else if (Until < From)
        {
            ModelState.AddModelError(nameof(Until), texts["结束日期不能早于开始日期。"]);
        }
        else if (Until < time.Today())
        {
            ModelState.AddModelError(nameof(Until), texts["结束日期已过。"]);
        }

        if (!string.IsNullOrEmpty(ProcessKey) && Processes.All(one => one.Value != ProcessKey))
        {
            ModelState.AddModelError(nameof(ProcessKey), texts["请选择流程。"]);
        }

        if (Reason?.Length > 200)
        {
            ModelState.AddModelError(nameof(Reason), texts["事由最多 200 字。"]);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var me = current.RequiredId;
        var today = time.Today();
        var rows = await (
            from one in db.Substitutions.AsNoTracking()
            join principal in db.People on one.PrincipalId equals principal.Id
            join substitute in db.People on one.SubstituteId equals substitute.Id
            where (one.PrincipalId == me || one.SubstituteId == me) && one.Until >= today && one.EndedAt == null
            orderby one.From
            select new { one, Principal = principal.Name, Substitute = substitute.Name }).ToListAsync(cancellationToken);
        var names = await db.Definitions.AsNoTracking().Where(one => one.IsPublished)
            .Select(one => new { ProcessKey = one.DefinitionId, one.Name }).Distinct().ToListAsync(cancellationToken);
        Processes = [.. names.DistinctBy(one => one.ProcessKey).Select(one => new Choice(one.ProcessKey, one.Name))];
        Row RowOf(Substitution one, string principal, string substitute) => new(
            one.Id, principal, substitute, one.From, one.Until,
            Processes.FirstOrDefault(process => process.Value == one.ProcessKey)?.Text ?? one.ProcessKey, one.Reason);
        Mine = [.. rows.Where(row => row.one.PrincipalId == me).Select(row => RowOf(row.one, row.Principal, row.Substitute))];
        ForOthers = [.. rows.Where(row => row.one.SubstituteId == me).Select(row => RowOf(row.one, row.Principal, row.Substitute))];

        // Colleagues are the people of my own organisation: a bureau's papers must not go to a company's clerk.
        var colleagues = await Colleagues.OfAsync(db, me, today, cancellationToken);
        People = [.. colleagues.Select(one => new Choice(one.Id.ToString(), one.Label))];
    }
}
