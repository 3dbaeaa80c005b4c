using Approvals.Core.Certificates;
using Approvals.Core.Data;

namespace Approvals.Core.Commanders;

/// <summary>What has become of the certificate a commander is one by (T§3), as conditions of queries.</summary>
public static class AppointmentCertificates
{
    /// <summary>Commanders whose certificate of appointment was made void; one without a row of its own (from before) stands.</summary>
    public static IQueryable<Commander> WithVoidCertificate(this IQueryable<Commander> commanders, ApprovalsDbContext db) =>
        commanders.Where(row => db.Certificates.Any(one =>
            one.Number == row.CertificateNumber && one.Kind == CertificateKind.Appointment && one.VoidedAt != null));
}
