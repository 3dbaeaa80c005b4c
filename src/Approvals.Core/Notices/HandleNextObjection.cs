using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>
/// Takes the oldest open objection of a notice into hand by starting the sub-process on its case. One at a time: the forms of the
/// sub-process stand on the case, and a later objection waits until the one before is ruled.
/// </summary>
public sealed class HandleNextObjection(
    ApprovalsDbContext db, WorkflowHost host, RegulationParameters parameters, TimeProvider time) : ITimerHandler
{
    /// <summary>The sub-process.</summary>
    public const string Process = "objection-handling";

    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "objection-next";

    /// <summary>What its timers carry.</summary>
    /// <param name="NoticeId">Which notice.</param>
    public sealed record Payload(Guid NoticeId);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <summary>Rings after the running unit of work; once for each objection filed or ruled and each handling ended.</summary>
    /// <param name="timers">What rings.</param>
    /// <param name="notice">Whose objections.</param>
    /// <param name="cause">The objection, or the instance that handled one.</param>
    /// <param name="now">When.</param>
    /// <param name="why">What became of it.</param>
    internal static void Ring(TimerService timers, PublicNotice notice, Guid cause, DateTimeOffset now, string why = "filed") =>
        timers.Schedule($"objection:{cause}:{why}", TimerKind, new Payload(notice.Id), now, notice.InstanceId, notice.BookmarkId);

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.NoticeId;

        // Closes the race of two rings (one filed, one ruled): under the notice's lock the second sees the instance of the first. Who finds
        // one running goes away for good; HandleObjectionAgain rings when it has ended.
        var notice = await NoticeLock.TakeAsync(db, id, cancellationToken);
        if (notice is null || !NoticeDecisions.IsInForce(notice.Status) || await IsHandlingAsync(notice, cancellationToken))
        {
            return;
        }

        var next = await db.Objections.AsNoTracking()
            .Where(objection => objection.NoticeId == id && objection.Status == ObjectionStatus.Open)
            .OrderBy(objection => objection.Id)
            .Select(objection => new { objection.Id, objection.Receipt })
            .FirstOrDefaultAsync(cancellationToken);
        if (next is null)
        {
            return;
        }

        var people = await HandlersAsync(notice, cancellationToken);
        var days = await parameters.ValueAsync(ParameterKeys.ObjectionWorkingDays, time.Today(), cancellationToken);
        await host.StartAsync(
            Process,
            notice.CaseId,
            new Dictionary<string, object?>
            {
                ["objectionId"] = next.Id.ToString(),
                ["receipt"] = next.Receipt,
                ["handlers"] = people.Handlers,
                ["leader"] = people.Leader,
                ["workingDays"] = days.Whole,
            },
            cancellationToken);
    }

    private Task<bool> IsHandlingAsync(PublicNotice notice, CancellationToken cancellationToken) => db.Instances.AnyAsync(
        instance => instance.CaseId == notice.CaseId && instance.DefinitionId == Process && instance.FinishedAt == null,
        cancellationToken);

    /// <summary>Who investigates and who rules, as the notice step of the main process was configured.</summary>
    private async Task<(JsonArray Handlers, JsonArray Leader)> HandlersAsync(PublicNotice notice, CancellationToken cancellationToken)
    {
        var payload = await db.Bookmarks.AsNoTracking().Where(bookmark => bookmark.Id == notice.BookmarkId)
            .Select(bookmark => bookmark.Payload).FirstOrDefaultAsync(cancellationToken);
        var json = payload is null ? null : JsonNode.Parse(payload);
        return (Copy(json?["handlers"]), Copy(json?["leader"]));

        static JsonArray Copy(JsonNode? node) => node is JsonArray array ? array.DeepClone().AsArray() : [];
    }
}
