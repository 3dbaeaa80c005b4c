using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Pages.Inbox;

namespace Approvals.Web.Api;

/// <summary>Tasks over HTTP.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this RouteGroupBuilder api)
    {
        api.MapGet("/tasks", ListAsync).WithName("ListTasks").Produces<ApiTaskPage>();
        api.MapGet("/tasks/{id:guid}", ReadAsync).WithName("ReadTask").Produces<ApiTask>();
        api.MapPost("/tasks/{id:guid}/decision", DecideAsync).WithName("DecideTask").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<ApiTaskPage> ListAsync(
        string? process, string? after, InboxQuery inbox, CurrentPerson person, CancellationToken stop)
    {
        var page = await inbox.ToDoAsync(person.RequiredId, new InboxFilter(process), CursorText.Read(after), stop);
        return new ApiTaskPage([.. page.Rows.Select(ApiMapping.RowOf)], page.Next is null ? null : CursorText.Write(page.Next));
    }

    private static async Task<IResult> ReadAsync(Guid id, TaskViews views, ApiProblems problems, CancellationToken stop)
    {
        var view = await views.LoadAsync(id, stop);
        if (view is null || view.Access == TaskAccess.None)
        {
            return problems.NotFound();
        }

        if (view.Access == TaskAccess.Decide)
        {
            await views.MarkOpenedAsync(id, stop);
        }

        return Results.Ok(ApiMapping.TaskOf(view));
    }

    private static async Task<IResult> DecideAsync(
        Guid id, DecisionRequest request, DecideTask deciding, ApiProblems problems, CancellationToken stop)
    {
        var outcome = await deciding.DecideAsync(
            new DecideRequest
            {
                TaskId = id,
                Kind = request.Kind,
                ShownHash = request.ShownHash,
                Opinion = request.Opinion,
                ReturnTo = request.ReturnTo,
                Fields = request.Fields,
                Method = request.Method,
                Drawing = request.Drawing,
                Secret = request.Secret,
            },
            stop);
        return outcome switch
        {
            DecideOutcome.Decided => Results.NoContent(),
            DecideOutcome.AlreadyDecided already => problems.AlreadyDecided(already.By, already.At, already.As),
            DecideOutcome.ContentChanged => problems.ContentChanged(),
            DecideOutcome.Invalid invalid => problems.Invalid(invalid.Errors),
            DecideOutcome.LockedOut => problems.LockedOut(),
            DecideOutcome.NotYours => problems.Forbidden(),
            _ => problems.NotFound(),
        };
    }
}
