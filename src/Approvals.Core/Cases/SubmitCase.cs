using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>What became of a submission.</summary>
public abstract record SubmitOutcome
{
    /// <summary>Submitted; the case runs.</summary>
    public sealed record Submitted(Guid CaseId, string Number) : SubmitOutcome;

    /// <summary>There is no such draft of this person.</summary>
    public sealed record NotFound : SubmitOutcome;

    /// <summary>It was submitted already, from another window or by a second press.</summary>
    public sealed record AlreadySubmitted(string Number, CaseStatus Status) : SubmitOutcome;

    /// <summary>The form is incomplete or wrong; what was typed has been kept as the draft.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SubmitOutcome;

    /// <summary>The published process cannot be started; the message names the problems.</summary>
    public sealed record NotStartable(string Message) : SubmitOutcome;
}

/// <summary>提交 — checks the application, gives it its number and starts the process, all in one transaction.</summary>
public sealed class SubmitCase(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    DefinitionCatalogue catalogue,
    DraftCase drafts,
    FormChecking checking,
    WorkflowHost host,
    Numbering numbering,
    PendingSubmission pending,
    CurrentPerson person,
    AuditTrail audit,
    Announcer announcer,
    TimeProvider clock)
{
    /// <summary>Submits a draft, with last changes when there are any.</summary>
    public async Task<SubmitOutcome> SubmitAsync(Guid caseId, JsonObject? submitted, CancellationToken cancellationToken)
    {
        try
        {
            return await unitOfWork.RunAsync(scope => SubmitAsync(scope, caseId, submitted, cancellationToken), cancellationToken);
        }
        catch (WorkflowNotStartableException fault)
        {
            return new SubmitOutcome.NotStartable(fault.Message);
        }
    }

    private async Task<SubmitOutcome> SubmitAsync(
        UnitOfWorkScope scope, Guid caseId, JsonObject? submitted, CancellationToken cancellationToken)
    {
        // Race closed: two presses of the button. The update locks the row, so the second reads what the first has made of it.
        await db.Cases.Where(row => row.Id == caseId && row.Status == CaseStatus.Draft)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
        var draft = await drafts.MineAsync(caseId, cancellationToken);
        if (draft is null)
        {
            scope.Abort();
            return await SubmittedBeforeAsync(caseId, cancellationToken);
        }

        // A context that made the draft in this very request still holds it as it was before the lock.
        await db.Entry(draft).ReloadAsync(cancellationToken);

        // The application runs on the version published now, whatever version the draft was opened with.
        var definition = await catalogue.FindPublishedAsync(draft.ProcessKey, cancellationToken);
        if (definition is null)
            return new SubmitOutcome.NotStartable("该流程已停用，暂时不能提交。");
        draft.DefinitionVersionId = definition.Row.Id;
        draft.ProcessName = definition.Row.Name;
        var loaded = await drafts.StoreAsync(draft, definition, submitted ?? [], cancellationToken);
        var errors = await checking.ErrorsAsync(
            draft.ProcessKey, new FormCheckInput(caseId, loaded, JsonNode.Parse(draft.Data)!.AsObject()), cancellationToken);
        if (errors.Count > 0)
            return new SubmitOutcome.Invalid(errors);

        var now = clock.GetUtcNow();
        draft.Status = CaseStatus.Running;
        draft.Number = await CaseNumber.NextAsync(numbering, definition, clock, cancellationToken);
        draft.SubmittedAt = draft.UpdatedAt = now;
        pending.Set(caseId, definition.Settings.StartActivity, new Signer(person.RequiredId, person.Name));
        audit.Record("case.submitted", "case", caseId.ToString(), new
        {
            number = draft.Number,
            process = draft.ProcessKey,
            definition = definition.Row.Hash,
            data = DefinitionHash.Of(draft.Data),
        });
        announcer.Announce(WebhookEvents.CaseSubmitted, caseId, draft);
        draft.InstanceId = SortableId.New();
        await host.StartAsync(draft.ProcessKey, caseId, Inputs.Of(draft), cancellationToken, draft.InstanceId);
        return new SubmitOutcome.Submitted(caseId, draft.Number);
    }

    private async Task<SubmitOutcome> SubmittedBeforeAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var found = await db.Cases.AsNoTracking()
            .Where(row => row.Id == caseId && row.StarterId == me && row.Number != null)
            .Select(row => new { row.Number, row.Status })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? new SubmitOutcome.NotFound() : new SubmitOutcome.AlreadySubmitted(found.Number!, found.Status);
    }
}

/// <summary>
/// The submission that is starting a process in this unit of work: the form step it belongs to completes at once instead of
/// asking for what was just given.
/// </summary>
public sealed class PendingSubmission
{
    private (Guid CaseId, string? ActivityId, Signer By)? _submission;

    /// <summary>Announces the submission.</summary>
    public void Set(Guid caseId, string? activityId, Signer by) => _submission = (caseId, activityId, by);

    /// <summary>Who submitted, when this activity of this case is the one that the submission completes; once only.</summary>
    public Signer? Take(Guid caseId, string activityId)
    {
        if (_submission is not { } submission || submission.CaseId != caseId || submission.ActivityId != activityId)
            return null;
        _submission = null;
        return submission.By;
    }
}

/// <summary>Case numbers (业务编号): prefix, year, four digits, e.g. JZPR-2026-0001.</summary>
public static class CaseNumber
{
    /// <summary>Takes the next number of the process's series for this year.</summary>
    public static async Task<string> NextAsync(
        Numbering numbering, LoadedDefinition definition, TimeProvider clock, CancellationToken cancellationToken)
    {
        var year = clock.Today().Year;
        var next = await numbering.NextAsync($"case:{definition.Row.DefinitionId}:{year}", cancellationToken);
        return $"{definition.Settings.CaseNumberPrefix}-{year}-{next:0000}";
    }
}

/// <summary>What a case workflow is told when it starts, for its expressions.</summary>
internal static class Inputs
{
    /// <summary>Case id and form data; expressions read the data through <c>getInput('data')</c>.</summary>
    public static Dictionary<string, object?> Of(Case row) => new()
    {
        ["caseId"] = row.Id.ToString(),
        ["caseNumber"] = row.Number,
    };
}
