using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Admin.People;

/// <summary>What administrators do to a person, each act with its audit entry in one transaction.</summary>
public sealed class PersonAdministration(UserManager<ApplicationUser> users, UnitOfWork unitOfWork, AuditTrail audit)
{
    /// <summary>Adds a post.</summary>
    public Task AddPostAsync(
        Guid personId, Guid unitId, PositionKind kind, string title, DateOnly from, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            scope =>
            {
                var post = new Position { PersonId = personId, OrgUnitId = unitId, Kind = kind, Title = title, From = from };
                scope.Db.Positions.Add(post);
                audit.Record("person.post-added", "person", personId.ToString(), new { post = post.Id, unitId, kind = kind.ToString(), from });
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <summary>Ends a post; the last day is yesterday, so that today nobody is chosen by it. A post not begun ends before it began.</summary>
    public Task EndPostAsync(Guid personId, Guid postId, DateOnly today, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var post = await scope.Db.Positions.FirstOrDefaultAsync(
                one => one.Id == postId && one.PersonId == personId, cancellationToken);
            if (post is not null && (post.Until is null || post.Until >= today))
            {
                post.Until = today.AddDays(-1);
                audit.Record("person.post-ended", "person", personId.ToString(), new { post = post.Id, until = post.Until });
            }
        },
        cancellationToken);

    /// <summary>Deactivates or reactivates; the new stamp ends sign-ins that are under way.</summary>
    public Task SetActiveAsync(Guid personId, bool active, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var person = await scope.Db.People.SingleAsync(one => one.Id == personId, cancellationToken);
            person.IsActive = active;
            audit.Record(active ? "person.activated" : "person.deactivated", "person", personId.ToString(), new { });
            if (await AccountAsync(personId, cancellationToken) is { } user)
            {
                await users.UpdateSecurityStampAsync(user);
            }
        },
        cancellationToken);

    /// <summary>Gives a new password and ends a lock-out and sign-ins under way.</summary>
    /// <returns>Why it was refused, in words; empty when done.</returns>
    public Task<IReadOnlyList<string>> ResetPasswordAsync(Guid personId, string password, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<IReadOnlyList<string>>(
            async scope =>
            {
                if (await AccountAsync(personId, cancellationToken) is not { } user)
                {
                    return [];
                }

                var token = await users.GeneratePasswordResetTokenAsync(user);
                var result = await users.ResetPasswordAsync(user, token, password);
                if (!result.Succeeded)
                {
                    scope.Abort();
                    return [.. result.Errors.Select(error => error.Description)];
                }

                await users.SetLockoutEndDateAsync(user, null);
                audit.Record("account.password-reset", "account", user.Id.ToString(), new { personId });
                return [];
            },
            cancellationToken);

    /// <summary>Ends a lock-out.</summary>
    public Task UnlockAsync(Guid personId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async _ =>
        {
            if (await AccountAsync(personId, cancellationToken) is { } user)
            {
                await users.SetLockoutEndDateAsync(user, null);
                await users.ResetAccessFailedCountAsync(user);
                audit.Record("account.unlocked", "account", user.Id.ToString(), new { personId });
            }
        },
        cancellationToken);

    private Task<ApplicationUser?> AccountAsync(Guid personId, CancellationToken cancellationToken) =>
        users.Users.FirstOrDefaultAsync(one => one.PersonId == personId, cancellationToken);
}
