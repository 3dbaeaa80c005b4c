using Approvals.Core.Processes.Designing;

namespace Approvals.Web.Studio.Api;

/// <summary>Definitions: nested parts, versions, and who uses whom.</summary>
internal static class DefinitionGraphs
{
    public static void MapDefinitionGraphs(this RouteGroupBuilder definitions)
    {
        definitions.MapGet("/subgraph/{id}", SubgraphAsync);
        definitions.MapGet("/subgraph/segments/{id}", SegmentsAsync);
        definitions.MapGet("/{definitionId}/versions", VersionsAsync);
        definitions.MapGet("/{definitionId}/consumers", ConsumersAsync);
    }

    private static async Task<IResult> SubgraphAsync(string id, HttpContext http) => await GraphAsync(id, http) is { } graph
        ? StudioAnswers.Ok(graph.Node(http.Request.Query.Text("parentNodeId")))
        : StudioAnswers.NotFound();

    private static async Task<IResult> SegmentsAsync(string id, HttpContext http) =>
        await GraphAsync(id, http) is { } graph && graph.Way(http.Request.Query.Text("childNodeId") ?? "") is { } way
            ? StudioAnswers.Ok(new { childNode = way.Child, container = way.Container, pathSegments = way.Segments })
            : StudioAnswers.NotFound();

    private static async Task<DefinitionGraph?> GraphAsync(string id, HttpContext http)
    {
        var services = http.RequestServices;
        var known = services.GetRequiredService<KnownActivities>();
        return await services.GetRequiredService<DefinitionQuery>().FindAsync(id, http.RequestAborted) is { } row
            ? new DefinitionGraph(DefinitionDocument.ForDesigner(row, known), known)
            : null;
    }

    private static async Task<IResult> VersionsAsync(string definitionId, HttpContext http, DefinitionQuery query)
    {
        var (rows, _) = await query.ListAsync(
            new DefinitionFilter { DefinitionIds = [definitionId], OrderBy = "Version", Descending = true }, http.RequestAborted);
        return StudioAnswers.Ok(rows.Select(row =>
        {
            // Elsa shows its own rows here, with the root as text.
            var model = DefinitionModels.Of(row, http);
            model["materializerName"] = "Json";
            model["stringData"] = model["root"]?.ToJsonString(StudioAnswers.Json);
            return model;
        }));
    }

    private static async Task<IResult> ConsumersAsync(string definitionId, HttpContext http, DefinitionConsumers consumers)
    {
        var users = await consumers.OfAsync(definitionId, VersionChoice.Latest, http.RequestAborted);
        return StudioAnswers.Ok(new { consumingWorkflowDefinitionIds = users.Select(row => row.DefinitionId) });
    }
}
