using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>What became of voiding.</summary>
public enum VoidOutcome
{
    /// <summary>Void from now on.</summary>
    Voided,

    /// <summary>A certificate of appointment is void from now on, and the work ID issued with it.</summary>
    VoidedWithWorkId,

    /// <summary>It was void already.</summary>
    AlreadyVoid,

    /// <summary>There is no such certificate.</summary>
    NotFound,

    /// <summary>The reason is missing or longer than 200 characters.</summary>
    ReasonNeeded,

    /// <summary>Only the register keeper may.</summary>
    NotAllowed,
}

/// <summary>
/// 证书作废 — the register keeper voids a certificate; the public page says so at once (T§18, last paragraph: 聘书、工作证 go back together).
/// The work ID shows that its holder is appointed (T§16(二)), so it does not outlast the certificate of appointment; the other way round, a
/// lost work ID is voided alone.
/// </summary>
public sealed class VoidCertificate(
    ApprovalsDbContext db, UnitOfWork unitOfWork, CurrentPerson person, IEnumerable<ICertificateVoided> listeners, AuditTrail audit,
    Announcer announcer, Notifier notifier, TimeProvider time)
{
    /// <summary>Voids it.</summary>
    /// <param name="certificateId">Which.</param>
    /// <param name="reason">Why, for the public page; without personal data.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<VoidOutcome> VoidAsync(Guid certificateId, string? reason, CancellationToken cancellationToken)
    {
        var why = reason?.Trim() ?? "";
        return !person.Is(Roles.RegisterKeeper) ? Task.FromResult(VoidOutcome.NotAllowed)
            : why.Length is 0 or > 200 ? Task.FromResult(VoidOutcome.ReasonNeeded)
            : unitOfWork.RunAsync(scope => VoidAsync(scope, certificateId, why, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Voids what a case has of a kind and holds no more, within the caller's unit of work: another takes its place, or what it certified
    /// is no longer so. By whoever acts, or by the system.
    /// </summary>
    /// <param name="caseId">Case.</param>
    /// <param name="kind">Which kind.</param>
    /// <param name="except">The one that stays; null for none.</param>
    /// <param name="reason">Why, for the public page; without personal data.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task VoidEarlierAsync(
        Guid caseId, CertificateKind kind, Guid? except, string reason, CancellationToken cancellationToken)
    {
        foreach (var id in await db.Certificates.Where(row => row.CaseId == caseId && row.Kind == kind && row.VoidedAt == null && row.Id != except)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
        {
            if (await TakeAsync(id, reason, cancellationToken) is { } certificate)
                await TellAsync(certificate, reason, cancellationToken);
        }
    }

    private async Task<VoidOutcome> VoidAsync(UnitOfWorkScope scope, Guid id, string reason, CancellationToken cancellationToken)
    {
        var certificate = await TakeAsync(id, reason, cancellationToken);
        if (certificate is null)
        {
            scope.Abort();
            return await db.Certificates.AnyAsync(row => row.Id == id, cancellationToken) ? VoidOutcome.AlreadyVoid : VoidOutcome.NotFound;
        }

        await TellAsync(certificate, reason, cancellationToken);
        if (certificate.Kind != CertificateKind.Appointment)
        {
            return VoidOutcome.Voided;
        }

        var outcome = VoidOutcome.Voided;
        var because = $"聘任证书作废：{reason}";
        foreach (var card in await db.Certificates.Where(row => row.CaseId == certificate.CaseId && row.Kind == CertificateKind.WorkId)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
        {
            if (await TakeAsync(card, because, cancellationToken) is { } workId)
            {
                await TellAsync(workId, because, cancellationToken);
                outcome = VoidOutcome.VoidedWithWorkId;
            }
        }

        return outcome;
    }

    /// <summary>The certificate, void from now on; null when it was void already or there is none.</summary>
    private async Task<Certificate?> TakeAsync(Guid id, string reason, CancellationToken cancellationToken)
    {
        // Closes the race of two keepers voiding at once: the first reason stands.
        var now = time.GetUtcNow();
        var voided = await db.Certificates.Where(row => row.Id == id && row.VoidedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.VoidedAt, now).SetProperty(row => row.VoidReason, reason), cancellationToken);
        return voided == 0 ? null : await db.Certificates.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
    }

    private async Task TellAsync(Certificate certificate, string reason, CancellationToken cancellationToken)
    {
        db.CaseEvents.Add(new CaseEvent
        {
            CaseId = certificate.CaseId,
            At = certificate.VoidedAt!.Value,
            Kind = "document",
            ActorId = person.Id,
            ActorName = person.Id is null ? null : person.Name,
            Text = $"证书 {certificate.Number} 已作废",
            Detail = reason,
        });
        audit.Record("certificate.voided", "certificate", certificate.Id.ToString(), new { number = certificate.Number, reason });
        await announcer.AnnounceAsync(
            WebhookEvents.CertificateVoided, certificate.Id, certificate.CaseId,
            new { certificateId = certificate.Id, number = certificate.Number }, cancellationToken);
        var holder = await db.Cases.Where(row => row.Id == certificate.CaseId).Select(row => row.ApplicantId).SingleAsync(cancellationToken);
        notifier.Tell(
            holder, $"您的证书 {certificate.Number} 已作废，请交回市应急管理局：{reason}", $"/cases/{certificate.CaseId}", $"证书 {certificate.Number} 已作废");
        foreach (var listener in listeners)
        {
            await listener.VoidedAsync(certificate, cancellationToken);
        }
    }
}
