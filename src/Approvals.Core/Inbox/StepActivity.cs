using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Inbox;

/// <summary>What steps that people work on have in common: they open, wait, end with an outcome or go back, and can be withdrawn.</summary>
public abstract class StepActivity : Activity
{
    /// <summary>Kind of the bookmark a step waits at.</summary>
    public const string BookmarkKind = "Step";

    /// <summary>Type name of 审批环节.</summary>
    public const string ApprovalType = "Approvals.ApprovalStep";

    /// <summary>Type name of 填写表单.</summary>
    public const string FormType = "Approvals.FormFilling";

    /// <summary>Type names of the steps that people work on.</summary>
    public static readonly IReadOnlySet<string> Types = new HashSet<string>(StringComparer.Ordinal) { ApprovalType, FormType };

    /// <summary>Outcome of an approved step.</summary>
    public const string Approved = "同意";

    /// <summary>Outcome of a refused step.</summary>
    public const string Rejected = "不同意";

    /// <summary>Outcome of a form step.</summary>
    public const string Submitted = "Done";

    /// <summary>Not a port: the signer sends the case back.</summary>
    public const string Returned = "退回";

    /// <summary>Not a port either: whoever decided the step before takes that decision back (收回).</summary>
    public const string TakenBack = "收回";

    /// <summary>Whether a return from here comes straight back.</summary>
    protected virtual bool ComesStraightBack(ActivityContext context) => false;

    /// <inheritdoc />
    public override async ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        var result = StepResult.Read(input);
        if (result.Outcome is not (Returned or TakenBack))
        {
            await context.CompleteAsync(result.Outcome);
            return;
        }

        // What is taken back is decided anew and may lead elsewhere, so it never comes straight back.
        var reason = result.Outcome == TakenBack ? "上一环节的办理已收回" : $"{context.Node.DisplayText}退回";
        var went = result.Outcome == Returned && ComesStraightBack(context)
            ? context.DetourTo(result.ReturnTo!, reason)
            : context.ReturnTo(result.ReturnTo!, reason);
        if (went == ReturnOutcome.BehindFinal)
            throw new ActivityFaultException($"不能退回到“{result.ReturnTo}”：其后已登记应付。", "return-behind-grant");
        if (went != ReturnOutcome.Accepted)
            throw new ActivityFaultException($"不能退回到“{result.ReturnTo}”：该环节不在本环节之前。", "return-target");
    }

    /// <inheritdoc />
    public override async ValueTask CancelAsync(ActivityContext context, string reason)
    {
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var announcer = context.Services.GetRequiredService<Announcer>();
        var now = context.Clock.GetUtcNow();

        // The step may have been opened in this very burst; its rows must be there to be closed.
        await db.SaveChangesAsync(context.CancellationToken);
        var steps = await db.StepRuns.AsNoTracking()
            .Where(step => step.InstanceId == context.InstanceId && step.ActivityId == context.ActivityId
                && (step.Status == StepStatus.Open || step.Status == StepStatus.Unassigned))
            .ToListAsync(context.CancellationToken);
        foreach (var step in steps.Where(step => IsOf(context, step)))
        {
            await db.StepRuns.Where(one => one.Id == step.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Status, StepStatus.Withdrawn)
                    .SetProperty(one => one.Outcome, reason)
                    .SetProperty(one => one.ClosedAt, now),
                context.CancellationToken);
            await StepTasks.CloseAsync(db, announcer, step.Id, reason, now, context.CancellationToken);
            var scope = await CaseScope.LoadAsync(context);
            scope.AddEvent("step-withdrawn", step.StepName, "待办撤销", reason);
        }
    }

    /// <summary>
    /// Whether a step is the one of the run that is being withdrawn. Several runs of an activity wait at the same time when it stands in a
    /// loop, in a process that is used twice, or when two steps have returned to it; the others stay open. The bookmark is gone by now;
    /// the run remembers which it was. One that the former release began does not, and there what nothing waits for any more is closed.
    /// </summary>
    private static bool IsOf(ActivityContext context, StepRun step) => Guid.TryParse(context.GetState<string>(nameof(Bookmark)), out var bookmark)
        ? step.BookmarkId == bookmark
        : context.WaitingBookmarks.All(one => one.Id != step.BookmarkId);
}

/// <summary>What a step is resumed with.</summary>
/// <param name="Outcome">Port to leave by, <see cref="StepActivity.Returned"/> or <see cref="StepActivity.TakenBack"/>.</param>
/// <param name="ReturnTo">Activity to go back to.</param>
public sealed record StepResult(string Outcome, string? ReturnTo)
{
    /// <summary>The form a resume carries.</summary>
    public Dictionary<string, object?> ToInput() => new() { ["outcome"] = Outcome, ["returnTo"] = ReturnTo };

    /// <summary>Reads it back.</summary>
    /// <exception cref="ActivityFaultException">The step was resumed by something that is no decision.</exception>
    public static StepResult Read(object? input) =>
        input is IReadOnlyDictionary<string, object?> values && values.TryGetValue("outcome", out var outcome) && outcome is string port
            ? new StepResult(port, values.GetValueOrDefault("returnTo") as string)
            : throw new ActivityFaultException("此步骤只能由办理结果恢复。", "no-decision");
}
