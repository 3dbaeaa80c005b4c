using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>At start-up, schedules the reminders of policies recorded before reminders were there; known ones are not scheduled again.</summary>
public sealed class WatchPolicies(ApprovalsDbContext db, UnitOfWork unitOfWork, RemindOfExpiry reminders, TimeProvider time) : IStartupTask
{
    /// <inheritdoc />
    public int Order => 350;

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async _ =>
        {
            var today = time.Today();
            foreach (var policy in await db.InsurancePolicies.AsNoTracking().Where(one => one.ValidUntil >= today).ToListAsync(cancellationToken))
            {
                await reminders.ScheduleAsync(policy, cancellationToken);
            }
        },
        cancellationToken);
}
