using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Notifications;

/// <summary>Section <c>Webhooks</c>: other systems that are told what happens.</summary>
public sealed class WebhookOptions
{
    /// <summary>Targets by name. Only these are ever called: no address comes from a form, a definition or a request.</summary>
    public Dictionary<string, WebhookTarget> Targets { get; set; } = [];
}

/// <summary>One system that is told.</summary>
public sealed class WebhookTarget
{
    /// <summary>Where to; https unless <see cref="AllowHttp"/>.</summary>
    public string Url { get; set; } = "";

    /// <summary>Shared secret of the signature.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Allows plain http, for systems in the same machine room.</summary>
    public bool AllowHttp { get; set; }
}

/// <summary>Payload of a <c>webhook</c> message.</summary>
/// <param name="Target">Name of the configured target.</param>
/// <param name="Event">What happened, e.g. <c>case.completed</c>.</param>
/// <param name="Data">Details; ids, no personal data.</param>
public sealed record WebhookPayload(string Target, string Event, JsonElement Data);

/// <summary>Posts <c>webhook</c> messages as JSON, signed and with an idempotency key.</summary>
public sealed class WebhookHandler(HttpClient http, IOptions<WebhookOptions> options) : IOutboxHandler
{
    /// <inheritdoc />
    public string Kind => "webhook";

    /// <inheritdoc />
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<WebhookPayload>(message.Payload, JsonSerializerOptions.Web)!;
        if (!options.Value.Targets.TryGetValue(payload.Target, out var target))
        {
            throw new InvalidOperationException($"Webhook target '{payload.Target}' is not configured.");
        }

        var address = new Uri(target.Url, UriKind.Absolute);
        if (address.Scheme != Uri.UriSchemeHttps && !target.AllowHttp)
        {
            throw new InvalidOperationException($"Webhook target '{payload.Target}' is not https.");
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = message.Id, @event = payload.Event, at = message.CreatedAt, data = payload.Data }, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", message.Key);
        request.Headers.Add("X-Approvals-Signature", Sign(target.Secret, body));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>HMAC-SHA256 over the body: <c>sha256=</c> and lower-case hex.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
