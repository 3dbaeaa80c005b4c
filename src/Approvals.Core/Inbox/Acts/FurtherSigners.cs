using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// Who may be given a task by its holder (转办) or asked to sign as well (加签): colleagues of the holder, but never so that one person
/// signs twice. Left out are the applicant and whoever started the case, everybody who has or had a part in the step, and everybody
/// who has signed another step of the case.
/// </summary>
public sealed class FurtherSigners(ApprovalsDbContext db, CurrentPerson person, TimeProvider clock)
{
    /// <summary>The people to choose from, by unit and name.</summary>
    public async Task<IReadOnlyList<Colleague>> OfAsync(TaskView view, CancellationToken cancellationToken)
    {
        var colleagues = await Colleagues.OfAsync(db, view.Task.AssigneeId, clock.Today(), cancellationToken);
        var barred = (await db.Tasks.AsNoTracking()
            .Where(task => task.StepRunId == view.Step.Id && task.State != TaskState.Closed).Select(task => task.AssigneeId)
            .ToListAsync(cancellationToken)).ToHashSet();
        barred.Add(view.Case.ApplicantId);
        barred.Add(person.RequiredId);
        if (view.Step.Kind == StepKind.Approval)
        {
            barred.Add(view.Case.StarterId);
            barred.UnionWith(await SignedElsewhereAsync(view, cancellationToken));
        }

        return [.. colleagues.Where(one => !barred.Contains(one.Id))];
    }

    /// <summary>Whom a task goes to and why, as chosen on its page or sent with a token; or what is wrong with either.</summary>
    internal async Task<(Colleague? To, ActOutcome.Invalid? Wrong)> ChooseAsync(
        TaskView view, Guid? toId, string? reason, CancellationToken cancellationToken)
    {
        var to = toId is null ? null : (await OfAsync(view, cancellationToken)).FirstOrDefault(one => one.Id == toId);
        if (to is null)
            return (null, new ActOutcome.Invalid("to", "接办人", "请选择接办人。申请人和在本业务件其他环节签署过意见的人员不能接办。"));
        if (string.IsNullOrEmpty(reason))
            return (null, new ActOutcome.Invalid("reason", "原因", "请写明原因。"));
        return reason.Length > HandOverTask.LongestReason
            ? (null, new ActOutcome.Invalid("reason", "原因", $"原因最多 {HandOverTask.LongestReason} 字，现为 {reason.Length} 字。"))
            : (to, null);
    }

    /// <summary>Signers of other steps, and those in whose place they signed; a former round of the same step bars nobody.</summary>
    private async Task<IEnumerable<Guid>> SignedElsewhereAsync(TaskView view, CancellationToken cancellationToken)
    {
        var signed = await (
                from decision in db.Decisions.AsNoTracking()
                join step in db.StepRuns on decision.StepRunId equals step.Id
                where decision.CaseId == view.Case.Id && (step.ActivityId != view.Step.ActivityId || decision.StepRunId == view.Step.Id)
                select new { decision.DeciderId, decision.OnBehalfOfId }).ToListAsync(cancellationToken);
        return signed.SelectMany(one => new[] { one.DeciderId, one.OnBehalfOfId ?? one.DeciderId });
    }
}
