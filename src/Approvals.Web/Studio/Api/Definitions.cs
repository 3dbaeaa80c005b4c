using Approvals.Core.Processes.Designing;

namespace Approvals.Web.Studio.Api;

/// <summary>Definitions: lists and single versions, for reading.</summary>
internal static class Definitions
{
    public static void MapDefinitions(this RouteGroupBuilder group)
    {
        var definitions = group.MapGroup("/workflow-definitions");
        definitions.MapGet("", ListAsync);
        definitions.MapGet("/by-definition-id/{definitionId}", GetByDefinitionIdAsync);
        definitions.MapGet("/by-id/{id}", GetByIdAsync);
        definitions.MapGet("/many-by-id", GetManyAsync);
        definitions.MapGet("/query/count", CountAsync);
        definitions.MapGet("/validation/is-name-unique", IsNameUniqueAsync);
        definitions.MapDefinitionWriting();
        definitions.MapDefinitionGraphs();
        group.MapDefinitionFiles();
        group.MapDefinitionBulk();
    }

    private static async Task<IResult> ListAsync(HttpContext http, DefinitionQuery query)
    {
        var asked = http.Request.Query;
        if (VersionChoice.Parse(asked.Text("versionOptions")) is not { } versions)
            return StudioAnswers.Refused("不认识的版本选项。");
        var mayDesign = http.MayDesign();
        var (rows, total) = await query.ListAsync(
            new DefinitionFilter
            {
                Versions = versions,
                Ids = asked.Texts("ids"),
                DefinitionIds = asked.Texts("definitionIds"),
                Search = asked.Text("searchTerm"),
                OrderBy = asked.Text("orderBy") ?? "Name",
                Descending = string.Equals(asked.Text("orderDirection"), "Descending", StringComparison.OrdinalIgnoreCase),
                Page = asked.Number("page") ?? 0,
                PageSize = asked.Number("pageSize") is > 0 and int size ? Math.Min(size, 1000) : null,
            },
            http.RequestAborted);
        return StudioAnswers.Ok(new
        {
            items = rows.Select(row => DefinitionSummary.Of(row, mayDesign)),
            totalCount = total,
            links = DefinitionLinks.OfList(mayDesign),
        });
    }

    private static async Task<IResult> GetByDefinitionIdAsync(string definitionId, HttpContext http, DefinitionQuery query)
    {
        if (VersionChoice.Parse(http.Request.Query.Text("versionOptions") ?? "Latest") is not { } versions)
            return StudioAnswers.Refused("不认识的版本选项。");
        return await query.FindAsync(definitionId, versions, http.RequestAborted) is { } row
            ? StudioAnswers.Ok(DefinitionModels.Of(row, http))
            : StudioAnswers.NotFound();
    }

    private static async Task<IResult> GetByIdAsync(string id, HttpContext http, DefinitionQuery query) =>
        await query.FindAsync(id, http.RequestAborted) is { } row
            ? StudioAnswers.Ok(DefinitionModels.Of(row, http))
            : StudioAnswers.NotFound();

    private static async Task<IResult> GetManyAsync(HttpContext http, DefinitionQuery query)
    {
        var ids = http.Request.Query.Texts("ids");
        if (ids.Count == 0)
            return StudioAnswers.List<object>([]);
        var (rows, _) = await query.ListAsync(new DefinitionFilter { Ids = ids }, http.RequestAborted);
        return StudioAnswers.List(rows.Select(row => DefinitionModels.Of(row, http)).ToList());
    }

    private static async Task<IResult> CountAsync(HttpContext http, DefinitionQuery query) =>
        StudioAnswers.Ok(new { count = await query.CountAsync(http.RequestAborted) });

    private static async Task<IResult> IsNameUniqueAsync(HttpContext http, DefinitionQuery query)
    {
        var asked = http.Request.Query;
        return StudioAnswers.Ok(new
        {
            isUnique = await query.IsNameUniqueAsync(asked.Text("name")?.Trim() ?? "", asked.Text("definitionId"), http.RequestAborted),
        });
    }
}
