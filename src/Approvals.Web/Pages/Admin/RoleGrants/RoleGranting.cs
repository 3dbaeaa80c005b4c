using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;
using RoleCodes = Approvals.Core.Organisation.Roles;

namespace Approvals.Web.Pages.Admin.RoleGrants;

/// <summary>What giving a role came to.</summary>
public enum RoleGrantOutcome
{
    /// <summary>Given.</summary>
    Granted,

    /// <summary>They held it already.</summary>
    AlreadyHeld,

    /// <summary>Nobody gives a role to themself.</summary>
    OwnRole,

    /// <summary>三员分立: they hold another administrator's role.</summary>
    SeparatedDuties,

    /// <summary>There is no such role.</summary>
    UnknownRole,
}

/// <summary>Gives and takes roles. The three kinds of administrator are different people (三员分立).</summary>
public sealed class RoleGranting(UnitOfWork unitOfWork, AuditTrail audit)
{
    /// <summary>The rule alone.</summary>
    /// <param name="byId">Who gives.</param>
    /// <param name="toId">To whom.</param>
    /// <param name="role">Which role.</param>
    /// <param name="held">Roles the receiver holds.</param>
    public static RoleGrantOutcome Judge(Guid byId, Guid toId, string role, IReadOnlyCollection<string> held) =>
        !RoleCodes.All.Contains(role) ? RoleGrantOutcome.UnknownRole
        : byId == toId ? RoleGrantOutcome.OwnRole
        : held.Contains(role) ? RoleGrantOutcome.AlreadyHeld
        : RoleCodes.Administrators.Contains(role) && held.Any(one => RoleCodes.Administrators.Contains(one)) ? RoleGrantOutcome.SeparatedDuties
        : RoleGrantOutcome.Granted;

    /// <summary>Gives a role.</summary>
    public Task<RoleGrantOutcome> GrantAsync(Guid byId, Guid toId, string role, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var held = await scope.Db.RoleAssignments.Where(one => one.PersonId == toId).Select(one => one.Role)
                    .ToListAsync(cancellationToken);
                var outcome = Judge(byId, toId, role, held);
                if (outcome == RoleGrantOutcome.Granted)
                {
                    scope.Db.RoleAssignments.Add(new RoleAssignment { PersonId = toId, Role = role });
                    audit.Record("role.granted", "person", toId.ToString(), new { role });
                }

                return outcome;
            },
            cancellationToken);

    /// <summary>Takes a role.</summary>
    /// <returns>False when it is the last security administrator: nobody could give roles any more.</returns>
    public Task<bool> RevokeAsync(Guid personId, string role, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            if (role == RoleCodes.SecurityAdministrator && !await scope.Db.RoleAssignments.AnyAsync(
                one => one.Role == role && one.PersonId != personId
                    && scope.Db.People.Any(person => person.Id == one.PersonId && person.IsActive),
                cancellationToken))
            {
                return false;
            }

            var row = await scope.Db.RoleAssignments.FirstOrDefaultAsync(
                one => one.PersonId == personId && one.Role == role, cancellationToken);
            if (row is not null)
            {
                scope.Db.RoleAssignments.Remove(row);
                audit.Record("role.revoked", "person", personId.ToString(), new { role });
            }

            return true;
        },
        cancellationToken);
}
