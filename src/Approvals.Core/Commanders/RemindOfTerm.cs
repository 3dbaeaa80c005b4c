using System.Text.Json;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>任期届满提醒 — tells the register keeper, the commander and the unit's representative before a term ends.</summary>
public sealed class RemindOfTerm(ApprovalsDbContext db, ParticipantResolver resolver, Notifier notifier, TimeProvider time) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "term-reminder";

    /// <summary>What its timers carry.</summary>
    /// <param name="CommanderId">Whose term.</param>
    /// <param name="Days">Days before the end.</param>
    public sealed record Payload(Guid CommanderId, int Days);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!;
        var commander = await db.Commanders.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == payload.CommanderId, cancellationToken);
        if (commander is null || commander.Status != CommanderStatus.Appointed
            || await db.Commanders.WithVoidCertificate(db).AnyAsync(one => one.Id == commander.Id, cancellationToken))
        {
            return;
        }

        var end = ChineseDate.Of(commander.TermEnd);
        var text = $"技术指挥官{commander.Name}（{commander.SpecialtyName}）的任期将于{end}届满，请及时办理续聘或解聘";
        foreach (var person in await KeepersAsync(commander, cancellationToken))
        {
            notifier.Tell(person, text, $"/commanders/{commander.Id}", "技术指挥官任期届满提醒");
        }

        if (commander.PersonId is { } self)
        {
            notifier.Tell(self, $"您的技术指挥官任期将于{end}届满", $"/cases/{commander.CaseId}", "技术指挥官任期届满提醒");
        }
    }

    private async Task<IEnumerable<Guid>> KeepersAsync(Commander commander, CancellationToken cancellationToken)
    {
        var origin = await db.Cases.AsNoTracking().Where(one => one.Id == commander.CaseId)
            .Select(one => new { one.ApplicantId, one.StarterId, one.UnitId, one.OwnerSectionId })
            .SingleAsync(cancellationToken);
        var found = await resolver.ResolveAsync(
            [$"role:{Roles.RegisterKeeper}", "rep@unit"],
            new ParticipantContext
            {
                CaseId = commander.CaseId,
                ApplicantId = origin.ApplicantId,
                StarterId = origin.StarterId,
                UnitId = origin.UnitId,
                OwnerSectionId = origin.OwnerSectionId,
                Specialty = commander.Specialty,
                Today = time.Today(),
            },
            cancellationToken);
        return found.People.Select(one => one.PersonId).Where(id => id != commander.PersonId);
    }
}
