using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>
/// T§3: only who holds the certificate of appointment commands on a scene. Whoever is bound by a mission when it is made void is not pulled
/// off by the system; the general commander is told at once and ends the command or appoints somebody else.
/// </summary>
public sealed class TellOfVoidCertificate(ApprovalsDbContext db, EventJournal journal, Notifier notifier) : ICertificateVoided
{
    /// <inheritdoc />
    public async Task VoidedAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        if (certificate.Kind != CertificateKind.Appointment)
        {
            return;
        }

        var bound = await (
            from mission in db.Missions.AsNoTracking()
            join commander in db.Commanders on mission.CommanderId equals commander.Id
            join one in db.Events on mission.EventId equals one.Id
            where commander.CertificateNumber == certificate.Number && MissionRules.Binding.Contains(mission.Status)
            select new { mission.Id, mission.EventId, mission.CommanderName, one.Name, one.GeneralCommanderId }).ToListAsync(cancellationToken);
        foreach (var mission in bound)
        {
            journal.Add(mission.EventId, $"{mission.CommanderName}的聘任证书已作废", mission.Id);
            notifier.Tell(
                mission.GeneralCommanderId, $"{mission.CommanderName}的聘任证书已作废，请终止其在{mission.Name}的指挥或者另行任命", $"/events/{mission.EventId}",
                $"聘任证书已作废：{mission.CommanderName}");
        }
    }
}
