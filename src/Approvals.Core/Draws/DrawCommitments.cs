using Approvals.Core.Audit;
using Approvals.Core.Timers;

namespace Approvals.Core.Draws;

/// <summary>
/// 承诺 — publishes the hash of a draw's secret number in the audit chain and leaves the draw to a timer that is due at once: the
/// candidates are fixed in a transaction of their own, after the hash has been committed. Scoped.
/// </summary>
public sealed class DrawCommitments(DrawSecret secret, TimerService timers, AuditTrail audit, TimeProvider time)
{
    /// <summary>Commits to the number of a request within the caller's unit of work.</summary>
    /// <param name="request">The request; tracked.</param>
    /// <param name="ground">Why the draw takes place.</param>
    /// <param name="text">The ground in words; null for the first draw.</param>
    public void Commit(DrawRequest request, DrawGround ground, string? text)
    {
        request.Status = DrawStatus.Committed;
        request.Ground = ground;
        request.GroundText = text;
        request.Commitment = DrawSeed.CommitmentTo(secret.NonceOf(request.Id));
        audit.Record("draw.committed", "draw", request.Id.ToString(), new
        {
            @case = request.CaseId, round = request.Round, ground = ground.ToString(), former = request.FormerId, commitment = request.Commitment,
        });
        timers.Schedule(
            $"draw:{request.Id}", PerformDraw.TimerKind, new PerformDraw.Payload(request.Id), time.GetUtcNow(), request.InstanceId,
            request.BookmarkId);
    }
}
