using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>Where a step asks for a draw.</summary>
/// <param name="InstanceId">Instance that waits.</param>
/// <param name="BookmarkId">Where it waits.</param>
/// <param name="RunId">Run of the step.</param>
/// <param name="ActivityId">Step.</param>
/// <param name="StepName">Step's name.</param>
/// <param name="ApprovalStep">Approval step whose approval lets everything be drawn anew; null for none.</param>
public sealed record DrawPlace(Guid InstanceId, Guid BookmarkId, Guid RunId, string ActivityId, string StepName, string? ApprovalStep);

/// <summary>
/// 申请抽取 — asks for a draw. The first of a step takes place at once; another one needs what E§17.3 asks for: a recorded refusal of
/// somebody drawn, or the leader's approval after the draw. Without it the step waits for one.
/// </summary>
public sealed class RequestDraw(ApprovalsDbContext db, DrawCommitments commitments, TimeProvider time)
{
    /// <summary>Asks within the caller's unit of work; the caller holds the instance.</summary>
    public async Task<DrawRequest> RequestAsync(CaseScope scope, DrawPlace place, DrawOrder order, CancellationToken cancellationToken)
    {
        // A decision of this very transaction may be the approval.
        await db.SaveChangesAsync(cancellationToken);
        var former = await (
                from record in db.DrawRecords.AsNoTracking()
                join before in db.DrawRequests.AsNoTracking() on record.Id equals before.Id
                where before.CaseId == scope.Row.Id && before.ActivityId == place.ActivityId
                orderby before.Round descending
                select new { record.Id, record.Number, record.DrawnAt, before.Round })
            .FirstOrDefaultAsync(cancellationToken);
        var request = new DrawRequest
        {
            CaseId = scope.Row.Id,
            InstanceId = place.InstanceId,
            BookmarkId = place.BookmarkId,
            RunId = place.RunId,
            ActivityId = place.ActivityId,
            StepName = place.StepName,
            Round = (former?.Round ?? 0) + 1,
            Order = order.Write(),
            Status = DrawStatus.NeedsGround,
            FormerId = former?.Id,
            CreatedAt = time.GetUtcNow(),
        };
        db.DrawRequests.Add(request);
        if (former is null)
        {
            commitments.Commit(request, DrawGround.First, null);
        }
        else if (await ApprovalAsync(scope.Row.Id, place.ApprovalStep, former.DrawnAt, cancellationToken) is { } approval)
        {
            commitments.Commit(request, DrawGround.Approval, approval);
        }
        else if (await db.DrawRefusals.AnyAsync(row => row.DrawId == former.Id, cancellationToken))
        {
            commitments.Commit(request, DrawGround.Refusal, $"{former.Number} 抽中人员拒绝");
        }

        scope.AddEvent("draw", place.StepName, request.Status == DrawStatus.Committed
            ? "公布随机数承诺，准备抽取"
            : $"不能重新抽取：{former!.Number} 没有抽中人员拒绝的记录，也没有领导批准", request.Commitment);
        return request;
    }

    /// <summary>The approval after the former draw, in words; null when there is none. An approval before it is used up.</summary>
    private async Task<string?> ApprovalAsync(Guid caseId, string? step, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (step is null)
        {
            return null;
        }

        return await (
                from decision in db.DecisionsOfOwnSigners().AsNoTracking()
                join run in db.StepRuns on decision.StepRunId equals run.Id
                where decision.CaseId == caseId && run.ActivityId == step && decision.Kind == DecisionKind.Approve && decision.At > since
                orderby decision.Id descending
                select decision.StepName + "：" + decision.SignatureLine + "同意")
            .FirstOrDefaultAsync(cancellationToken);
    }
}
