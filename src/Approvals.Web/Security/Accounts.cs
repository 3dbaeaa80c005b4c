using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;

namespace Approvals.Web.Security;

/// <summary>What making an account came to.</summary>
/// <param name="User">The account; null when it was refused.</param>
/// <param name="Errors">Why it was refused, in words.</param>
public sealed record AccountCreation(ApplicationUser? User, IReadOnlyList<string> Errors);

/// <summary>Makes a person together with an account.</summary>
public sealed class Accounts(UserManager<ApplicationUser> users, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Makes them with a password of the machine's making, which its owner must exchange for one of their own.</summary>
    /// <param name="userName">Name to sign in with.</param>
    /// <param name="name">Chinese name.</param>
    /// <param name="configure">Fills in more of the person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account and the password to hand over.</returns>
    public async Task<(AccountCreation Creation, string Password)> CreateWithInitialPasswordAsync(
        string userName, string name, Action<ApprovalsDbContext, Person> configure, CancellationToken cancellationToken)
    {
        var password = InitialPassword.Make();
        return (await CreateAsync(userName, name, password, cancellationToken, configure, isInitial: true), password);
    }

    /// <summary>Makes them in one transaction; nothing remains when the name is taken or the password is too weak.</summary>
    /// <param name="userName">Name to sign in with.</param>
    /// <param name="name">Chinese name.</param>
    /// <param name="password">First password; null for one who signs in by the identity provider only.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="configure">Fills in more of the person, adds roles or posts in the same transaction.</param>
    /// <param name="isInitial">Whether the password must be changed before anything else opens.</param>
    public Task<AccountCreation> CreateAsync(
        string userName, string name, string? password, CancellationToken cancellationToken,
        Action<ApprovalsDbContext, Person>? configure = null, bool isInitial = false) => unitOfWork.RunAsync(
        async scope =>
        {
            var person = new Person { Name = name };
            scope.Db.People.Add(person);
            configure?.Invoke(scope.Db, person);
            await scope.Db.SaveChangesAsync(cancellationToken);
            var user = new ApplicationUser
            {
                UserName = userName,
                PersonId = person.Id,
                InitialPasswordUntil = isInitial ? clock.GetUtcNow() + SessionLimits.InitialPassword : null,
            };
            var result = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
            if (!result.Succeeded)
            {
                scope.Abort();
                return new AccountCreation(null, [.. result.Errors.Select(error => error.Description)]);
            }

            audit.Record("account.created", "account", user.Id.ToString(), new { personId = person.Id });
            return new AccountCreation(user, []);
        },
        cancellationToken);
}
