using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Web.Forms;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Cases;

/// <summary>A draft: one page in the order of the paper, saved on its own, submitted when it is complete.</summary>
[Authorize]
public sealed class EditModel(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, FormContextLoader forms, DraftCase drafts, SubmitCase submitting,
    AttachFile attaching, CurrentPerson person, IStringLocalizer<CaseTexts> texts)
    : PageModel
{
    private readonly List<FieldError> errors = [];
    private string rightsKey = "";

    /// <summary>The draft.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Row version the page was drawn with.</summary>
    [BindProperty]
    public int? RowVersion { get; set; }

    /// <summary>The case.</summary>
    public Case Row { get; private set; } = null!;

    /// <summary>The form to draw.</summary>
    public FormView View { get; private set; } = null!;

    /// <summary>Something about the whole draft, e.g. that it was saved in another window.</summary>
    public string? Problem { get; private set; }

    /// <summary>When it was last saved, in words.</summary>
    public string SavedAt => ChinaTime.ToLocal(Row.UpdatedAt).ToString("MM-dd HH:mm");

    /// <summary>
    /// What <c>kept.js</c> may take the page for: <c>stored</c> as it is in the database, <c>saved</c> just now, or <c>typed</c> and shown
    /// again after a refusal.
    /// </summary>
    public string KeptState { get; private set; } = "stored";

    /// <summary>Shows the draft.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } loaded)
        {
            return await ElsewhereAsync(cancellationToken);
        }

        KeptState = TempData["Saved"] is true ? "saved" : "stored";
        Show(loaded, JsonNode.Parse(Row.Data)!.AsObject());
        return Page();
    }

    /// <summary>Saves, takes files in and out, changes rows, or submits; what was typed always comes back.</summary>
    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } loaded)
        {
            return await ElsewhereAsync(cancellationToken);
        }

        var input = FormInput.Read(Request.Form, loaded.Form, rightsKey);
        var saved = await drafts.SaveAsync(Id, input.Data, RowVersion, cancellationToken);
        if (saved is DraftOutcome.NotFound)
        {
            return await ElsewhereAsync(cancellationToken);
        }

        var taken = await PostedFiles.TakeAsync(
            attaching, new AttachPlace(Id), Request.Form.Files, input.RemovedFiles, loaded.Form, cancellationToken);
        errors.AddRange(taken.Errors);
        if (saved is DraftOutcome.ChangedElsewhere elsewhere)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            Problem = texts["这份草稿刚在另一个窗口保存过。下面是您在本页填写的内容，再次保存将以本页为准。"];
            return await ShowTypedAsync(input, elsewhere.RowVersion, cancellationToken);
        }

        if (act == "submit" && errors.Count == 0 && !input.ChangesRows)
        {
            return await SubmitAsync(input, cancellationToken);
        }

        if (errors.Count > 0 || input.ChangesRows)
        {
            Response.StatusCode = errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
            return await ShowTypedAsync(input, null, cancellationToken);
        }

        TempData["Notice"] = texts["草稿已保存。"].Value;
        TempData["Saved"] = true;
        return RedirectToPage(new { id = Id });
    }

    /// <summary>Saves in the background while somebody types; answers with the line that says so.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } loaded)
        {
            return NotFound();
        }

        var input = FormInput.Read(Request.Form, loaded.Form, rightsKey);
        var outcome = await drafts.SaveAsync(Id, input.Data, RowVersion, cancellationToken);
        if (outcome is DraftOutcome.ChangedElsewhere)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            Problem = texts["已在另一窗口修改，未自动保存"];
        }
        else
        {
            await LoadAsync(cancellationToken);
        }

        return Partial("_Saved", this);
    }

    /// <summary>Throws the draft away.</summary>
    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken)
    {
        if (await drafts.DiscardAsync(Id, cancellationToken) is not DraftOutcome.Discarded)
        {
            return await ElsewhereAsync(cancellationToken);
        }

        TempData["Notice"] = texts["草稿已删除。"].Value;
        return LocalRedirect("/start");
    }

    private async Task<IActionResult> SubmitAsync(FormInput input, CancellationToken cancellationToken)
    {
        switch (await submitting.SubmitAsync(Id, input.Data, cancellationToken))
        {
            case SubmitOutcome.Submitted submitted:
                TempData["Notice"] = texts["申请已提交，业务编号 {0}。办理进度可以随时在这里查看。", submitted.Number].Value;
                return LocalRedirect($"/cases/{Id}");
            case SubmitOutcome.AlreadySubmitted already:
                TempData["Notice"] = texts["申请已经提交过，业务编号 {0}。", already.Number].Value;
                return LocalRedirect($"/cases/{Id}");
            case SubmitOutcome.Invalid invalid:
                errors.AddRange(invalid.Errors);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return await ShowTypedAsync(input, null, cancellationToken);
            case SubmitOutcome.NotStartable problem:
                Problem = problem.Message;
                Response.StatusCode = StatusCodes.Status409Conflict;
                return await ShowTypedAsync(input, null, cancellationToken);
            default:
                return await ElsewhereAsync(cancellationToken);
        }
    }

    private async Task<LoadedForm?> LoadAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var row = await db.Cases.AsNoTracking().FirstOrDefaultAsync(
            one => one.Id == Id && one.StarterId == me && one.Status == CaseStatus.Draft, cancellationToken);
        if (row is null)
        {
            return null;
        }

        Row = row;
        var definition = await catalogue.GetAsync(row.DefinitionVersionId, cancellationToken);
        rightsKey = StepRights.OfStart(definition);
        return await forms.LoadAsync(row.DefinitionVersionId, definition.Settings.StartForm!, rightsKey, Id, cancellationToken);
    }

    // Not a draft of mine: submitted meanwhile, somebody else's, or none at all. Which of them is not told to strangers.
    private async Task<IActionResult> ElsewhereAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        return await db.Cases.AnyAsync(one => one.Id == Id && one.StarterId == me, cancellationToken)
            ? LocalRedirect($"/cases/{Id}")
            : NotFound();
    }

    private async Task<IActionResult> ShowTypedAsync(FormInput input, int? rowVersion, CancellationToken cancellationToken)
    {
        // Submitted or discarded meanwhile, by a second press or in another window: there is no draft left to show what was typed in.
        if (await LoadAsync(cancellationToken) is not { } loaded)
        {
            return await ElsewhereAsync(cancellationToken);
        }

        var typed = FormMerge.Apply(loaded.Form, JsonNode.Parse(Row.Data)!.AsObject(), input.Data, loaded.Context);
        KeptState = rowVersion is null ? "saved" : "typed";
        Show(loaded, typed);
        RowVersion = rowVersion ?? Row.RowVersion;
        return Page();
    }

    private void Show(LoadedForm loaded, JsonObject data)
    {
        RowVersion = Row.RowVersion;
        ModelState.Clear();
        View = new FormView(loaded, data)
        {
            Errors = errors,
            FileAddress = file => CasePaper.FileAddress(Id, file.Id),
        };
    }
}
