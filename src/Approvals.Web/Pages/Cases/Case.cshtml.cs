using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Web.Diagram;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Cases;

/// <summary>A case: where it is, who has it, since when, what comes next, and everything that belongs to it.</summary>
[Authorize]
public sealed class CaseModel(
    CaseAccess access, CaseSheets sheets, WithdrawCase withdrawing, RemoveSigner removing, TakeBack takeBack, UrgeCase urging, CommentOnCase commenting,
    SentBack sentBack, ReadMessages messages, ApprovalsDbContext db, CurrentPerson person, TimeProvider time,
    WorkingCalendarStore calendars, Wording wording, IStringLocalizer<CaseTexts> texts)
    : PageModel
{
    private WorkingCalendar? calendar;

    /// <summary>The case.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Why it is withdrawn.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Everything shown.</summary>
    public CaseSheet Sheet { get; private set; } = null!;

    /// <summary>Flow diagram.</summary>
    public FlowPanel Flow { get; private set; } = new("", []);

    /// <summary>Whether the reader may withdraw it now.</summary>
    public bool MayWithdraw => WithdrawCase.IsOpen(
        Sheet.Row, person.RequiredId, ProcessSettings.Read(Sheet.DefinitionJson));

    /// <summary>The reader's own open task in the case; null when there is none.</summary>
    public Guid? MyTask { get; private set; }

    /// <summary>Who sent the case back to where it waits now, and why.</summary>
    public IReadOnlyList<SentBackTask> SentBackBy { get; private set; } = [];

    /// <summary>Signatures that the reader has asked for and may still take back.</summary>
    public IReadOnlyList<AskedSigner> Asked { get; private set; } = [];

    /// <summary>The task whose decision the reader may still take back; null when there is none.</summary>
    public Guid? MayTakeBack { get; private set; }

    /// <summary>Whether the reader may remind whoever has the case.</summary>
    public bool MayUrge { get; private set; }

    /// <summary>Comments that the reader may see.</summary>
    public CommentsView Comments { get; private set; } = null!;

    /// <summary>Shows the case.</summary>
    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(null, cancellationToken);

    private async Task<IActionResult> ShowAsync(Func<CommentsView, CommentsView>? typed, CancellationToken cancellationToken)
    {
        if (!await access.CanReadAsync(Id, cancellationToken))
        {
            return await db.Cases.AnyAsync(one => one.Id == Id, cancellationToken)
                ? StatusCode(StatusCodes.Status403Forbidden)
                : NotFound();
        }

        if (await sheets.FindAsync(Id, CaseSheets.ReaderRights, cancellationToken) is not { } sheet)
        {
            return NotFound();
        }

        if (sheet.Row.Status == CaseStatus.Draft)
        {
            return LocalRedirect($"/cases/{Id}/edit");
        }

        Sheet = await access.TakesPartAsync(Id, cancellationToken) ? sheet : sheet.Masked();
        calendar = await calendars.LoadAsync(cancellationToken);
        var states = sheet.Row.InstanceId is { } instance ? await FlowStates.LoadAsync(db, instance, cancellationToken) : new Dictionary<string, FlowStepState>();
        Flow = new FlowPanel(
            FlowDiagram.Draw(sheet.DefinitionJson, states, wording.Diagram), FlowDiagram.Steps(sheet.DefinitionJson, states, wording.Diagram));
        var me = person.RequiredId;
        MyTask = await db.Tasks.Where(task => task.CaseId == Id && task.AssigneeId == me && task.State == TaskState.Open)
            .Select(task => (Guid?)task.Id).FirstOrDefaultAsync(cancellationToken);
        SentBackBy = [.. (await sentBack.OfCaseAsync(Id, cancellationToken)).DistinctBy(one => (one.By, one.StepName, one.Reason))];
        Asked = await removing.OfAsync(Id, cancellationToken);
        MayTakeBack = sheet.Row.Status == CaseStatus.Running ? await takeBack.OfCaseAsync(Id, cancellationToken) : null;
        MayUrge = await urging.IsOfferedAsync(sheet.Row, cancellationToken);
        var comments = await CommentsView.ReadAsync(commenting, sheet.Row, cancellationToken);
        Comments = typed is null ? comments : typed(comments);
        await MarkReadAsync(me, cancellationToken);
        return Page();
    }

    private async Task MarkReadAsync(Guid me, CancellationToken cancellationToken)
    {
        await messages.OpenedAsync([$"/cases/{Id}", $"/cases/{Id}#comments"], cancellationToken);
        var unread = db.Copies.Where(copy => copy.CaseId == Id && copy.PersonId == me && copy.ReadAt == null);

        // Looked for first: a page that is only read must not take the turn to write.
        if (!await unread.AnyAsync(cancellationToken))
            return;
        var now = time.GetUtcNow();
        await unread.ExecuteUpdateAsync(set => set.SetProperty(copy => copy.ReadAt, now), cancellationToken);
    }

    /// <summary>Takes the case back before the first decision.</summary>
    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellationToken)
    {
        switch (await withdrawing.WithdrawAsync(Id, Reason, cancellationToken))
        {
            case WithdrawOutcome.Withdrawn:
                TempData["Notice"] = texts["申请已撤回。"].Value;
                return RedirectToPage(new { id = Id });
            case WithdrawOutcome.TooLate:
                TempData["Problem"] = texts["已经有人办理或者已经结束，不能再撤回。如需终止，请联系承办处室。"].Value;
                return RedirectToPage(new { id = Id });
            default:
                return NotFound();
        }
    }

    /// <summary>Reminds whoever has the case.</summary>
    public async Task<IActionResult> OnPostUrgeAsync(string? message, CancellationToken cancellationToken)
    {
        switch (await urging.UrgeAsync(Id, message, cancellationToken))
        {
            case ActOutcome.Done done:
                TempData["Notice"] = texts["已催办 {0}。", done.Names].Value;
                break;
            case ActOutcome.TooSoon soon:
                TempData["Problem"] = texts["刚刚催办过，{0} 之后可以再次催办。", ChinaTime.ToLocal(soon.Until).ToString("yyyy-MM-dd HH:mm")].Value;
                break;
            case ActOutcome.NotAllowed refused:
                TempData["Problem"] = wording[refused.Why];
                break;
            case ActOutcome.Invalid invalid:
                TempData["Problem"] = wording[invalid.Errors[0].Message];
                break;
            case ActOutcome.NotYours:
                return StatusCode(StatusCodes.Status403Forbidden);
            default:
                return NotFound();
        }

        return RedirectToPage(new { id = Id });
    }

    /// <summary>Writes a comment.</summary>
    public async Task<IActionResult> OnPostCommentAsync(string? comment, bool isInternal, CancellationToken cancellationToken)
    {
        switch (await commenting.WriteAsync(Id, comment, isInternal, cancellationToken))
        {
            case CommentOutcome.Written:
                return LocalRedirect($"/cases/{Id}#comments");
            case CommentOutcome.NotYours:
                return StatusCode(StatusCodes.Status403Forbidden);
            case CommentOutcome.NotFound:
                return NotFound();
            case CommentOutcome.Empty:
                return await AgainAsync(texts["请写下评论的内容。"]);
            default:
                return await AgainAsync(texts["评论最多 {0} 字，现为 {1} 字。", CaseComment.Longest, comment!.Trim().Length]);
        }

        async Task<IActionResult> AgainAsync(string error)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(view => view with { Text = comment, IsInternal = isInternal, Error = error }, cancellationToken);
        }
    }

    /// <summary>Takes back the request for a further signature.</summary>
    public async Task<IActionResult> OnPostRemoveSignerAsync(Guid task, CancellationToken cancellationToken)
    {
        if (!await access.CanReadAsync(Id, cancellationToken))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        switch (await removing.RemoveAsync(task, cancellationToken))
        {
            case ActOutcome.Done done:
                var isDelegated = await db.Tasks.AnyAsync(one => one.Id == task && one.AddedPlace == AddedPlace.Delegated, cancellationToken);
                TempData["Notice"] = isDelegated
                    ? texts["已撤销对 {0} 的委派。", done.Names].Value
                    : texts["已撤销对 {0} 的加签。", done.Names].Value;
                return RedirectToPage(new { id = Id });
            case ActOutcome.NotAllowed or ActOutcome.AlreadyDecided:
                TempData["Problem"] = texts["对方已经办理或已轮到对方办理，不能再撤销加签。"].Value;
                return RedirectToPage(new { id = Id });
            case ActOutcome.NotYours:
                return StatusCode(StatusCodes.Status403Forbidden);
            default:
                return NotFound();
        }
    }

    /// <summary>Working time left of a waiting step.</summary>
    public TimeLeft? LeftOf(WaitingStep step) => step.DueAt is { } due ? TimeLeft.Of(time.GetUtcNow(), due, calendar!) : null;
}
