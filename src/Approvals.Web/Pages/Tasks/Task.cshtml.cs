using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Web.Diagram;
using Approvals.Web.Pages.Cases;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Tasks;

/// <summary>One task: the form as it would be printed, what helps to judge it, and the decision.</summary>
[Authorize]
public sealed class TaskModel(
    TaskViews views, DecideTask deciding, CaseSheets sheets, AttachFile attaching, WhatFollows follows, NextTask next, CommentOnCase commenting,
    SentBack sentBack, TakeBack takeBack, ReadMessages messages, CaseAccess access, ApprovalsDbContext db, CurrentPerson person,
    Wording wording, IStringLocalizer<CaseTexts> texts)
    : PageModel
{
    private readonly List<FieldError> errors = [];
    private JsonObject typed = [];

    /// <summary>The task.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What is decided; null while none is chosen.</summary>
    [BindProperty]
    public DecisionKind? Kind { get; set; }

    /// <summary>Opinion.</summary>
    [BindProperty]
    public string? Opinion { get; set; }

    /// <summary>Target of a return.</summary>
    [BindProperty]
    public string? ReturnTo { get; set; }

    /// <summary>How it is signed.</summary>
    [BindProperty]
    public SignatureMethod Method { get; set; }

    /// <summary>Drawn signature as a data URL.</summary>
    [BindProperty]
    public string? Drawing { get; set; }

    /// <summary>Password or one-time code.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    /// <summary>Hash of what the page showed.</summary>
    [BindProperty]
    public string ShownHash { get; set; } = "";

    /// <summary>The task with all it shows.</summary>
    public TaskView View { get; private set; } = null!;

    /// <summary>Everything around it.</summary>
    public CaseSheet Sheet { get; private set; } = null!;

    /// <summary>Form data as stored or, after an error, as typed.</summary>
    public JsonObject Data { get; private set; } = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Comments on the case.</summary>
    public CommentsView Comments { get; private set; } = null!;

    /// <summary>Flow diagram.</summary>
    public FlowPanel Flow { get; private set; } = new("", []);

    /// <summary>Who sent the case back to this step, and why; null when nobody did.</summary>
    public SentBackTask? SentBackBy { get; private set; }

    /// <summary>Who worked on the steps that a return may go to, by activity id.</summary>
    public IReadOnlyDictionary<string, string> DecidedBy { get; private set; } = new Dictionary<string, string>();

    /// <summary>What follows an approval.</summary>
    public WhatComes Following { get; private set; } = new([], [], []);

    /// <summary>Fields that this step fills in, as they are shown.</summary>
    public IReadOnlyList<FormField> ToFillIn =>
        View.IsAdded ? [] : [.. FormRights.For(View.Form.Form, View.Step.RightsKey).Editable.Where(one => FormContext.IsShown(one, Data))];

    /// <summary>Colleagues who have still to answer.</summary>
    public int OthersWaiting { get; private set; }

    /// <summary>Who was asked to sign after this task's holder.</summary>
    public IReadOnlyList<string> AskedAfter { get; private set; } = [];

    /// <summary>Whether the reader has decided it and can still take that back.</summary>
    public bool MayTakeBack { get; private set; }

    /// <summary>Whether the signer has stored a signature picture.</summary>
    public bool HasStoredSignature { get; private set; }

    /// <summary>Whether the page can be decided on.</summary>
    public bool CanDecide => View.Access == TaskAccess.Decide;

    /// <summary>The first message of a path.</summary>
    public string? ErrorOf(string path) => errors.Find(error => error.Path == path)?.Message;

    /// <summary>Shows the task.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (CanDecide && View.Task.OpenedAt is null)
        {
            await views.MarkOpenedAsync(Id, cancellationToken);
        }

        await messages.OpenedAsync([$"/tasks/{Id}", $"/cases/{View.Case.Id}"], cancellationToken);
        ShownHash = View.Shown.Hash;
        Method = SignatureMethod.Stored;
        Data = View.Data;
        return await ShowAsync(cancellationToken);
    }

    /// <summary>Decides, or takes files and rows in and shows the page again with everything that was typed.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var input = FormInput.Read(Request.Form, View.Form.Form, View.Step.RightsKey);

        // Whoever was asked in (加签) is shown no fields to fill in, so what is not in the post was not emptied.
        typed = View.IsAdded ? [] : input.Data;
        if (CanDecide && await TakeFilesAsync(input, cancellationToken) is { Count: > 0 } own)
        {
            // The signer's own files change what is shown; what they had before them otherwise must still be the same.
            var before = View;
            View = (await views.LoadAsync(Id, cancellationToken))!;
            ShownHash = ShownHash == before.Shown.Hash && before.ShowsSameButFor(own, View) ? View.Shown.Hash : ShownHash;
        }

        Data = WithTyped();
        if (Kind is not { } kind || input.ChangesRows || errors.Count > 0 || Request.Form.ContainsKey("redraw"))
        {
            return await ShowAsync(cancellationToken);
        }

        var outcome = await deciding.DecideAsync(RequestOf(kind), cancellationToken);
        return await AnswerAsync(outcome, cancellationToken);
    }

    private JsonObject WithTyped() => View.IsAdded ? View.Data : FormMerge.Apply(View.Form.Form, View.Data, typed, View.Form.Context);

    private DecideRequest RequestOf(DecisionKind kind) => new()
    {
        TaskId = Id,
        Kind = kind,
        Opinion = Opinion,
        ReturnTo = ReturnTo,
        Fields = typed,
        ShownHash = ShownHash,
        Method = View.Options.RequiresSignature ? Method : SignatureMethod.None,
        Drawing = SignatureDrawing.Read(Drawing),
        Secret = Secret,
    };

    private async Task<IActionResult> AnswerAsync(DecideOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case DecideOutcome.Decided:
                var following = await next.OfAsync(person.RequiredId, cancellationToken);
                TempData["Notice"] = await SaidOfAsync(cancellationToken)
                    + (following is null ? "" : texts["下一件：{0}。", following.SubjectName].Value);
                return following is null ? LocalRedirect("/inbox") : RedirectToPage(new { id = following.Id });
            case DecideOutcome.AlreadyDecided:
                Response.StatusCode = StatusCodes.Status409Conflict;
                await FindAsync(cancellationToken);
                Data = View.Data;
                break;
            case DecideOutcome.ContentChanged:
                Response.StatusCode = StatusCodes.Status409Conflict;
                await FindAsync(cancellationToken);

                // Under the new hash stands the new content, with what was typed in the fields of this step.
                (ShownHash, Data) = (View.Shown.Hash, WithTyped());
                errors.Add(new FieldError("shown", texts["内容"], texts["内容已更新，请重新核对后再办理。您填写的意见已保留。"]));
                break;
            case DecideOutcome.LockedOut:
                Response.StatusCode = StatusCodes.Status403Forbidden;
                errors.Add(new FieldError("secret", texts["密码或动态码"], texts["多次输入错误，账号已锁定。请稍后再试或联系安全管理员。"]));
                break;
            case DecideOutcome.Invalid invalid:
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                errors.AddRange(invalid.Errors);
                break;
            case DecideOutcome.NotYours { Why: { } why }:
                return NotMine(why);
            default:
                return StatusCode(outcome is DecideOutcome.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
        }

        return await ShowAsync(cancellationToken);
    }

    /// <summary>Which decision was taken: a slip of the thumb must be seen at once, while whoever has the case now can still be told.</summary>
    private async Task<string> SaidOfAsync(CancellationToken cancellationToken)
    {
        var (subject, process) = (View.Task.SubjectName, wording[View.Task.ProcessName]);
        if (Kind is DecisionKind.Return)
        {
            var names = await next.HoldersAsync(View.Case.Id, ReturnTo ?? "", cancellationToken);
            return names.Count == 0
                ? texts["已退回{0}的“{1}”。", subject, process]
                : texts["已退回{0}的“{1}”，等待{2}更正。", subject, process, string.Join(wording["、"], names)];
        }

        var word = Kind switch
        {
            DecisionKind.Reject => wording[View.Options.RejectLabel],
            DecisionKind.Approve => wording[View.Options.ApproveLabel],
            _ => texts["提交"].Value,
        };
        return texts["{0}的“{1}”已办理：{2}。", subject, process, word];
    }

    private async Task<IActionResult?> FindAsync(CancellationToken cancellationToken)
    {
        if (await views.LoadAsync(Id, cancellationToken) is not { } view)
        {
            return NotFound();
        }

        View = view;
        if (view.Access == TaskAccess.None)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (view.WhyNotMine is { } why && !IsFinished(view))
        {
            return NotMine(why);
        }

        if (!HttpMethods.IsGet(Request.Method))
        {
            // To act on it is its holder's, to whom a finished one tells who was first.
            return CanDecide || (view.IsHolder && IsFinished(view)) ? null : StatusCode(StatusCodes.Status403Forbidden);
        }

        // A colleague's open task is not mine to look at as a task; the case is.
        return CanDecide || IsFinished(view) ? null : LocalRedirect($"/cases/{view.Case.Id}");
    }

    /// <summary>A substitute who may not act here reads why, on the page of the case.</summary>
    private LocalRedirectResult NotMine(string why)
    {
        TempData["Problem"] = wording[why];
        return LocalRedirect($"/cases/{View.Case.Id}");
    }

    private static bool IsFinished(TaskView view) => view.Task.State is TaskState.Done or TaskState.Closed;

    private async Task<IReadOnlySet<Guid>> TakeFilesAsync(FormInput input, CancellationToken cancellationToken)
    {
        var taken = await PostedFiles.TakeAsync(
            attaching, new AttachPlace(View.Case.Id, Id), Request.Form.Files, input.RemovedFiles, View.Form.Form, cancellationToken);
        errors.AddRange(taken.Errors);
        return taken.Changed;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Secret = null;
        ModelState.Clear();
        Sheet = await sheets.OfTaskAsync(View.Case, View.Form, cancellationToken);
        if (!CanDecide && !await access.TakesPartAsync(View.Case.Id, cancellationToken))
        {
            (Sheet, Data) = (Sheet.Masked(), MaskedFields.Of(View.Form.Form, Data));
        }

        MayTakeBack = View.Task.DecidedById == person.Id && await takeBack.RefusalAsync(Id, cancellationToken) is null;
        Comments = (await CommentsView.ReadAsync(commenting, View.Case, cancellationToken)) with { IsOpen = false };
        var states = View.Case.InstanceId is { } instance ? await FlowStates.LoadAsync(db, instance, cancellationToken) : new Dictionary<string, FlowStepState>();
        Flow = new FlowPanel(
            FlowDiagram.Draw(Sheet.DefinitionJson, states, wording.Diagram), FlowDiagram.Steps(Sheet.DefinitionJson, states, wording.Diagram));
        if (CanDecide)
        {
            var outcome = View.Step.Kind == StepKind.Form ? StepActivity.Submitted : StepActivity.Approved;
            Following = await follows.AfterAsync(View.Step, outcome, cancellationToken);
            OthersWaiting = View.Step.Mode == StepMode.Any ? 0 : await next.OthersWaitingAsync(View.Task, cancellationToken);
            SentBackBy = (await sentBack.OfTasksAsync([Id], cancellationToken)).FirstOrDefault();
            DecidedBy = View.Options.CanReturn ? await next.DecidedByAsync(View.Case.Id, cancellationToken) : DecidedBy;
            AskedAfter = await next.AskedAfterAsync(View.Task, cancellationToken);
            HasStoredSignature = await db.People.AnyAsync(
                one => one.Id == person.RequiredId && one.SignatureFileId != null, cancellationToken);
            if (!HasStoredSignature && Method == SignatureMethod.Stored)
            {
                Method = SignatureMethod.Drawn;
            }
        }

        return Page();
    }
}
