using Approvals.Core.Data;

namespace Approvals.Core.Organisation;

/// <summary>Somebody for whom a person may act.</summary>
/// <param name="PersonId">被代理人.</param>
/// <param name="ProcessKey">Only in this process; null for all.</param>
public sealed record Principal(Guid PersonId, string? ProcessKey);

/// <summary>Who may act for whom (代理). Either may act; substitution is not passed on to a substitute's substitute.</summary>
public sealed class ActingRights(ApprovalsDbContext db, OrganisationRows rows)
{
    /// <summary>Whether a person may decide a task assigned to somebody: their own, or that of a principal.</summary>
    /// <param name="personId">Who wants to act.</param>
    /// <param name="assigneeId">To whom the task is assigned.</param>
    /// <param name="processKey">Process of the case.</param>
    /// <param name="today">The day, inclusive at both ends of the period.</param>
    /// <param name="applicantId">The case's applicant, who may not decide it through a substitution either; null to leave it out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> CanActForAsync(
        Guid personId, Guid assigneeId, string processKey, DateOnly today, Guid? applicantId = null,
        CancellationToken cancellationToken = default)
    {
        if (personId == assigneeId)
        {
            return true;
        }

        return personId != applicantId
            && (await PrincipalsOfAsync(personId, today, cancellationToken))
                .Any(one => one.PersonId == assigneeId && (one.ProcessKey == null || one.ProcessKey == processKey));
    }

    /// <summary>For whom the person may act today, for inbox queries; without the person themself.</summary>
    public async Task<IReadOnlyList<Principal>> PrincipalsOfAsync(
        Guid personId, DateOnly today, CancellationToken cancellationToken = default) =>
        await rows.PrincipalsAsync(db, personId, today, cancellationToken);
}
