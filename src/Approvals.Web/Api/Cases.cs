using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Web.Localisation;
using Approvals.Web.Pages.Inbox;

namespace Approvals.Web.Api;

/// <summary>Processes and cases: start, draft, submit, withdraw, read. The use cases and rights are those of the pages.</summary>
internal static class Cases
{
    public static void MapCases(this RouteGroupBuilder api)
    {
        var processes = api.MapGroup("/processes").WithTags("Processes");
        processes.MapGet("", ListProcessesAsync).WithName("ListProcesses").WithSummary("Processes that people may start.")
            .Refuses(401);
        processes.MapGet("/{key}/form", StartFormAsync).WithName("ReadStartForm")
            .WithSummary("The form with which a process is started: fields, types, choices.").Produces<ApiForm>().Refuses(401, 404);

        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", ListAsync).WithName("ListCases").WithSummary("Cases and drafts the caller started, newest first.").Refuses(401);
        cases.MapGet("/readable", ReadableAsync).WithName("ListReadableCases")
            .WithSummary("Every case the caller may read, drafts left out, newest first; by process, status, section and day of submission.")
            .Produces<ApiPage<ApiCaseRow>>().Refuses(400, 401);
        cases.MapPost("", StartAsync).WithName("StartCase").WithSummary("Starts a case, as a draft or submitted at once.")
            .Produces<CaseChanged>(201).Refuses(400, 401, 404, 409, 422);
        cases.MapGet("/{id:guid}", ReadAsync).WithName("ReadCase")
            .WithSummary("A case: status, steps, fields, findings, files, documents, history.").Produces<ApiCase>().Refuses(401, 403, 404);
        cases.MapPut("/{id:guid}/draft", SaveAsync).WithName("SaveDraft").WithSummary("Saves fields of a draft, complete or not.")
            .Produces<CaseChanged>().Refuses(400, 401, 403, 404, 409, 422);
        cases.MapPost("/{id:guid}/submit", SubmitAsync).WithName("SubmitCase")
            .WithSummary("Checks a draft, gives it its number and starts its process. Submitting twice gives the same number.")
            .Produces<CaseChanged>().Refuses(400, 401, 403, 404, 409, 422);
        cases.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithName("WithdrawCase")
            .WithSummary("Takes the caller's case back before the first decision.")
            .Produces<CaseChanged>().Refuses(401, 403, 404, 409, 422);
    }

    private static async Task<IReadOnlyList<ApiProcess>> ListProcessesAsync(StartCase starting, CancellationToken stop) =>
        [.. (await starting.ListAsync(stop)).Select(one => new ApiProcess(one.Key, one.Name, one.Description))];

    private static async Task<IResult> StartFormAsync(
        string key, HttpContext context, DefinitionCatalogue catalogue, FormContextLoader forms, Problems problems, CancellationToken stop)
    {
        var definition = await catalogue.FindPublishedAsync(key, stop);
        return definition is { Row.IsStartable: true, Settings.StartForm: { } form }
            ? Results.Ok(ApiForm.Of(
                await forms.LoadAsync(definition.Row.Id, form, StepRights.OfStart(definition), null, stop), Wording.IsEnglish))
            : problems.NotFound();
    }

    private static async Task<ApiPage<ApiCaseRow>> ListAsync(
        string? process, string? after, InboxQuery inbox, CurrentPerson person, CancellationToken stop) =>
        ApiPage<ApiCaseRow>.Of(
            await inbox.StartedAsync(person.RequiredId, new InboxFilter(process), CursorText.Read(after), stop), ApiCaseRow.Of);

    private static async Task<ApiPage<ApiCaseRow>> ReadableAsync(
        string? process, CaseStatus? status, Guid? section, DateOnly? from, DateOnly? until, Guid? after, CaseList list, CancellationToken stop)
    {
        var page = await list.PageAsync(new CaseFilter(process, status, section, from, until), after, stop);
        return new([.. page.Rows.Select(ApiCaseRow.Of)], page.Next?.ToString());
    }

    private static async Task<IResult> StartAsync(
        StartRequest request, HttpContext context, UnitOfWork unitOfWork, StartCase starting, DraftCase drafts, SubmitCase submitting,
        SubmittedFields fields, Problems problems, CancellationToken stop)
    {
        if (await fields.NotTakenByProcessAsync(request.Process, request.Fields, stop) is { Count: > 0 } unknown)
        {
            return problems.UnknownFields(unknown);
        }

        // One transaction: an application that cannot be submitted leaves no half-made draft for the caller to find and remove.
        return await unitOfWork.RunAsync(
            async scope =>
            {
                if (await starting.DraftAsync(request.Process, stop) is not { } id)
                {
                    return problems.NotFound();
                }

                await scope.Db.SaveChangesAsync(stop);
                var saved = await drafts.SaveAsync(id, request.Fields ?? [], null, stop) as DraftOutcome.Saved;
                if (!request.Submit)
                {
                    return await CreatedAsync(new CaseChanged(id, null, CaseStatus.Draft, saved?.RowVersion));
                }

                await scope.Db.SaveChangesAsync(stop);
                var outcome = await submitting.SubmitAsync(id, null, stop);
                if (outcome is SubmitOutcome.Submitted submitted)
                {
                    return await CreatedAsync(new CaseChanged(id, submitted.Number, CaseStatus.Running));
                }

                scope.Abort();
                return RefusalOf(outcome, problems) ?? problems.NotFound();

                async Task<IResult> CreatedAsync(CaseChanged made)
                {
                    await scope.Db.SaveChangesAsync(stop);
                    await context.KeepAsync(scope.Db, StatusCodes.Status201Created, AddressOf(made.Id), made);
                    return Results.Created(AddressOf(made.Id), made);
                }
            },
            stop);
    }

    private static async Task<IResult> ReadAsync(
        Guid id, CaseAccess access, CaseRefusals refusals, CaseSheets sheets, Problems problems, CancellationToken stop)
    {
        if (await refusals.OfReadingAsync(id, stop) is { } refusal)
        {
            return refusal;
        }

        var sheet = await sheets.FindAsync(id, CaseSheets.ReaderRights, stop);
        return sheet is null ? problems.NotFound() : Results.Ok(ApiCase.Of(sheet, masked: !await access.TakesPartAsync(id, stop)));
    }

    private static async Task<IResult> SaveAsync(
        Guid id, DraftRequest request, DraftCase drafts, SubmittedFields fields, CaseRefusals refusals, Problems problems,
        CancellationToken stop)
    {
        if (await refusals.OfReadingAsync(id, stop) is { } refusal)
        {
            return refusal;
        }

        if (await fields.NotTakenByDraftAsync(id, request.Fields, stop) is { Count: > 0 } unknown)
        {
            return problems.UnknownFields(unknown);
        }

        return await drafts.SaveAsync(id, request.Fields, request.RowVersion, stop) switch
        {
            DraftOutcome.Saved saved => Results.Ok(new CaseChanged(id, null, CaseStatus.Draft, saved.RowVersion)),
            DraftOutcome.ChangedElsewhere changed => problems.DraftChanged(changed.RowVersion),
            _ => await refusals.OfDraftAsync(id, stop),
        };
    }

    private static async Task<IResult> SubmitAsync(
        Guid id, SubmitRequest? request, SubmitCase submitting, SubmittedFields fields, CaseRefusals refusals, Problems problems,
        CancellationToken stop)
    {
        if (await refusals.OfReadingAsync(id, stop) is { } refusal)
        {
            return refusal;
        }

        if (await fields.NotTakenByDraftAsync(id, request?.Fields, stop) is { Count: > 0 } unknown)
        {
            return problems.UnknownFields(unknown);
        }

        var outcome = await submitting.SubmitAsync(id, request?.Fields, stop);
        return outcome switch
        {
            SubmitOutcome.Submitted done => Results.Ok(new CaseChanged(id, done.Number, CaseStatus.Running)),
            SubmitOutcome.AlreadySubmitted done => Results.Ok(new CaseChanged(id, done.Number, done.Status)),
            _ => RefusalOf(outcome, problems) ?? await refusals.OfStrangerAsync(id, stop),
        };
    }

    private static async Task<IResult> WithdrawAsync(
        Guid id, WithdrawRequest? request, WithdrawCase withdrawing, CaseRefusals refusals, Problems problems, CancellationToken stop) =>
        await withdrawing.WithdrawAsync(id, request?.Reason, stop) switch
        {
            WithdrawOutcome.Withdrawn => Results.Ok(new CaseChanged(id, null, CaseStatus.Withdrawn)),
            WithdrawOutcome.TooLate => problems.TooLateToWithdraw(),
            _ => await refusals.OfStrangerAsync(id, stop),
        };

    private static IResult? RefusalOf(SubmitOutcome outcome, Problems problems) => outcome switch
    {
        SubmitOutcome.Invalid invalid => problems.Invalid(invalid.Errors.Select(error => error with { Path = "fields." + error.Path })),
        SubmitOutcome.NotStartable refused => problems.NotStartable(refused.Message),
        _ => null,
    };

    private static string AddressOf(Guid caseId) => $"{ApiSetup.Root}/cases/{caseId}";
}
