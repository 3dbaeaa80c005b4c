using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>An open task with the answer of the script.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Actor">Who decides it.</param>
/// <param name="StepName">Its step.</param>
/// <param name="Answer">What is decided.</param>
internal sealed record ScriptedTask(Guid TaskId, Guid Actor, string StepName, StepAnswer Answer);

/// <summary>Plays the people who have tasks: each decides as the script says, or approves.</summary>
internal sealed class TaskActor(DecideByScript decide) : IDryRunActor
{
    /// <summary>Beyond the deadline, so that its timer fires first.</summary>
    private static readonly TimeSpan Beyond = TimeSpan.FromMinutes(1);

    private readonly HashSet<Guid> _given = [];

    private sealed record OpenTask(
        Guid Id, Guid StepRunId, Guid AssigneeId, DateTimeOffset ArrivedAt, DateTimeOffset? DueAt, string StepName, string ActivityId,
        int Round, StepMode Mode, string Process);

    /// <inheritdoc />
    public async Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken)
    {
        var open = await stage.ReadAsync(db => OpenAsync(db, cancellationToken), cancellationToken);
        DateTimeOffset? next = null;
        foreach (var task in open.Where(one => !_given.Contains(one.Id)))
        {
            stage.AskedSteps.Add((task.Process, task.ActivityId));
            var answer = await AnswerAsync(stage, task, cancellationToken);
            var actor = await ActorAsync(stage, task, answer, open, cancellationToken);
            if (actor is null)
                continue;
            var due = await DueAsync(stage, task, answer, cancellationToken);
            if (due > stage.Now)
            {
                next = next is null || due < next ? due : next;
                continue;
            }

            // Given up after one try: a refused decision would be refused for ever.
            _given.Add(task.Id);
            await decide.DecideAsync(stage, new ScriptedTask(task.Id, actor.Value, task.StepName, answer), cancellationToken);
            return ActorTurn.Done;
        }

        return new ActorTurn(false, next);
    }

    private static Task<List<OpenTask>> OpenAsync(ApprovalsDbContext db, CancellationToken cancellationToken) => (
        from task in db.Tasks.AsNoTracking()
        join step in db.StepRuns on task.StepRunId equals step.Id
        join instance in db.Instances on step.InstanceId equals instance.Id
        where task.State == TaskState.Open
        orderby task.ArrivedAt, task.Id
        select new OpenTask(
            task.Id, task.StepRunId, task.AssigneeId, task.ArrivedAt, task.DueAt, task.StepName, step.ActivityId, step.Round, step.Mode,
            instance.DefinitionId)).ToListAsync(cancellationToken);

    private static async Task<StepAnswer> AnswerAsync(DryRunStage stage, OpenTask task, CancellationToken cancellationToken)
    {
        var answer = stage.Answers.At(task.Process, task.ActivityId, task.Round);
        foreach (var (person, own) in answer.People)
        {
            if (await stage.FindPersonAsync(person, cancellationToken) == task.AssigneeId)
                return own;
        }

        return answer;
    }

    /// <summary>Who decides the task; null when somebody else of the step does.</summary>
    private static async Task<Guid?> ActorAsync(
        DryRunStage stage, OpenTask task, StepAnswer answer, List<OpenTask> open, CancellationToken cancellationToken)
    {
        if (answer.By is null || await stage.FindPersonAsync(answer.By, cancellationToken) is not { } by || by == task.AssigneeId)
            return task.AssigneeId;
        if (task.Mode != StepMode.Any)
        {
            stage.Note($"“{task.StepName}”须由每一位办理人办理，脚本中的 by 不起作用；请用 people 分别写明。");
            return task.AssigneeId;
        }

        var others = open.Where(one => one.StepRunId == task.StepRunId).ToList();
        if (others.Exists(one => one.AssigneeId == by))
            return null;

        // Not one of those asked: perhaps a substitute, which the use case itself judges; on the first task, once.
        return others[0].Id == task.Id ? by : null;
    }

    private static async Task<DateTimeOffset> DueAsync(
        DryRunStage stage, OpenTask task, StepAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision != ScriptedDecision.Wait)
            return await stage.AfterAsync(task.ArrivedAt, answer.AfterWorkingDays, cancellationToken);
        if (task.DueAt is { } deadline)
            return deadline + Beyond;
        stage.Note($"“{task.StepName}”没有办理期限，无法等到期满，已按同意办理。");
        return task.ArrivedAt;
    }
}
