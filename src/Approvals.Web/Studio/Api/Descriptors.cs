using System.Text.Json.Nodes;
using Approvals.Core.Designer;

namespace Approvals.Web.Studio.Api;

/// <summary>What Studio asks to fill its toolbox and property panels.</summary>
internal static class Descriptors
{
    public static void MapDescriptors(this RouteGroupBuilder group)
    {
        var descriptors = group.MapGroup("/descriptors");
        descriptors.MapGet("/activities", AllAsync);
        descriptors.MapGet("/activities/{type}", OneAsync);
        descriptors.MapPost("/activities/{type}/options/{input}", DescriptorOptions.ListAsync).ReadsOnly();
        descriptors.MapGet("/expression-descriptors", () => StudioAnswers.List(DescriptorLists.Expressions));
        descriptors.MapGet("/variables", () => StudioAnswers.List(DescriptorLists.Variables));
        descriptors.MapGet("/storage-drivers", () => StudioAnswers.List(DescriptorLists.StorageDrivers));
        descriptors.MapGet("/workflow-activation-strategies", () => StudioAnswers.List(DescriptorLists.ActivationStrategies));
        descriptors.MapGet("/incident-strategies", () => StudioAnswers.List(DescriptorLists.IncidentStrategies));
        descriptors.MapGet("/log-persistence-strategies", () => StudioAnswers.List(DescriptorLists.LogPersistenceStrategies));
        descriptors.MapGet("/commit-strategies/workflows", () => StudioAnswers.List<object>([]));
        descriptors.MapGet("/commit-strategies/activities", () => StudioAnswers.List<object>([]));
        descriptors.MapGet("/output-converters", Converters);
        group.MapGet("/features/installed", () => StudioAnswers.List(DescriptorLists.Features));
        group.MapGet("/features/installed/{fullName}", (string fullName) =>
            DescriptorLists.Features.FirstOrDefault(one => one.FullName == fullName) is { } feature
                ? StudioAnswers.Ok(feature) : StudioAnswers.NotFound());
        group.MapPost("/scripting/javascript/type-definitions/{definitionId}", ScriptTypes.DeclareAsync).ReadsOnly();
    }

    /// <summary>Asked for after every save: a browser that has the list already is told so and sent nothing.</summary>
    private static async Task<IResult> AllAsync(HttpContext http, DescriptorCatalogue catalogue)
    {
        var set = await catalogue.AllAsync(http.RequestAborted);
        var tag = $"\"{set.Tag}\"";
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.ETag = tag;
        headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch.Any(given => given?.Contains(tag, StringComparison.Ordinal) == true))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var takesBrotli = http.Request.GetTypedHeaders().AcceptEncoding.Any(one =>
            one.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);
        if (!takesBrotli)
            return Results.Bytes(set.Body, "application/json; charset=utf-8");
        headers.ContentEncoding = "br";
        return Results.Bytes(set.Compressed, "application/json; charset=utf-8");
    }

    private static async Task<IResult> OneAsync(string type, HttpContext http, DescriptorCatalogue catalogue) =>
        (await catalogue.AllAsync(http.RequestAborted)).Find(type, http.Request.Query.Number("version")) is { } found
            ? StudioAnswers.Ok(found.ToJson())
            : StudioAnswers.NotFound();

    /// <summary>Outputs go into variables as they are; there is nothing to convert them with.</summary>
    private static IResult Converters(HttpContext http)
    {
        var missing = new[] { "sourceType", "destinationType" }.Where(name => http.Request.Query.Text(name) is null)
            .Select(name => $"缺少参数 {name}。").ToList();
        return missing.Count > 0 ? StudioAnswers.Refused(missing) : StudioAnswers.List<JsonObject>([]);
    }
}
