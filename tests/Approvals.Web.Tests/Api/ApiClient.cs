using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Api;

/// <summary>An answer of the API.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    /// <summary>A value of the body as text; null when there is none.</summary>
    public string? this[string key] => Body?[key]?.ToString();

    /// <summary>Messages of a path among the errors.</summary>
    public string? Error(string path) => Body?["errors"]?[path]?[0]?.ToString();

    /// <summary>The id in the body.</summary>
    public Guid Id => Guid.Parse(this["id"]!);

    public static async Task<ApiAnswer> OfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null, answer);
    }
}

/// <summary>Another office system that acts as a person of the demonstration bureau, by a token of its own.</summary>
public sealed class ApiClient(HttpClient client) : IDisposable
{
    public HttpClient Client => client;

    public static async Task<ApiClient> AsAsync(TestApp app, string userName)
    {
        var token = ApiTokens.Create();
        await app.DatabaseAsync(async db =>
        {
            db.ApiTokens.Add(new ApiToken
            {
                PersonId = (await db.Users.SingleAsync(one => one.UserName == userName)).PersonId,
                Name = "test",
                TokenHash = ApiTokens.HashOf(token),
                CreatedAt = app.Clock.GetUtcNow(),
                ExpiresAt = app.Clock.GetUtcNow().AddDays(1),
            });
            return await db.SaveChangesAsync();
        });
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ApiClient(client);
    }

    public async Task<ApiAnswer> GetAsync(string path) => await ApiAnswer.OfAsync(await client.GetAsync("/api/v1" + path));

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await ApiAnswer.OfAsync(await client.SendAsync(request));
    }

    public async Task<ApiAnswer> UploadAsync(string path, string fileName, byte[] content, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path)
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } },
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await ApiAnswer.OfAsync(await client.SendAsync(request));
    }

    public void Dispose() => client.Dispose();
}

/// <summary>One product for a class; every test makes the cases it needs.</summary>
public sealed class ApiApp : IAsyncLifetime
{
    public const string Process = "commander-appointment";

    /// <summary>The identity number in every application of these tests.</summary>
    public static readonly string IdentityNumber = Applications.IdentityNumber("11010119800307103");

    public TestApp App { get; } = new();

    public Task<ApiClient> AsAsync(string userName) => ApiClient.AsAsync(App, userName);

    public static object Fields() => new
    {
        identityNumber = IdentityNumber,
        phone = "13800000001",
        post = "救援队副队长",
        specialty = "hazchem",
        health = "健康",
        commandHistory = new[] { new { from = "2012-01-01", unit = "江州化工集团", post = "指挥员", isCommandPost = true } },
        cleanRecordDeclared = true,
        declarationSigned = true,
    };

    /// <summary>A complete draft.</summary>
    public async Task<Guid> DraftAsync(string applicant = "liuzhiqiang")
    {
        using var client = await AsAsync(applicant);
        var id = (await client.PostAsync("/cases", new { process = Process, fields = Fields() })).Id;
        Assert.Equal(HttpStatusCode.Created, (await client.UploadAsync($"/cases/{id}/attachments/photo", "p.png", Applications.Picture())).Status);
        return id;
    }

    /// <summary>A submitted case and the open task of the applicant's unit.</summary>
    public async Task<(Guid Case, Guid Task)> SubmittedAsync(string applicant = "liuzhiqiang")
    {
        var id = await DraftAsync(applicant);
        using var client = await AsAsync(applicant);
        Assert.Equal("running", (await client.PostAsync($"/cases/{id}/submit"))["status"]);
        return (id, await Applications.OpenTaskAsync(App, id));
    }

    /// <summary>A decision that returns the case, with everything it needs.</summary>
    public static object Return(string shownHash, string secret = Applications.Password) => new
    {
        kind = "return",
        returnTo = "apply",
        opinion = "请补充体检证明",
        shownHash,
        signature = new { method = "drawn", drawing = Applications.Drawing.Split(',')[1] },
        secret,
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
