using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>Plays what is outside: sends the events of the script to whatever waits for them.</summary>
internal sealed class EventActor : IDryRunActor
{
    /// <inheritdoc />
    public async Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken)
    {
        var waiting = await stage.ReadAsync(
            db => db.Bookmarks.AsNoTracking().Where(row => row.Kind == BookmarkKinds.Event && row.Key != null)
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
                .Select(row => new { row.Id, row.Key, row.CreatedAt }).ToListAsync(cancellationToken),
            cancellationToken);
        DateTimeOffset? next = null;
        foreach (var bookmark in waiting)
        {
            if (!stage.Answers.Events.TryGetValue(bookmark.Key!, out var answer))
            {
                stage.Note($"流程在等待事件“{bookmark.Key}”；试运行可在脚本的 events 中写明何时发生。");
                continue;
            }

            var due = await stage.AfterAsync(bookmark.CreatedAt, answer.AfterWorkingDays, cancellationToken);
            if (due > stage.Now)
            {
                next = next is null || due < next ? due : next;
                continue;
            }

            var payload = answer.Payload?.DeepClone();
            await stage.AsAsync(
                null,
                services => services.GetRequiredService<UnitOfWork>().RunAsync(
                    _ => services.GetRequiredService<WorkflowHost>().ResumeAsync(bookmark.Id, payload, cancellationToken),
                    cancellationToken),
                cancellationToken);
            return ActorTurn.Done;
        }

        return new ActorTurn(false, next);
    }
}
