using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Admin.People;

/// <summary>Why a password is reset. One of a few words: what is typed could name somebody, and the audit chain keeps it for ever.</summary>
public enum PasswordResetReason
{
    /// <summary>Its owner has forgotten it.</summary>
    Forgotten,

    /// <summary>The initial password was lost, or its days are over.</summary>
    InitialExpired,

    /// <summary>Somebody else may know it.</summary>
    Exposed,
}

/// <summary>Why a second factor is switched off for its owner.</summary>
public enum SecondFactorResetReason
{
    /// <summary>Neither the device nor the recovery codes can be used any more.</summary>
    Lost,

    /// <summary>Somebody else may have the device, the key or the codes.</summary>
    Exposed,
}

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
    /// factor stays: whoever only forgot the password has it still, and who gets hold of the new one must not do without (ASVS 6.4.3).
    /// </summary>
    /// <returns>The password to hand over; null when the person has no account.</returns>
    public Task<string?> ResetPasswordAsync(Guid personId, PasswordResetReason reason, CancellationToken cancellationToken) => unitOfWork.RunAsync(
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

            await users.SetLockoutEndDateAsync(user, null);
            await sessions.EndAsync(user.Id, null, null, cancellationToken);
            audit.Record("account.password-reset", "account", user.Id.ToString(), new { personId, reason = reason.ToString() });
            return password;
        },
        cancellationToken);

    /// <summary>
    /// Switches the second factor off for somebody who has lost device and recovery codes and would otherwise stay out for good; key and codes
    /// are forgotten, all sign-ins end, the password stays.
    /// </summary>
    /// <returns>False when the person has none.</returns>
    public Task<bool> ResetSecondFactorAsync(Guid personId, SecondFactorResetReason reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async _ =>
            {
                if (await AccountAsync(personId, cancellationToken) is not { TwoFactorEnabled: true } user)
                {
                    return false;
                }

                // Each writes the account's row and its concurrency stamp. Race closed: of two who change one account at once (its owner
                // enrols anew, another administrator resets), the second's save fails and nothing of it is stored.
                Must(await users.SetTwoFactorEnabledAsync(user, false));
                Must(await users.ResetAuthenticatorKeyAsync(user));
                await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
                await sessions.EndAsync(user.Id, null, null, cancellationToken);
                audit.Record(
                    "account.second-factor-disabled", "account", user.Id.ToString(),
                    new { by = "administrator", personId, reason = reason.ToString() });
                return true;
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

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new DbUpdateConcurrencyException("The account was changed at the same time: " + string.Join(' ', result.Errors.Select(error => error.Code)));
    }
}
