using System.Text.Json.Nodes;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Waiting;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>A step that waits for people, as the status line names it.</summary>
/// <param name="StepName">Step.</param>
/// <param name="People">Who has it; empty when it resolved to nobody.</param>
/// <param name="Since">Since when.</param>
/// <param name="DueAt">Deadline.</param>
/// <param name="Next">What comes next, in words.</param>
public sealed record WaitingStep(string StepName, IReadOnlyList<string> People, DateTimeOffset Since, DateTimeOffset? DueAt, string? Next);

/// <summary>A wait for something other than people: a day, a message, a sub-process.</summary>
/// <param name="StepName">Step.</param>
/// <param name="WaitsFor">What for, in words that follow 等待.</param>
/// <param name="Since">Since when.</param>
public sealed record CaseWait(string StepName, string WaitsFor, DateTimeOffset Since);

/// <summary>A document of the case as its page lists it.</summary>
/// <param name="Id">Document id.</param>
/// <param name="Title">Title.</param>
/// <param name="Number">Number as printed.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="IsRendered">Whether the PDF is there.</param>
public sealed record SheetDocument(Guid Id, string Title, string Number, DateTimeOffset IssuedAt, bool IsRendered);

/// <summary>An opinion as the paper form and the history show it.</summary>
/// <param name="DecisionId">Decision.</param>
/// <param name="RightsKey">Step, as the form names it.</param>
/// <param name="Line">Signature line.</param>
/// <param name="As">What was decided, in words.</param>
/// <param name="Opinion">Opinion; null when none was written.</param>
/// <param name="At">When.</param>
/// <param name="HasPicture">Whether there is a signature picture.</param>
public sealed record SheetOpinion(
    Guid DecisionId, string RightsKey, string Line, string As, string? Opinion, DateTimeOffset At, bool HasPicture);

/// <summary>Everything a page or the API shows of a case to somebody who may read it.</summary>
public sealed record CaseSheet
{
    /// <summary>The case; detached.</summary>
    public required Case Row { get; init; }

    /// <summary>Its form with files and choices, under the rights of the reader's step.</summary>
    public required LoadedForm Form { get; init; }

    /// <summary>The part of its data the reader may see.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>Name of the applicant's unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>Current findings, those that do not pass first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>History, oldest first.</summary>
    public required IReadOnlyList<CaseEvent> History { get; init; }

    /// <summary>Opinions given, oldest first.</summary>
    public required IReadOnlyList<SheetOpinion> Opinions { get; init; }

    /// <summary>Whether a decision carries a signature picture.</summary>
    public bool IsSigned(Guid? decisionId) => Opinions.Any(one => one.DecisionId == decisionId && one.HasPicture);

    /// <summary>Where it waits.</summary>
    public required IReadOnlyList<WaitingStep> Waiting { get; init; }

    /// <summary>What else it waits for.</summary>
    public IReadOnlyList<CaseWait> Waits { get; init; } = [];

    /// <summary>Draws held or asked for.</summary>
    public IReadOnlyList<CaseDraw> Draws { get; init; } = [];

    /// <summary>Issued documents.</summary>
    public required IReadOnlyList<SheetDocument> Documents { get; init; }

    /// <summary>Definition the case runs on, for the flow diagram.</summary>
    public required string DefinitionJson { get; init; }

    /// <summary>As somebody sees it who may read the case but takes no part in it: sensitive values are masked.</summary>
    public CaseSheet Masked() => this with { Data = MaskedFields.Of(Form.Form, Data) };

    /// <summary>Files the reader may see.</summary>
    public IEnumerable<FieldFile> Files =>
        Form.Files.Where(file => FormRights.For(Form.Form, Form.Context.RightsKey).MayRead(file.FieldKey));
}

/// <summary>Reads <see cref="CaseSheet"/>s. Asks nobody's rights: the caller has asked <see cref="CaseAccess"/>.</summary>
public sealed class CaseSheets(ApprovalsDbContext db, DefinitionCatalogue catalogue, FormContextLoader forms)
{
    /// <summary>Rights key of somebody who reads a case without a task in it.</summary>
    public const string ReaderRights = "*";

    /// <summary>Reads the sheet of the application under the rights of a step; null when there is no such case or it has no form.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="rightsKey">Step whose field rights apply.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<CaseSheet?> FindAsync(Guid caseId, string rightsKey, CancellationToken cancellationToken)
    {
        if (await db.Cases.AsNoTracking().FirstOrDefaultAsync(one => one.Id == caseId, cancellationToken) is not { } row)
        {
            return null;
        }

        var definition = await catalogue.GetAsync(row.DefinitionVersionId, cancellationToken);
        if (definition.Settings.StartForm is not { } key)
        {
            return null;
        }

        var form = await forms.LoadAsync(row.DefinitionVersionId, key, rightsKey, caseId, cancellationToken);
        return await ReadAsync(row, form, definition.Row.Json, cancellationToken);
    }

    /// <summary>
    /// Reads the sheet with the form of a task, which may belong to another definition than the case: an objection is handled by a
    /// process of its own on the case it concerns.
    /// </summary>
    /// <param name="row">The case.</param>
    /// <param name="form">The task's form under the rights of its step.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<CaseSheet> OfTaskAsync(Case row, LoadedForm form, CancellationToken cancellationToken)
    {
        var definition = await catalogue.GetAsync(row.DefinitionVersionId, cancellationToken);
        return await ReadAsync(row, form, definition.Row.Json, cancellationToken);
    }

    private async Task<CaseSheet> ReadAsync(Case row, LoadedForm form, string definitionJson, CancellationToken cancellationToken)
    {
        var caseId = row.Id;
        var findings = await db.Findings.AsNoTracking().Where(one => one.CaseId == caseId && one.IsCurrent).ToListAsync(cancellationToken);
        return new CaseSheet
        {
            Row = row,
            Form = form,
            Data = FormMerge.Visible(form.Form, JsonNode.Parse(row.Data)!.AsObject(), form.Context.RightsKey),
            UnitName = await db.OrgUnits.Where(unit => unit.Id == row.UnitId).Select(unit => unit.Name).FirstOrDefaultAsync(cancellationToken),
            Findings = [.. findings.OrderByDescending(one => Weight(one.Verdict)).ThenBy(one => one.Article, StringComparer.Ordinal)],
            History = await db.CaseEvents.AsNoTracking().Where(one => one.CaseId == caseId)
                .OrderBy(one => one.At).ThenBy(one => one.Id).ToListAsync(cancellationToken),
            Opinions = await OpinionsAsync(caseId, cancellationToken),
            Waiting = await WaitingAsync(caseId, cancellationToken),
            Waits = await WaitsAsync(caseId, cancellationToken),
            Draws = await DrawsAsync(caseId, cancellationToken),
            Documents = await DocumentsAsync(caseId, cancellationToken),
            DefinitionJson = definitionJson,
        };
    }

    private async Task<List<WaitingStep>> WaitingAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var steps = await (
            from step in db.StepRuns.AsNoTracking()
            join instance in db.Instances on step.InstanceId equals instance.Id
            where step.CaseId == caseId && (step.Status == StepStatus.Open || step.Status == StepStatus.Unassigned)
            orderby step.OpenedAt
            select new { Step = step, Version = instance.DefinitionVersionId }).ToListAsync(cancellationToken);
        var people = await (
            from task in db.Tasks.AsNoTracking()
            join person in db.People on task.AssigneeId equals person.Id
            where task.CaseId == caseId && task.State == TaskState.Open
            orderby task.Order
            select new { task.StepRunId, person.Name }).ToListAsync(cancellationToken);

        // What follows is read from the version that the case runs on now, in today's words, and not from the day the step began.
        var waiting = new List<WaitingStep>();
        foreach (var one in steps)
        {
            var node = (await catalogue.GetAsync(one.Version, cancellationToken)).Workflow.FindActivity(one.Step.ActivityId);
            waiting.Add(new WaitingStep(
                one.Step.StepName, [.. people.Where(task => task.StepRunId == one.Step.Id).Select(task => task.Name)], one.Step.OpenedAt,
                one.Step.DueAt, node is null ? null : FlowAhead.Names(node)));
        }

        return waiting;
    }

    private async Task<List<CaseWait>> WaitsAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var bookmarks = await (
            from bookmark in db.Bookmarks.AsNoTracking()
            join instance in db.Instances on bookmark.InstanceId equals instance.Id
            where instance.CaseId == caseId && bookmark.Payload != null
            orderby bookmark.CreatedAt, bookmark.Id
            select new { bookmark.Payload, bookmark.CreatedAt }).ToListAsync(cancellationToken);
        return
        [
            .. bookmarks.Select(one => (Note: WaitNote.Read(one.Payload), one.CreatedAt)).Where(one => one.Note is not null)
                .Select(one => new CaseWait(one.Note!.Value.Step, one.Note.Value.WaitsFor, one.CreatedAt)),
        ];
    }

    private Task<List<SheetOpinion>> OpinionsAsync(Guid caseId, CancellationToken cancellationToken) => (
        from decision in db.Decisions.AsNoTracking()
        join step in db.StepRuns on decision.StepRunId equals step.Id
        join task in db.Tasks on decision.TaskId equals task.Id
        where decision.CaseId == caseId && task.State == TaskState.Done && task.AddedPlace != AddedPlace.Delegated
        orderby decision.At, decision.Id
        select new SheetOpinion(
            decision.Id, step.RightsKey, decision.SignatureLine, task.DecidedAs ?? "", decision.Opinion, decision.At,
            decision.SignatureFileId != null)).ToListAsync(cancellationToken);

    private Task<List<CaseDraw>> DrawsAsync(Guid caseId, CancellationToken cancellationToken) => (
        from draw in db.DrawRequests.AsNoTracking()
        join record in db.DrawRecords on draw.Id equals record.Id into records
        from record in records.DefaultIfEmpty()
        where draw.CaseId == caseId
        orderby draw.CreatedAt, draw.Id
        select new CaseDraw(draw.Id, draw.StepName, draw.Status, record.Number, draw.CreatedAt)).ToListAsync(cancellationToken);

    private Task<List<SheetDocument>> DocumentsAsync(Guid caseId, CancellationToken cancellationToken) =>
        db.Documents.AsNoTracking().Where(one => one.CaseId == caseId).OrderBy(one => one.IssuedAt)
            .Select(one => new SheetDocument(one.Id, one.Title, one.Number, one.IssuedAt, one.FileId != null))
            .ToListAsync(cancellationToken);

    private static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 3, Verdict.Warning => 2, Verdict.Waived => 1, _ => 0,
    };
}
