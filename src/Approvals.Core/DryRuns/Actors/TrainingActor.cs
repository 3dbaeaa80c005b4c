using Approvals.Core.Calendar;
using Approvals.Core.Organisation;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>Plays the training officer: holds a session for each candidate who waits and publishes the result of the script.</summary>
internal sealed class TrainingActor : IDryRunActor
{
    private int _sittings;

    /// <inheritdoc />
    public async Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken)
    {
        var waiting = await stage.ReadAsync(
            db => db.TrainingEnrolments.AsNoTracking().Where(row => row.Status == TrainingStatus.Waiting)
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        if (waiting is null)
            return default;
        var answer = stage.Answers.Training.ElementAtOrDefault(_sittings) ?? new SittingAnswer();
        var due = await stage.AfterAsync(waiting.CreatedAt, answer.AfterWorkingDays, cancellationToken);
        if (due > stage.Now)
            return new ActorTurn(false, due);
        _sittings++;
        await HoldAsync(stage, waiting, answer, cancellationToken);
        return ActorTurn.Done;
    }

    private async Task HoldAsync(
        DryRunStage stage, TrainingEnrolment candidate, SittingAnswer answer, CancellationToken cancellationToken)
    {
        var officer = await stage.ReadAsync(
            db => db.RoleAssignments.Where(one => one.Role == Roles.TrainingOfficer).OrderBy(one => one.Id)
                .Select(one => (Guid?)one.PersonId).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        if (officer is null)
            stage.Note("没有人担任“培训考核经办”，实际运行时培训考核无人安排；试运行已照常登记成绩。");
        await stage.AsAsync(
            officer,
            async services =>
            {
                var input = new SessionInput($"试运行第 {_sittings} 期培训考核", ChinaTime.DateOf(stage.Now), "培训教室", 1);
                var planned = await services.GetRequiredService<PlanSession>().CreateAsync(input, cancellationToken);
                var session = ((PlanOutcome.Saved)planned).Id;
                await services.GetRequiredService<EnrolCandidates>().SeatAsync(session, [candidate.Id], cancellationToken);
                var result = new ResultInput(candidate.Id, answer.Attended, answer.Attended ? answer.Score : null);
                var recorded = await services.GetRequiredService<RecordResults>().SaveAsync(session, [result], cancellationToken);
                if (recorded is RecordOutcome.Invalid invalid)
                    stage.Note($"培训成绩不能登记：{string.Join("；", invalid.Problems.Values)}");
                else
                    await services.GetRequiredService<PublishResults>().PublishAsync(session, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
