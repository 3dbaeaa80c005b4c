using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>The task that opens after one was decided: the first of the inbox.</summary>
public sealed class NextTask(InboxQuery inbox, ApprovalsDbContext db)
{
    /// <summary>Id of the task; null when nothing is left to do.</summary>
    public async Task<Guid?> OfAsync(Guid personId, CancellationToken cancellationToken)
    {
        var page = await inbox.ToDoAsync(personId, new InboxFilter(), null, cancellationToken);
        return page.Rows.Count == 0 ? null : page.Rows[0].Id;
    }

    /// <summary>How many colleagues have still to answer the step, this task left out.</summary>
    public Task<int> OthersWaitingAsync(InboxTask task, CancellationToken cancellationToken) =>
        db.Tasks.CountAsync(
            one => one.StepRunId == task.StepRunId && one.Id != task.Id && (one.State == TaskState.Open || one.State == TaskState.Queued),
            cancellationToken);
}
