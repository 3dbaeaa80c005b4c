using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>Plays the administrator who names people for a step that found nobody; only the script says whom.</summary>
internal sealed class AssignmentActor : IDryRunActor
{
    private readonly HashSet<Guid> _seen = [];

    /// <inheritdoc />
    public async Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken)
    {
        var waiting = await stage.ReadAsync(
            db => (
                from step in db.StepRuns.AsNoTracking()
                join instance in db.Instances on step.InstanceId equals instance.Id
                where step.Status == StepStatus.Unassigned
                orderby step.Id
                select new { step.Id, step.ActivityId, step.StepName, step.Round, instance.DefinitionId }).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var step in waiting.Where(one => _seen.Add(one.Id)))
        {
            stage.AskedSteps.Add((step.DefinitionId, step.ActivityId));
            var people = new List<Guid>();
            foreach (var named in stage.Answers.At(step.DefinitionId, step.ActivityId, step.Round).Assign)
            {
                if (await stage.FindPersonAsync(named, cancellationToken) is { } person)
                    people.Add(person);
            }

            if (people.Count == 0)
            {
                stage.Note($"“{step.StepName}”没有找到办理人，实际运行时由系统管理员指定；试运行可在脚本的 assign 中写明由谁办理。");
                continue;
            }

            var outcome = await AssignAsync(stage, step.Id, people, cancellationToken);
            if (outcome != AssignOutcome.Assigned)
                stage.Note($"“{step.StepName}”不能指定给脚本中的人：{(outcome == AssignOutcome.NotAllowed ? "其中有申请人本人或已离任的人。" : "环节已结束。")}");
            return ActorTurn.Done;
        }

        return default;
    }

    private static async Task<AssignOutcome> AssignAsync(
        DryRunStage stage, Guid step, List<Guid> people, CancellationToken cancellationToken)
    {
        var administrator = await stage.ReadAsync(
            db => db.RoleAssignments.Where(one => one.Role == Roles.SystemAdministrator).OrderBy(one => one.Id)
                .Select(one => (Guid?)one.PersonId).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return await stage.AsAsync(
            administrator ?? people[0],
            services => services.GetRequiredService<AssignStep>().AssignAsync(step, people, "试运行", cancellationToken),
            cancellationToken);
    }
}
