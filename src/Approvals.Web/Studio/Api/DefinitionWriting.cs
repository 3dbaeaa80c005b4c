using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Processes.Designing;
using Approvals.Workflows;

namespace Approvals.Web.Studio.Api;

/// <summary>Definitions: saving, publishing, retracting, reverting, deleting.</summary>
internal static class DefinitionWriting
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    public static void MapDefinitionWriting(this RouteGroupBuilder definitions)
    {
        definitions.MapPost("", SaveAsync);
        definitions.MapPost("/{definitionId}/publish", PublishAsync);
        definitions.MapPost("/{definitionId}/retract", RetractAsync);
        definitions.MapPost("/{definitionId}/revert/{version:int}", RevertAsync);
        definitions.MapPost("/{definitionId}/update-references", UpdateReferencesAsync);
        definitions.MapDelete("/{definitionId}", DeleteAsync);
    }

    /// <summary>The body as a JSON object.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="DesignRefused">It is no object.</exception>
    public static async Task<JsonObject> ReadObjectAsync(this HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        StrictJson.Check(body.GetBuffer().AsSpan(0, (int)body.Length), Deep.MaxDepth);
        var node = JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), documentOptions: Deep);
        return node as JsonObject ?? throw new DesignRefused("提交的内容应为 JSON 对象。");
    }

    /// <summary>Elsa's answer to a save.</summary>
    public static async Task<IResult> SavedAsync(this HttpContext http, DesignOutcome outcome)
    {
        var model = DefinitionModels.Of(outcome.Row, http);

        // Only an activity has references to update; looking for users of anything else would cost every autosave a look at everything.
        var isActivity = model["options"]?["usableAsActivity"]?.GetValueKind() == JsonValueKind.True;
        var users = isActivity
            ? await http.RequestServices.GetRequiredService<DefinitionConsumers>()
                .OfAsync(outcome.Row.DefinitionId, VersionChoice.Latest, http.RequestAborted)
            : [];
        return StudioAnswers.Ok(new JsonObject
        {
            ["workflowDefinition"] = model,
            ["alreadyPublished"] = outcome.AlreadyPublished,
            ["consumingWorkflowCount"] = users.Count,
            ["validationErrors"] = new JsonArray(),
        });
    }

    private static async Task<IResult> SaveAsync(HttpContext http, SaveDefinition save)
    {
        var body = await http.Request.ReadObjectAsync();
        if (body["model"] is not JsonObject model)
            return StudioAnswers.Refused("提交的内容缺少 model。");
        var publish = body["publish"]?.GetValueKind() == JsonValueKind.True;
        return await http.SavedAsync(await save.SaveAsync(model, publish, PublishDefinition.FromDesigner, http.RequestAborted));
    }

    private static async Task<IResult> PublishAsync(string definitionId, HttpContext http, PublishDefinition publishing) =>
        await publishing.PublishAsync(definitionId, PublishDefinition.FromDesigner, http.RequestAborted) is { } outcome
            ? await http.SavedAsync(outcome)
            : StudioAnswers.NotFound();

    private static async Task<IResult> RetractAsync(string definitionId, HttpContext http, RetractDefinition retracting) =>
        await retracting.RetractAsync(definitionId, http.RequestAborted) is { } retracted
            ? StudioAnswers.Ok(DefinitionModels.Of(retracted.Latest, http))
            : StudioAnswers.NotFound();

    private static async Task<IResult> RevertAsync(string definitionId, int version, HttpContext http, RevertDefinition reverting) =>
        await reverting.RevertAsync(definitionId, version, http.RequestAborted) is { } draft
            ? StudioAnswers.Ok(DefinitionSummary.Of(draft, http.MayDesign()), StatusCodes.Status201Created)
            : StudioAnswers.NotFound();

    private static async Task<IResult> UpdateReferencesAsync(string definitionId, HttpContext http, UpdateReferences updating) =>
        await updating.UpdateAsync(definitionId, http.RequestAborted) is { } affected
            ? StudioAnswers.Ok(new { affectedWorkflows = affected })
            : StudioAnswers.NotFound();

    private static async Task<IResult> DeleteAsync(string definitionId, HttpContext http, DeleteDefinition deleting) =>
        await deleting.DeleteAsync(definitionId, http.RequestAborted) ? Results.NoContent() : StudioAnswers.NotFound();
}
