using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Inbox;

/// <summary>批量同意 — the forms of several tasks on one page, each to be looked at and ticked, with one signature below.</summary>
[Authorize]
public sealed class BatchModel(
    ApproveMany approving, CaseSheets sheets, ApprovalsDbContext db, CurrentPerson person, Wording wording,
    IStringLocalizer<InboxTexts> texts) : PageModel
{
    /// <summary>A task with its sheet.</summary>
    public sealed record Line(TaskView View, CaseSheet Sheet, string? Refusal, bool IsChosen);

    /// <summary>Tasks that were ticked.</summary>
    [BindProperty]
    public IReadOnlyList<Guid> Chosen { get; set; } = [];

    /// <summary>One opinion for all.</summary>
    [BindProperty]
    public string? Opinion { get; set; }

    /// <summary>Password or one-time code.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    /// <summary>Tasks offered.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>What is wrong for all.</summary>
    public IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>Chosen tasks that were not approved, with the reason.</summary>
    public IReadOnlyList<string> Left { get; private set; } = [];

    /// <summary>How many were approved just now.</summary>
    public int Approved { get; private set; }

    /// <summary>Whether the signer has stored a signature picture.</summary>
    public bool HasStoredSignature { get; private set; }

    /// <summary>The first message of a path.</summary>
    public string? ErrorOf(string path) => Errors.FirstOrDefault(error => error.Path == path)?.Message;

    /// <summary>Shows the tasks.</summary>
    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    /// <summary>Approves what was ticked; what could not be approved is listed with the reason, the others are done.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var chosen = Chosen.Select(id => new ChosenTask(id, Request.Form[$"shown-{id}"].ToString())).ToList();
        var outcome = await approving.ApproveAsync(chosen, Opinion, Secret, cancellationToken);
        Errors = outcome.Errors;
        Approved = outcome.Results.Count(one => one.Outcome is DecideOutcome.Decided);
        Left = [.. outcome.Results.Where(one => one.Outcome is not DecideOutcome.Decided)
            .Select(one => $"{one.Subject ?? texts["没有这件待办"]}：{WhyNot(one)}")];
        if (Errors.Count == 0 && Left.Count == 0)
        {
            TempData["Notice"] = texts["已同意 {0} 件。", Approved].Value;
            return LocalRedirect("/inbox");
        }

        Response.StatusCode = Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        await ShowAsync(cancellationToken);
        return Page();
    }

    private string WhyNot(BatchResult one) => one switch
    {
        { Refusal: { } refusal } => wording[refusal],
        { Outcome: DecideOutcome.AlreadyDecided { By: { } by } done } => texts["已由 {0} 办理：{1}", by, wording[done.As]],
        { Outcome: DecideOutcome.AlreadyDecided } => texts["已不需要办理"],
        { Outcome: DecideOutcome.ContentChanged } => texts["内容已更新，请重新核对后再办理。"],
        { Outcome: DecideOutcome.Invalid invalid } => wording[invalid.Errors[0].Message],
        _ => texts["不是您的待办"],
    };

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        Secret = null;
        ModelState.Clear();
        var lines = new List<Line>();
        foreach (var one in await approving.OfferedAsync(cancellationToken))
        {
            lines.Add(new Line(
                one.View, await sheets.OfTaskAsync(one.View.Case, one.View.Form, cancellationToken), one.Refusal, Chosen.Contains(one.View.Task.Id)));
        }

        Lines = lines;
        HasStoredSignature = await db.People.AnyAsync(one => one.Id == person.RequiredId && one.SignatureFileId != null, cancellationToken);
    }
}
