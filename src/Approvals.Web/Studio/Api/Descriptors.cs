using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Web.Localisation;

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
        descriptors.MapGet("/expression-descriptors", (Wording wording) => In(wording, DescriptorLists.Expressions));
        descriptors.MapGet("/variables", (Wording wording) => In(wording, DescriptorLists.Variables));
        descriptors.MapGet("/storage-drivers", (Wording wording) => In(wording, DescriptorLists.StorageDrivers));
        descriptors.MapGet("/workflow-activation-strategies", (Wording wording) => In(wording, DescriptorLists.ActivationStrategies));
        descriptors.MapGet("/incident-strategies", (Wording wording) => In(wording, DescriptorLists.IncidentStrategies));
        descriptors.MapGet("/log-persistence-strategies", (Wording wording) => In(wording, DescriptorLists.LogPersistenceStrategies));
        descriptors.MapGet("/commit-strategies/workflows", () => StudioAnswers.List<object>([]));
        descriptors.MapGet("/commit-strategies/activities", () => StudioAnswers.List<object>([]));
        descriptors.MapGet("/output-converters", Converters);
        group.MapGet("/features/installed", (Wording wording) => In(wording, DescriptorLists.Features));
        group.MapGet("/features/installed/{fullName}", (string fullName, Wording wording) =>
            DescriptorLists.Features.FirstOrDefault(one => one.FullName == fullName) is { } feature
                ? StudioAnswers.Ok(feature.In(wording.Designer)) : StudioAnswers.NotFound());
        group.MapPost("/scripting/javascript/type-definitions/{definitionId}", ScriptTypes.DeclareAsync).ReadsOnly();
    }

    /// <summary>A short list in the reader's language.</summary>
    private static IResult In<T>(Wording wording, T[] items) where T : IDescribed<T> =>
        StudioAnswers.List([.. items.Select(item => item.In(wording.Designer))]);

    /// <summary>Asked for after every save: a browser that has the list already is told so and sent nothing.</summary>
    private static async Task<IResult> AllAsync(HttpContext http, DescriptorCatalogue catalogue, Wording wording)
    {
        var set = await catalogue.AllAsync(wording.Designer, http.RequestAborted);
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

    private static async Task<IResult> OneAsync(string type, HttpContext http, DescriptorCatalogue catalogue, Wording wording) =>
        (await catalogue.AllAsync(wording.Designer, http.RequestAborted)).Find(type, http.Request.Query.Number("version")) is { } found
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
