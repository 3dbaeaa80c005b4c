using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Approvals.Core.Notifications;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Webhooks;

/// <summary>Payload of a <c>webhook</c> message.</summary>
/// <param name="Target">Name of the configured target.</param>
/// <param name="Event">What happened, e.g. <c>case.completed</c>.</param>
/// <param name="Data">Details; ids, no personal data.</param>
public sealed record WebhookPayload(string Target, string Event, JsonElement Data);

/// <summary>Posts <c>webhook</c> messages as signed JSON; a receiver knows a repeated one by its id.</summary>
public sealed class WebhookHandler(HttpClient http, IOptions<WebhookOptions> options, TimeProvider time) : IOutboxHandler
{
    /// <summary>Kind of its messages.</summary>
    public const string MessageKind = "webhook";

    /// <summary>How long a target may take. A slow one must not hold up the others for longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public string Kind => MessageKind;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The target is no longer configured.</exception>
    /// <exception cref="HttpRequestException">No answer, or another one than 2xx; a redirect is no success.</exception>
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<WebhookPayload>(message.Payload, JsonSerializerOptions.Web)!;
        if (!options.Value.Targets.TryGetValue(payload.Target, out var target))
        {
            throw new InvalidOperationException($"Webhook target '{payload.Target}' is not configured.");
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = message.Id, type = payload.Event, timestamp = message.CreatedAt.UtcDateTime, data = payload.Data },
            JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        var now = time.GetUtcNow();
        request.Headers.Add("webhook-id", message.Id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', Secrets(target).Select(one => WebhookSignature.Sign(one, message.Id, now, body))));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> Secrets(WebhookTarget target) =>
        string.IsNullOrEmpty(target.PreviousSecret) ? [target.Secret] : [target.Secret, target.PreviousSecret];
}
