using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;

namespace Approvals.Core.Missions;

/// <summary>What keeps a commander in term from being sent, as conditions of queries.</summary>
internal static class WhoCanBeSent
{
    /// <summary>Absences that hold on the day.</summary>
    public static IQueryable<CommanderAbsence> AwayOn(this IQueryable<CommanderAbsence> absences, DateOnly day) =>
        absences.Where(row => row.CancelledAt == null && row.From <= day && (row.Until == null || row.Until >= day));

    /// <summary>Commanders whose certificate of appointment was made void; one without a row of its own (from before) stands.</summary>
    public static IQueryable<Commander> WithVoidCertificate(this IQueryable<Commander> commanders, ApprovalsDbContext db) =>
        commanders.Where(row => db.Certificates.Any(one =>
            one.Number == row.CertificateNumber && one.Kind == CertificateKind.Appointment && one.VoidedAt != null));
}
