using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What an answer does to its step: the step waits on, asks the next one, or ends and the workflow goes on.</summary>
public sealed class AdvanceStep(
    ApprovalsDbContext db, WorkflowHost host, OpenStep steps, AddedSignatures signatures, Announcer announcer)
{
    /// <summary>Goes on after an answer that is stored, under the instance's lock.</summary>
    /// <param name="view">The task that was answered, with its step tracked.</param>
    /// <param name="request">The answer.</param>
    /// <param name="closingReason">What the others of the step read when it ends, e.g. 王强已办理：同意.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops before the workflow runs.</param>
    internal async Task AfterAsync(
        TaskView view, DecideRequest request, string closingReason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = view.Step;
        if ((request.Kind == DecisionKind.Approve || view.IsDelegated) && view.OthersWaiting + (view.Task.AddedForTaskId is null ? 0 : 1) > 0
            && await signatures.GoOnAsync(view.Task, now, cancellationToken))
        {
            return;
        }

        var progress = step.Kind == StepKind.Form
            ? StepProgress.Approved
            : StepRules.Evaluate(
                step.Mode, step.ThresholdPercent, await AnswersAsync(step, request.Kind, cancellationToken), view.OthersWaiting);
        switch (progress)
        {
            case StepProgress.Continues:
                break;
            case StepProgress.NextInOrder:
                await AskNextAsync(step, now, cancellationToken);
                break;
            default:
                await EndAsync(view, request, OutcomeOf(step, progress), closingReason, now, cancellationToken);
                break;
        }
    }

    private static string OutcomeOf(StepRun step, StepProgress progress) => progress switch
    {
        StepProgress.Returned => StepActivity.Returned,
        StepProgress.Rejected => StepActivity.Rejected,
        _ => step.Kind == StepKind.Form ? StepActivity.Submitted : StepActivity.Approved,
    };

    /// <summary>Every answer of the step, the newest last. 或签 asks for the newest only.</summary>
    private async Task<IReadOnlyList<DecisionKind>> AnswersAsync(
        StepRun step, DecisionKind newest, CancellationToken cancellationToken) => step.Mode == StepMode.Any
        ? [newest]
        : await db.StandingDecisions().Where(one => one.StepRunId == step.Id).OrderBy(one => one.Id).Select(one => one.Kind)
            .ToListAsync(cancellationToken);

    private async Task AskNextAsync(StepRun step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await db.Tasks.Where(one => one.StepRunId == step.Id && one.State == TaskState.Queued && one.AddedForTaskId == null)
            .OrderBy(one => one.Order).ThenBy(one => one.Id).FirstOrDefaultAsync(cancellationToken);

        // Who is still to sign was asked in (加签) or is asked already: the step waits for them.
        if (next is null)
            return;
        next.State = TaskState.Open;
        next.ArrivedAt = now;
        steps.Tell(next);
    }

    private async Task EndAsync(
        TaskView view, DecideRequest request, string outcome, string closingReason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = view.Step;
        step.Status = StepStatus.Done;
        step.Outcome = outcome;
        step.ClosedAt = now;
        if (view.OthersWaiting > 0)
            await StepTasks.CloseAsync(db, announcer, step.Id, closingReason, now, cancellationToken);

        await host.ResumeAsync(
            step.BookmarkId,
            new StepResult(outcome, request.ReturnTo).ToInput(),
            cancellationToken,
            new WaitingAt(step.InstanceId, HasTimers: step.DueAt is not null));
    }
}
