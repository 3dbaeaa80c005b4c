using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>登记入库 — enters the appointed person into the information base with the term and its reminders, T§14, §15(2).</summary>
public sealed class EnterCommander(
    ApprovalsDbContext db, DocumentValues documentValues, RegulationParameters parameters, TimerService timers, AuditTrail audit, Announcer announcer,
    TimeProvider time)
{
    /// <summary>Enters the person of a case within the caller's unit of work; a case enters nobody twice.</summary>
    /// <returns>The commander; null when the case has issued no appointment certificate.</returns>
    public async Task<Commander?> EnterAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        // The certificate may have been issued in this very burst; saved, it is found like any other.
        await db.SaveChangesAsync(cancellationToken);
        var known = await db.Commanders.FirstOrDefaultAsync(row => row.CaseId == scope.Row.Id, cancellationToken);
        if (known is not null)
        {
            return known;
        }

        var certificate = await db.Certificates.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.Kind == CertificateKind.Appointment && row.VoidedAt == null)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (certificate is null)
        {
            return null;
        }

        var data = scope.Data;
        var identity = FieldValues.Text(data["identityNumber"]) ?? "";
        var parsed = IdentityNumber.Parse(identity, time.Today());
        var commander = new Commander
        {
            CaseId = scope.Row.Id,
            PersonId = scope.Row.ApplicantId,
            Name = certificate.HolderName,
            IdentityNumber = identity,
            BirthDate = parsed?.BirthDate ?? FieldValues.Date(data["birthDate"]) ?? default,
            Gender = parsed?.Gender ?? FieldValues.Text(data["gender"]) ?? "",
            Phone = FieldValues.Text(data["phone"]),
            UnitName = await documentValues.UnitNameAsync(scope, cancellationToken),
            Post = FieldValues.Text(data["post"]),
            ProfessionalTitle = FieldValues.Text(data["professionalTitle"]),
            Specialty = FieldValues.Text(data[scope.Definition.Settings.SpecialtyField]) ?? "",
            SpecialtyName = await documentValues.SpecialtyAsync(scope, cancellationToken),
            PhotoFileId = await documentValues.PhotoAsync(scope.Row.Id, cancellationToken),
            CertificateNumber = certificate.Number,
            TermStart = certificate.ValidFrom,
            TermEnd = certificate.ValidUntil ?? await TermEndAsync(certificate.ValidFrom, cancellationToken),
            Status = CommanderStatus.Appointed,
        };
        db.Commanders.Add(commander);
        await ScheduleAsync(commander, cancellationToken);
        audit.Record("commander.entered", "commander", commander.Id.ToString(), new
        {
            caseId = commander.CaseId, certificate = commander.CertificateNumber, commander.TermStart, commander.TermEnd,
        });
        announcer.Announce(WebhookEvents.CommanderEntered, commander.Id, scope.Row, new
        {
            commanderId = commander.Id, certificate = commander.CertificateNumber, termStart = commander.TermStart, termEnd = commander.TermEnd,
        });
        return commander;
    }

    private async Task<DateOnly> TermEndAsync(DateOnly start, CancellationToken cancellationToken) =>
        CertificateState.LastDay(start, (await parameters.ValueAsync(ParameterKeys.CommanderTermYears, start, cancellationToken)).Whole);

    private async Task ScheduleAsync(Commander commander, CancellationToken cancellationToken)
    {
        var days = (await parameters.ValueAsync(ParameterKeys.TermReminderDays, time.Today(), cancellationToken)).WholeList;
        foreach (var (before, at) in TermReminders.Plan(commander.TermEnd, days, time.GetUtcNow()))
        {
            timers.Schedule(
                $"term-reminder:{commander.Id}:{before}", RemindOfTerm.TimerKind, new RemindOfTerm.Payload(commander.Id, before), at);
        }

        timers.Schedule(
            $"term-end:{commander.Id}", EndTerm.TimerKind, new EndTerm.Payload(commander.Id), TermReminders.EndOf(commander.TermEnd));
    }
}
