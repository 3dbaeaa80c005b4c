using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Admin.People;

/// <summary>What administrators do to a person, each act with its audit entry in one transaction.</summary>
public sealed class PersonAdministration(
    UserManager<ApplicationUser> users, UnitOfWork unitOfWork, Sessions sessions, AuditTrail audit, TimeProvider clock)
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
    /// <returns>False when there is no such person.</returns>
    public Task<bool> SetActiveAsync(Guid personId, bool active, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            if (await scope.Db.People.FirstOrDefaultAsync(one => one.Id == personId, cancellationToken) is not { } person)
            {
                return false;
            }

            person.IsActive = active;
            audit.Record(active ? "person.activated" : "person.deactivated", "person", personId.ToString(), new { });
            if (await AccountAsync(personId, cancellationToken) is { } user)
            {
                await users.UpdateSecurityStampAsync(user);
                await sessions.EndAsync(user.Id, null, null, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>
    /// Gives a new initial password, which the person must exchange for one of their own, and ends a lock-out and all sign-ins. The second
    /// factor is switched off: whoever lost device and recovery codes would otherwise stay out for good.
    /// </summary>
    /// <returns>The password to hand over; null when the person has no account.</returns>
    public Task<string?> ResetPasswordAsync(Guid personId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async _ =>
        {
            if (await AccountAsync(personId, cancellationToken) is not { } user)
            {
                return null;
            }

            var password = InitialPassword.Make();
            user.InitialPasswordUntil = clock.GetUtcNow() + SessionLimits.InitialPassword;
            var token = await users.GeneratePasswordResetTokenAsync(user);
            var result = await users.ResetPasswordAsync(user, token, password);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException("A made password was refused: " + string.Join(' ', result.Errors.Select(error => error.Code)));
            }

            if (user.TwoFactorEnabled)
            {
                await users.SetTwoFactorEnabledAsync(user, false);
                await users.ResetAuthenticatorKeyAsync(user);
                audit.Record("account.second-factor-disabled", "account", user.Id.ToString(), new { by = "administrator", personId });
            }

            await users.SetLockoutEndDateAsync(user, null);
            await sessions.EndAsync(user.Id, null, null, cancellationToken);
            audit.Record("account.password-reset", "account", user.Id.ToString(), new { personId });
            return password;
        },
        cancellationToken);

    /// <summary>Ends all sign-ins of the person.</summary>
    public Task EndSessionsAsync(Guid personId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async _ =>
        {
            if (await AccountAsync(personId, cancellationToken) is { } user)
            {
                await users.UpdateSecurityStampAsync(user);
                await sessions.EndAsync(user.Id, null, null, cancellationToken);
            }
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

    /// <summary>
    /// Forgets whom the identity provider knows by this account: the next sign-in there is matched anew. For somebody to whom the provider
    /// has given another id.
    /// </summary>
    public Task UnbindAsync(Guid personId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async _ =>
        {
            if (await AccountAsync(personId, cancellationToken) is { } user)
            {
                foreach (var login in await users.GetLoginsAsync(user))
                    await users.RemoveLoginAsync(user, login.LoginProvider, login.ProviderKey);
                audit.Record("account.provider-unbound", "account", user.Id.ToString(), new { personId });
            }
        },
        cancellationToken);

    private Task<ApplicationUser?> AccountAsync(Guid personId, CancellationToken cancellationToken) =>
        users.Users.FirstOrDefaultAsync(one => one.PersonId == personId, cancellationToken);
}
