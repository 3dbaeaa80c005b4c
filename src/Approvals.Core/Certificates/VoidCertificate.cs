using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>What became of voiding.</summary>
public enum VoidOutcome
{
    /// <summary>Void from now on.</summary>
    Voided,

    /// <summary>It was void already.</summary>
    AlreadyVoid,

    /// <summary>There is no such certificate.</summary>
    NotFound,

    /// <summary>The reason is missing or longer than 200 characters.</summary>
    ReasonNeeded,

    /// <summary>Only the register keeper may.</summary>
    NotAllowed,
}

/// <summary>证书作废 — the register keeper voids a certificate; the public page says so at once (T§18, last paragraph).</summary>
public sealed class VoidCertificate(
    ApprovalsDbContext db, UnitOfWork unitOfWork, CurrentPerson person, AuditTrail audit, Announcer announcer,
    TimeProvider time)
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

    private async Task<VoidOutcome> VoidAsync(UnitOfWorkScope scope, Guid id, string reason, CancellationToken cancellationToken)
    {
        // Closes the race of two keepers voiding at once: the first reason stands.
        var now = time.GetUtcNow();
        var voided = await db.Certificates.Where(row => row.Id == id && row.VoidedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.VoidedAt, now).SetProperty(row => row.VoidReason, reason), cancellationToken);
        var certificate = await db.Certificates.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (voided == 0)
        {
            scope.Abort();
            return certificate is null ? VoidOutcome.NotFound : VoidOutcome.AlreadyVoid;
        }

        db.CaseEvents.Add(new CaseEvent
        {
            CaseId = certificate!.CaseId,
            At = now,
            Kind = "document",
            ActorId = person.RequiredId,
            ActorName = person.Name,
            Text = $"证书 {certificate.Number} 已作废",
            Detail = reason,
        });
        audit.Record("certificate.voided", "certificate", id.ToString(), new { number = certificate.Number, reason });
        await announcer.AnnounceAsync(
            WebhookEvents.CertificateVoided, id, certificate.CaseId, new { certificateId = id, number = certificate.Number }, cancellationToken);
        return VoidOutcome.Voided;
    }
}
