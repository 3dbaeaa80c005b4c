using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Webhooks;

/// <summary>How a target stands.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Host">Host it is reached at.</param>
/// <param name="Events">What it subscribes to; empty for everything.</param>
/// <param name="Waiting">Messages still to be delivered, given-up ones included.</param>
/// <param name="Failed">Messages given up.</param>
public sealed record TargetState(string Name, string Host, IReadOnlyList<string> Events, int Waiting, int Failed);

/// <summary>The configured targets for the administrator, and a trial call (接口通知目标). Scoped.</summary>
public sealed class WebhookTargets(
    ApprovalsDbContext db, UnitOfWork unitOfWork, Outbox outbox, OutboxWorker worker, AuditTrail audit, IOptions<WebhookOptions> options)
{
    /// <summary>The targets by name.</summary>
    public async Task<IReadOnlyList<TargetState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = new List<TargetState>();
        foreach (var (name, target) in options.Value.Targets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var prefix = KeyOf(name, "");
            var open = db.Outbox.AsNoTracking().Where(row => row.DoneAt == null && row.Key.StartsWith(prefix));
            states.Add(new TargetState(
                name, new Uri(target.Url).Authority, target.Events, await open.CountAsync(cancellationToken),
                await open.CountAsync(row => row.FailedAt != null, cancellationToken)));
        }

        return states;
    }

    /// <summary>Sends a <c>ping</c> at once; when it does not arrive it stays in the list and is tried again like any message.</summary>
    /// <returns>Null when it arrived, else the error; empty when there is no such target.</returns>
    public async Task<string?> PingAsync(string name, CancellationToken cancellationToken)
    {
        if (!options.Value.Targets.ContainsKey(name))
        {
            return "";
        }

        var key = KeyOf(name, $"{WebhookEvents.Ping}:{SortableId.New()}");
        await unitOfWork.RunAsync(
            _ =>
            {
                outbox.Enqueue(key, WebhookHandler.MessageKind, new WebhookPayload(
                    name, WebhookEvents.Ping, JsonSerializer.SerializeToElement(new { target = name })));
                audit.Record("webhook.tried", "webhook-target", name, new { });
                return Task.CompletedTask;
            },
            cancellationToken);
        var sent = db.Outbox.AsNoTracking().Where(row => row.Key == key);

        // The bell may have been quicker: then the worker holds the row or has finished it, and this call carries out nothing.
        await worker.RunAsync(await sent.Select(row => row.Id).SingleAsync(cancellationToken), cancellationToken);
        var row = await sent.SingleAsync(cancellationToken);
        return row.DoneAt is not null ? null : row.LastError ?? "";
    }

    /// <summary>Key of a message for a target; <see cref="Announcer"/> puts event and id behind it.</summary>
    internal static string KeyOf(string target, string rest) => $"webhook:{target}:{rest}";
}
