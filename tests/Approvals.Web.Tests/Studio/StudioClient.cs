using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Studio;

/// <summary>An answer of Studio's API.</summary>
public sealed record StudioAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    private JsonNode? body;

    /// <summary>The body as JSON.</summary>
    public JsonNode Body => body ??= JsonNode.Parse(Text)!;

    /// <summary>Every message of Elsa's error body.</summary>
    public string Errors => string.Join('\n', Body["errors"]!.AsObject().SelectMany(pair => pair.Value!.AsArray()).Select(one => one!.ToString()));
}

/// <summary>What Studio does in a browser in which a person of the demonstration bureau has signed in: calls that the browser marks as same-origin.</summary>
public sealed class StudioClient(Browser browser) : IDisposable
{
    /// <summary>Name of the process owner of the demonstration bureau.</summary>
    public const string Owner = "shenhong";

    /// <summary>Name of the auditor.</summary>
    public const string Auditor = "shenji";

    public static async Task<StudioClient> AsAsync(TestApp app, string userName) => new(await app.SignedInAsync(userName));

    public HttpClient Client => browser.Client;

    public Task<StudioAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<StudioAnswer> PostAsync(string path, JsonNode? body = null) => SendAsync(
        HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    public Task<StudioAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<StudioAnswer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? site = "same-origin")
    {
        using var request = new HttpRequestMessage(method, "/elsa/api" + path) { Content = content };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        var answer = await Client.SendAsync(request);
        return new StudioAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    /// <summary>A version as the designer opens it.</summary>
    public async Task<JsonObject> OpenAsync(string definitionId, string versions = "Latest") =>
        (await GetAsync($"/workflow-definitions/by-definition-id/{definitionId}?versionOptions={versions}")).Body.AsObject();

    /// <summary>A save as the designer sends it: it reads a definition into objects of its own, which know nothing else.</summary>
    public Task<StudioAnswer> SaveAsync(JsonObject opened, bool publish = false)
    {
        var model = (JsonObject)opened.DeepClone();
        model["links"] = null;
        model.Remove("isSystem");
        return PostAsync("/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = publish });
    }

    public void Dispose() => browser.Dispose();
}
