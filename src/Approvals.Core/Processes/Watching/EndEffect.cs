using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Processes.Activities;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Watching;

/// <summary>What follows when an instance is ended by hand.</summary>
/// <param name="Says">The same in Chinese, one or two sentences.</param>
/// <param name="Confirmation">
/// What has to be handed in for it to be done; null when it is done without. Only where a process that waits goes on: nobody sees it coming.
/// It stands for these very words: when something else would follow, something else has to be handed in.
/// </param>
public sealed record EndEffect(string Says, string? Confirmation = null);

/// <summary>Looks ahead at what the end of an instance does to its case and to the process that waits for it.</summary>
public sealed class EndEffects(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, InstanceLock locks, IEnumerable<ISubProcessEnded> listeners)
{
    private const string SubProcess = "Approvals.SubProcess";

    /// <summary>
    /// The same for whoever ends it: takes the locks of the instance and of the process that waits for it first, within the caller's unit
    /// of work. Race closed: a decision, a retry or a move that commits after somebody looked ahead and before the end. Under the locks
    /// nothing it tells changes any more until the transaction is over. The order is that in which a child that ends resumes its parent.
    /// </summary>
    public async Task<EndEffect?> HoldAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        var instance = await locks.TakeAndReadAsync(instanceId, cancellationToken);
        if (instance?.ParentInstanceId is { } parentId)
            await locks.TakeAsync(parentId, cancellationToken);
        return await OfAsync(instanceId, cancellationToken);
    }

    /// <summary>What ending it would do now; null when there is none or it has ended.</summary>
    public async Task<EndEffect?> OfAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        var instance = await db.Instances.AsNoTracking().FirstOrDefaultAsync(row => row.Id == instanceId, cancellationToken);
        if (instance is null || instance.Status == nameof(Approvals.Workflows.WorkflowStatus.Finished))
            return null;
        var subject = instance.CaseId is { } caseId
            ? await db.Cases.AsNoTracking().Where(row => row.Id == caseId)
                .Select(row => new { row.Number, row.ProcessName, row.InstanceId, row.Status }).FirstOrDefaultAsync(cancellationToken)
            : null;
        var name = (await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken)).Row.Name;
        if (await ParentAsync(instance, cancellationToken) is { } parent)
        {
            var what = subject is null ? $"这是“{parent.Name}”启动的“{name}”。" : $"这是业务件 {subject.Number} 的子流程“{name}”。";
            var next = parent.Next is null ? "" : $"，接下来是：{parent.Next}";
            var says = $"{what}终止后，主流程“{parent.Name}”不再等它，将从“{parent.Step}”按出口“{parent.Outcome}”继续办理{next}。";
            return new EndEffect(says, DefinitionHash.Of($"{instance.ParentBookmarkId:N} {says}"));
        }

        return new EndEffect(
            subject is null ? "终止后，其他流程不受影响。"
            : subject.InstanceId == instanceId && subject.Status == CaseStatus.Running
                ? $"终止后，业务件 {subject.Number}（{subject.ProcessName}）终止办理，申请人会看到原因。"
            : listeners.FirstOrDefault(one => one.Process == instance.DefinitionId) is { } listener
                ? $"这是业务件 {subject.Number} 的子流程“{name}”。终止后，{listener.Consequence}"
            : $"这是业务件 {subject.Number} 的子流程“{name}”。终止后，主流程不受影响。");
    }

    /// <summary>The process that waits, where it waits, and the way it would take; null when none waits.</summary>
    private async Task<(string Name, string Step, string Outcome, string? Next)?> ParentAsync(
        WorkflowInstanceRow child, CancellationToken cancellationToken)
    {
        if (child.ParentInstanceId is not { } parentId || child.ParentBookmarkId is not { } bookmarkId)
            return null;
        var waits = await (
            from bookmark in db.Bookmarks.AsNoTracking()
            join parent in db.Instances on bookmark.InstanceId equals parent.Id
            where bookmark.Id == bookmarkId && parent.Id == parentId
            select new { bookmark.ActivityId, parent.DefinitionVersionId }).FirstOrDefaultAsync(cancellationToken);
        if (waits is null)
            return null;
        var definition = await catalogue.GetAsync(waits.DefinitionVersionId, cancellationToken);
        var node = definition.Workflow.FindActivity(waits.ActivityId);
        var outcome = node?.Type == SubProcess ? SubProcessActivity.Ended : "Done";
        return (
            definition.Row.Name, node?.DisplayText ?? waits.ActivityId, outcome, node is null ? null : FlowAhead.Names(node, outcome));
    }
}
