using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Processes.Designing;

namespace Approvals.Web.Studio.Api;

/// <summary>Several definitions at once. Each is done for itself: what one refuses does not keep the others.</summary>
internal static class DefinitionBulk
{
    public static void MapDefinitionBulk(this RouteGroupBuilder group)
    {
        var bulk = group.MapGroup("/bulk-actions");
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", PublishAsync);
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", RetractAsync);
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", (HttpContext http, DeleteDefinition deleting) =>
            DeleteAsync(http, "definitionIds", id => deleting.DeleteAsync(id, http.RequestAborted)));
        bulk.MapPost("/delete/workflow-definitions/by-id", (HttpContext http, DeleteDefinition deleting) =>
            DeleteAsync(http, "ids", id => deleting.DeleteVersionAsync(id, http.RequestAborted)));
        group.MapDelete("/workflow-definition-versions/{id}", async (string id, HttpContext http, DeleteDefinition deleting) =>
            await deleting.DeleteVersionAsync(id, http.RequestAborted) ? Results.NoContent() : StudioAnswers.NotFound());
    }

    /// <summary>A list of ids in a body.</summary>
    public static IReadOnlyList<string> IdsIn(JsonObject body, string name) => body[name] is JsonArray list
        ? [.. list.Where(one => one?.GetValueKind() == JsonValueKind.String).Select(one => (string)one!).Distinct()]
        : throw new DesignRefused($"提交的内容缺少 {name}。");

    private static async Task<IResult> PublishAsync(HttpContext http, PublishDefinition publishing)
    {
        var (published, already, notFound, failed) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var reasons = new List<string>();
        foreach (var id in IdsIn(await http.Request.ReadObjectAsync(), "definitionIds"))
        {
            try
            {
                var outcome = await publishing.PublishAsync(id, PublishDefinition.FromDesigner, http.RequestAborted);
                (outcome is null ? notFound : outcome.AlreadyPublished ? already : published).Add(id);
            }
            catch (DesignRefused refused)
            {
                failed.Add(id);
                reasons.AddRange(refused.Reasons);
            }
        }

        // Studio shows no list of failures; a refusal of everything must not look like a success.
        return failed.Count > 0 && published.Count == 0
            ? StudioAnswers.Refused(reasons)
            : StudioAnswers.Ok(new
            {
                published,
                alreadyPublished = already,
                notFound,
                skipped = Array.Empty<string>(),
                updatedConsumers = Array.Empty<string>(),
                failed,
                warnings = reasons.Count == 0 ? new() : new Dictionary<string, IReadOnlyList<string>> { ["generalErrors"] = reasons },
            });
    }

    private static async Task<IResult> RetractAsync(HttpContext http, RetractDefinition retracting)
    {
        var (retracted, notPublished, notFound) = (new List<string>(), new List<string>(), new List<string>());
        var reasons = new List<string>();
        foreach (var id in IdsIn(await http.Request.ReadObjectAsync(), "definitionIds"))
        {
            try
            {
                var answer = await retracting.RetractAsync(id, http.RequestAborted);
                (answer is not { } found ? notFound : found.WasPublished ? retracted : notPublished).Add(id);
            }
            catch (DesignRefused refused)
            {
                reasons.AddRange(refused.Reasons);
            }
        }

        return reasons.Count > 0
            ? StudioAnswers.Refused(reasons)
            : StudioAnswers.Ok(new
            {
                retracted,
                alreadyRetracted = Array.Empty<string>(),
                skipped = Array.Empty<string>(),
                notPublished,
                notFound,
            });
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string name, Func<string, Task<bool>> deleteAsync)
    {
        var deleted = 0;
        var reasons = new List<string>();
        foreach (var id in IdsIn(await http.Request.ReadObjectAsync(), name))
        {
            try
            {
                deleted += await deleteAsync(id) ? 1 : 0;
            }
            catch (DesignRefused refused)
            {
                reasons.AddRange(refused.Reasons);
            }
        }

        return reasons.Count > 0 ? StudioAnswers.Refused(reasons) : StudioAnswers.Ok(new { deleted });
    }
}
