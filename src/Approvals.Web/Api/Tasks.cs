using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Localisation;
using Approvals.Web.Pages.Inbox;

namespace Approvals.Web.Api;

/// <summary>Tasks of the caller and of those they stand in for: list, read, decide.</summary>
internal static class Tasks
{
    public static void MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", ListAsync).WithName("ListTasks")
            .WithSummary("Tasks to do (state=open, the default) or done by the caller (state=done), those of principals among them.")
            .Produces<ApiPage<ApiTaskRow>>().Refuses(400, 401);
        tasks.MapGet("/{id:guid}", ReadAsync).WithName("ReadTask")
            .WithSummary("A task: form, fields, rights, findings, what can be decided, and the hash of all this.")
            .Produces<ApiTask>().Refuses(401, 403, 404);
        tasks.MapPost("/{id:guid}/decision", DecideAsync).WithName("DecideTask").WithSummary("Decides a task.")
            .Produces<ApiDecided>().Refuses(400, 401, 403, 404, 409, 422, 423);
    }

    private static async Task<IResult> ListAsync(
        string? state, string? process, string? after, InboxQuery inbox, CurrentPerson person, Problems problems, CancellationToken stop)
    {
        var (me, filter, cursor) = (person.RequiredId, new InboxFilter(process), CursorText.Read(after));
        return state switch
        {
            null or "open" => Results.Ok(ApiPage<ApiTaskRow>.Of(await inbox.ToDoAsync(me, filter, cursor, stop), ApiTaskRow.Of)),
            "done" => Results.Ok(ApiPage<ApiTaskRow>.Of(await inbox.DoneAsync(me, filter, cursor, stop), ApiTaskRow.Of)),
            _ => problems.NotOneOf("state", "open, done"),
        };
    }

    private static async Task<IResult> ReadAsync(
        Guid id, HttpContext context, TaskViews views, CaseAccess access, Problems problems, CancellationToken stop)
    {
        switch (await views.LoadAsync(id, stop))
        {
            case null:
                return problems.NotFound();

            // A colleague's open task is not the caller's to look at as a task, as on the pages; the case is.
            case var anothers when anothers is { Access: TaskAccess.None }
                or { Access: TaskAccess.Read, Task.State: TaskState.Open or TaskState.Queued }:
                return problems.NotYours(anothers.WhyNotMine);
            case var view:
                if (view.Access == TaskAccess.Decide)
                {
                    await views.MarkOpenedAsync(id, stop);
                }

                var masked = view.Access != TaskAccess.Decide && !await access.TakesPartAsync(view.Case.Id, stop);
                return Results.Ok(ApiTask.Of(view, masked, Wording.IsEnglish));
        }
    }

    private static async Task<IResult> DecideAsync(
        Guid id, DecisionRequest request, TaskViews views, DecideTask deciding, Problems problems, CancellationToken stop)
    {
        if (request.Fields is { Count: > 0 } fields && await views.LoadAsync(id, stop) is { Access: TaskAccess.Decide } view
            && NotEditable(view, fields) is { Count: > 0 } unknown)
        {
            return problems.UnknownFields(unknown);
        }

        return await deciding.DecideAsync(RequestOf(id, request), stop) switch
        {
            DecideOutcome.Decided decided => Results.Ok(new ApiDecided(decided.DecisionId, decided.CaseId)),
            DecideOutcome.AlreadyDecided already => problems.AlreadyDecided(already.By, already.At, already.As),
            DecideOutcome.ContentChanged => problems.ContentChanged((await views.LoadAsync(id, stop))?.Shown.Hash),
            DecideOutcome.Invalid invalid => problems.Invalid(invalid.Errors.Select(WithPlace)),
            DecideOutcome.LockedOut => problems.LockedOut(),
            DecideOutcome.NotYours stranger => problems.NotYours(stranger.Why),
            _ => problems.NotFound(),
        };
    }

    // Whoever was asked in by a signer fills in nothing.
    private static IReadOnlyList<string> NotEditable(TaskView view, JsonObject fields) => view.IsAdded
        ? [.. fields.Select(field => field.Key)]
        : FormMerge.NotEditable(view.Form.Form, fields, view.Step.RightsKey);

    private static DecideRequest RequestOf(Guid id, DecisionRequest request) => new()
    {
        TaskId = id,
        Kind = request.Kind,
        Opinion = request.Opinion,
        ReturnTo = request.ReturnTo,
        Fields = request.Fields,
        ShownHash = request.ShownHash,
        Method = request.Signature?.Method ?? SignatureMethod.None,
        Drawing = request.Signature?.Drawing,
        Secret = request.Secret,
    };

    // The use case names form fields by their keys; in the request they stand under "fields".
    private static FieldError WithPlace(FieldError error) =>
        error.Path is "kind" or "opinion" or "returnTo" or "signature" or "secret" ? error : error with { Path = "fields." + error.Path };
}
