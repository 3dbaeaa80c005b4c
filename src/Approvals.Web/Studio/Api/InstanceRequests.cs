using System.Text.Json;

namespace Approvals.Web.Studio.Api;

/// <summary>Reads bodies leniently, as Studio needs it: a property that is missing or that nobody knows does not matter.</summary>
internal static class InstanceRequests
{
    /// <summary>The body; an empty one when none was sent.</summary>
    public static async Task<T> ReadAsync<T>(this HttpRequest request)
        where T : class
    {
        if (request.ContentLength is 0 || request.ContentType is null)
            return JsonSerializer.Deserialize<T>("{}", StudioAnswers.Json)!;
        return await JsonSerializer.DeserializeAsync<T>(request.Body, StudioAnswers.Json, request.HttpContext.RequestAborted)
            ?? JsonSerializer.Deserialize<T>("{}", StudioAnswers.Json)!;
    }
}
