using Approvals.Core.Calendar;
using Approvals.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>Plays the public: files the objections of the script to the first notice that runs on their day.</summary>
internal sealed class PublicActor : IDryRunActor
{
    private int _filed;

    /// <inheritdoc />
    public async Task<ActorTurn> TakeTurnAsync(DryRunStage stage, CancellationToken cancellationToken)
    {
        if (stage.Answers.Objections.ElementAtOrDefault(_filed) is not { } objection)
            return default;
        var notice = await stage.ReadAsync(
            db => db.Notices.AsNoTracking().Where(row => row.Status == NoticeStatus.Running).OrderBy(row => row.Id)
                .Select(row => new { row.Id, row.PublishedOn, row.EndsOn }).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        if (notice is null)
            return default;
        var published = ChinaTime.Instant(notice.PublishedOn, new TimeOnly(10, 0));
        var due = await stage.AfterAsync(published, objection.AfterWorkingDays, cancellationToken);
        if (due > stage.Now)
            return new ActorTurn(false, due);

        _filed++;
        var input = new ObjectionInput(objection.Name, objection.Contact, objection.Content);
        var outcome = await stage.AsAsync(
            null, services => services.GetRequiredService<FileObjection>().FileAsync(notice.Id, input, null, cancellationToken),
            cancellationToken);
        if (outcome is FilingOutcome.Invalid invalid)
            stage.Note($"脚本中的异议不能提出：{string.Join("；", invalid.Problems.Values)}");
        return ActorTurn.Done;
    }
}
