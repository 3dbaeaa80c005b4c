using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Cases;

/// <summary>办结 — ends a case: sets how it ended, stops sub-processes that still run for it, and tells the applicant.</summary>
public sealed class CloseCase(IServiceProvider services)
{
    /// <summary>Ends the case within the caller's unit of work.</summary>
    /// <param name="scope">The case.</param>
    /// <param name="status">Completed, Rejected or Withdrawn.</param>
    /// <param name="outcome">How it ended, in words.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <param name="closing">The instance whose step ends the case, which must run to its own end; null when none does.</param>
    public async Task CloseAsync(
        CaseScope scope, CaseStatus status, string outcome, CancellationToken cancellationToken, Guid? closing = null)
    {
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var row = scope.Row;
        row.Status = status;
        row.Outcome = outcome;
        row.CurrentSteps = null;
        row.ClosedAt = row.UpdatedAt = now;

        var host = services.GetRequiredService<WorkflowHost>();
        var others = await services.GetRequiredService<InstanceRows>()
            .RunningBesidesAsync(db, row.Id, row.InstanceId, closing, cancellationToken);
        foreach (var other in others)
            await host.CancelAsync(other, $"业务件已办结：{outcome}", cancellationToken);

        services.GetRequiredService<AuditTrail>().Record(
            "case.closed", "case", row.Id.ToString(), new { number = row.Number, status = status.ToString() });
        services.GetRequiredService<Announcer>().Announce(Event(status), row.Id, row);
        if (status != CaseStatus.Withdrawn)
        {
            var text = $"您的“{row.ProcessName}”（{row.Number}）{(status == CaseStatus.Completed ? "已办结" : "未通过")}：{outcome}";
            services.GetRequiredService<Notifier>().Tell(row.ApplicantId, text, $"/cases/{row.Id}");
        }
    }

    private static string Event(CaseStatus status) => status switch
    {
        CaseStatus.Completed => WebhookEvents.CaseCompleted,
        CaseStatus.Rejected => WebhookEvents.CaseRejected,
        _ => WebhookEvents.CaseWithdrawn,
    };
}
