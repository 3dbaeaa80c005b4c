using System.Text;
using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;

namespace Approvals.Web.Studio.Api;

/// <summary>Definitions from files and to files.</summary>
internal static class DefinitionFiles
{
    private const int MaxFiles = 100;

    public static void MapDefinitionFiles(this RouteGroupBuilder group)
    {
        var definitions = group.MapGroup("/workflow-definitions");
        definitions.MapPost("/import", ImportAsync);
        definitions.MapPut("/{definitionId}/import", ImportIntoAsync);
        definitions.MapPost("/import-files", ImportFilesAsync).DisableAntiforgery();
        definitions.MapGet("/{definitionId}/export", ExportAsync);
        definitions.MapPost("/{definitionId}/export", ExportAsync).ReadsOnly();
        group.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync).ReadsOnly();
    }

    private static async Task<IResult> ImportAsync(HttpContext http, ImportDefinition importing) => StudioAnswers.Ok(
        DefinitionModels.Of(await importing.ImportAsync(await http.Request.ReadObjectAsync(), http.RequestAborted), http));

    private static async Task<IResult> ImportIntoAsync(string definitionId, HttpContext http, ImportDefinition importing)
    {
        var file = await http.Request.ReadObjectAsync();
        file["definitionId"] = definitionId;
        return StudioAnswers.Ok(DefinitionModels.Of(await importing.ImportAsync(file, http.RequestAborted), http));
    }

    // No anti-forgery field in the form: StudioGuard asks for the header or the browser's word instead.
    private static async Task<IResult> ImportFilesAsync(HttpContext http, ImportDefinition importing)
    {
        if (!http.Request.HasFormContentType)
            return StudioAnswers.Error(StatusCodes.Status415UnsupportedMediaType);
        var files = (await http.Request.ReadFormAsync(http.RequestAborted)).Files;
        if (files.Count is 0 or > MaxFiles)
            return StudioAnswers.Refused($"请选择 1 至 {MaxFiles} 个 JSON 文件。");
        foreach (var file in files)
        {
            await using var content = file.OpenReadStream();
            var json = await JsonNode.ParseAsync(content, cancellationToken: http.RequestAborted) as JsonObject
                ?? throw new DesignRefused($"“{file.FileName}”不是流程定义。");
            await importing.ImportAsync(json, http.RequestAborted);
        }

        return StudioAnswers.Ok(new { count = files.Count });
    }

    private static async Task<IResult> ExportAsync(
        string definitionId, HttpContext http, DefinitionQuery query, DefinitionConsumers consumers, DefinitionFileStore contents)
    {
        var asked = http.Request.Query;
        if (VersionChoice.Parse(asked.Text("versionOptions") ?? "Latest") is not { } versions)
            return StudioAnswers.Refused("不认识的版本选项。");
        if (await query.FindAsync(definitionId, versions, http.RequestAborted) is not { } row)
            return StudioAnswers.NotFound();
        if (!asked.Flag("includeConsumingWorkflows"))
            return await FileAsync([row], contents, http.RequestAborted);
        var users = await consumers.OfAsync(definitionId, VersionChoice.Latest, http.RequestAborted);
        return await FileAsync([row, .. users], contents, http.RequestAborted);
    }

    private static async Task<IResult> ExportManyAsync(HttpContext http, DefinitionQuery query, DefinitionFileStore contents)
    {
        var ids = DefinitionBulk.IdsIn(await http.Request.ReadObjectAsync(), "ids");
        if (ids.Count == 0)
            return StudioAnswers.Refused("没有选择要导出的流程。");
        var (rows, _) = await query.ListAsync(new DefinitionFilter { Ids = ids }, http.RequestAborted);
        return rows.Count == 0 ? StudioAnswers.NotFound() : Zip(rows, await contents.OfAllAsync(rows, http.RequestAborted));
    }

    private static async Task<IResult> FileAsync(
        IReadOnlyList<DefinitionVersion> rows, DefinitionFileStore contents, CancellationToken cancellationToken)
    {
        var files = await contents.OfAllAsync(rows, cancellationToken);
        if (rows is not [var one])
            return Zip(rows, files);
        var text = Encoding.UTF8.GetBytes(ExportDefinition.Text(one, files[one.Id]));
        return Results.File(text, "application/json", ExportDefinition.NameOf(one));
    }

    private static IResult Zip(
        IEnumerable<DefinitionVersion> rows, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> files) =>
        Results.File(ExportDefinition.Zip(rows, files), "application/zip", "workflow-definitions.zip");
}
