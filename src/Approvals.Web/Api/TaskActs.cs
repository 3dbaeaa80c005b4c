using Approvals.Core.Inbox;

namespace Approvals.Web.Api;

/// <summary>What one may do with a task beside deciding it: hand it over, ask others to sign as well.</summary>
internal static class TaskActs
{
    public static void MapTaskActs(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks/{id:guid}").WithTags("Tasks");
        tasks.MapGet("/colleagues", ColleaguesAsync).WithName("ListColleagues")
            .WithSummary("Whom the task may be handed over to, or who may be asked to sign as well.")
            .Produces<IReadOnlyList<ApiColleague>>().Refuses(401, 403, 404);
        tasks.MapPost("/hand-over", HandOverAsync).WithName("HandOverTask")
            .WithSummary("Gives the task to a colleague, with a reason; comesBack lets them do the work and leaves the decision with the caller.").Refuses(400, 401, 403, 404, 409, 422);
        tasks.MapPost("/signers", AddSignersAsync).WithName("AddSigners")
            .WithSummary("Asks colleagues to sign as well, before, beside or after the caller.").Refuses(400, 401, 403, 404, 409, 422);
        tasks.MapPost("/take-back", TakeBackAsync).WithName("TakeBackDecision")
            .WithSummary("Takes back the caller's decision on the task, until the next person has opened theirs.")
            .Refuses(400, 401, 403, 404, 409, 422);
        tasks.MapPost("/remove", RemoveAsync).WithName("RemoveSigner")
            .WithSummary("Takes back the caller's request for a further signature; id is the task of whoever was asked.")
            .Refuses(401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ColleaguesAsync(
        Guid id, TaskViews views, FurtherSigners signers, Problems problems, CancellationToken stop) =>
        await views.LoadAsync(id, stop) switch
        {
            null => problems.NotFound(),
            { Access: TaskAccess.Decide } view => Results.Ok((await signers.OfAsync(view, stop)).Select(one => new ApiColleague(one.Id, one.Name, one.Label))),
            _ => problems.NotYours(),
        };

    private static async Task<IResult> HandOverAsync(
        Guid id, HandOverRequest request, HandOverTask handing, DelegateTask delegating, Problems problems, CancellationToken stop) =>
        problems.OfAct(request.ComesBack
            ? await delegating.DelegateAsync(id, request.To, request.Reason, stop)
            : await handing.HandOverAsync(id, request.To, request.Reason, stop));

    private static async Task<IResult> TakeBackAsync(Guid id, TakeBackRequest request, TakeBack taking, Problems problems, CancellationToken stop) =>
        problems.OfAct(await taking.TakeBackAsync(id, request.Reason, stop));

    private static async Task<IResult> AddSignersAsync(
        Guid id, AddSignersRequest request, AddSigners adding, Problems problems, CancellationToken stop) =>
        problems.OfAct(await adding.AddAsync(id, request.People ?? [], request.Place, request.Reason, stop));

    private static async Task<IResult> RemoveAsync(Guid id, RemoveSigner removing, Problems problems, CancellationToken stop) =>
        problems.OfAct(await removing.RemoveAsync(id, stop));
}

/// <summary>A colleague.</summary>
/// <param name="Id">Person.</param>
/// <param name="Name">Name.</param>
/// <param name="Label">Name with unit and title.</param>
internal sealed record ApiColleague(Guid Id, string Name, string Label);

/// <summary>转办 or 委派.</summary>
/// <param name="To">Id of a colleague.</param>
/// <param name="Reason">Why.</param>
/// <param name="ComesBack">委派: the task comes back to be decided.</param>
internal sealed record HandOverRequest(Guid? To = null, string? Reason = null, bool ComesBack = false);

/// <summary>收回.</summary>
/// <param name="Reason">Why.</param>
internal sealed record TakeBackRequest(string? Reason = null);

/// <summary>加签.</summary>
/// <param name="People">Ids of colleagues, at most five; those after sign in this order.</param>
/// <param name="Place">before, beside or after the caller.</param>
/// <param name="Reason">Why.</param>
internal sealed record AddSignersRequest(IReadOnlyList<Guid>? People = null, AddedPlace? Place = null, string? Reason = null);
