using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Webhooks;

/// <summary>
/// Tells other systems what happens (接口通知): one outbox message for each target that subscribes, stored by the running
/// <see cref="UnitOfWork"/>, so that it is sent if, and only if, what it tells of is committed. Scoped.
/// </summary>
public sealed class Announcer(ApprovalsDbContext db, Outbox outbox, IOptions<WebhookOptions> options)
{
    /// <summary>Announces what happened in a case.</summary>
    /// <param name="happened">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="about">Id of the thing it happened to; with the event it is the key, so a repeated step announces nothing twice.</param>
    /// <param name="row">The case.</param>
    /// <param name="details">Ids, numbers, dates and words of ours; no personal data.</param>
    public void Announce(string happened, Guid about, Case row, object? details = null) =>
        Announce(happened, about, row.Id, row.Number, row.ProcessKey, details);

    /// <summary>The same for a task, whose row names its case.</summary>
    public void Announce(string happened, InboxTask task) => Announce(
        happened, task.Id, task.CaseId, task.CaseNumber, task.ProcessKey,
        new { taskId = task.Id, step = task.StepName, assigneeId = task.AssigneeId, dueAt = task.DueAt?.UtcDateTime });

    /// <summary>The same where only the case's id is at hand.</summary>
    public async Task AnnounceAsync(
        string happened, Guid about, Guid caseId, object? details, CancellationToken cancellationToken)
    {
        if (!MayBeWanted(happened))
        {
            return;
        }

        var row = await db.Cases.AsNoTracking().Where(one => one.Id == caseId)
            .Select(one => new { one.Number, one.ProcessKey }).FirstOrDefaultAsync(cancellationToken);
        if (row is not null)
        {
            Announce(happened, about, caseId, row.Number, row.ProcessKey, details);
        }
    }

    /// <summary>Announces the tasks of a step that are about to be closed without a decision; call it before they are.</summary>
    internal async Task ClosingAsync(Guid stepRunId, CancellationToken cancellationToken)
    {
        if (!MayBeWanted(WebhookEvents.TaskClosed))
        {
            return;
        }

        var open = await db.Tasks.AsNoTracking().Where(task => task.StepRunId == stepRunId && task.State == TaskState.Open)
            .ToListAsync(cancellationToken);
        foreach (var task in open)
        {
            Announce(WebhookEvents.TaskClosed, task);
        }
    }

    private bool MayBeWanted(string happened) =>
        options.Value.Targets.Values.Any(target => target.Events.Count == 0 || target.Events.Exists(one => WebhookTarget.Covers(one, happened)));

    private void Announce(string happened, Guid about, Guid caseId, string? number, string process, object? details)
    {
        foreach (var (name, target) in options.Value.Targets)
        {
            if (target.Wants(happened, process))
            {
                outbox.Enqueue(WebhookTargets.KeyOf(name, $"{happened}:{about}"), WebhookHandler.MessageKind, new WebhookPayload(
                    name, happened, JsonSerializer.SerializeToElement(Data(caseId, number, process, details))));
            }
        }
    }

    private static JsonObject Data(Guid caseId, string? number, string process, object? details)
    {
        var data = new JsonObject { ["caseId"] = caseId, ["caseNumber"] = number, ["process"] = process };
        if (details is not null)
        {
            foreach (var (key, value) in JsonSerializer.SerializeToNode(details, JsonSerializerOptions.Web)!.AsObject())
            {
                data[key] = value?.DeepClone();
            }
        }

        return data;
    }
}
