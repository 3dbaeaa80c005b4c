using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Approvals.Workflows;

namespace Approvals.Core.Waiting;

/// <summary>Brings a message to one place that waits for it. One that was woken or withdrawn meanwhile gets nothing.</summary>
public sealed class DeliverMessage(WorkflowHost host) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "message-deliver";

    /// <summary>What its timers carry.</summary>
    /// <param name="BookmarkId">Where it is waited for.</param>
    /// <param name="Content">What goes with it.</param>
    public sealed record Payload(Guid BookmarkId, JsonNode? Content);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!;
        await host.ResumeAsync(payload.BookmarkId, Values.FromJsonScalar(payload.Content), cancellationToken);
    }
}
