using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Telemetry;
using Approvals.Web.Localisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>Writes signing in, failing to, and signing out into the audit chain. User names are personal data and stay out.</summary>
public sealed class SignInAudit(UnitOfWork unitOfWork, AuditTrail audit, Measures measures)
{
    /// <summary>Somebody signed in; who had chosen English before that gets English mails, too.</summary>
    /// <param name="user">Account.</param>
    /// <param name="method">password, second-factor, recovery-code or oidc.</param>
    public Task SignedInAsync(ApplicationUser user, string method)
    {
        measures.SignIn(method);
        return unitOfWork.RunAsync(
            async scope =>
            {
                audit.RecordBy(user.PersonId, "account.signed-in", "account", user.Id.ToString(), new { method });
                if (Wording.IsEnglish)
                {
                    // Chosen before anybody knew who it was.
                    await scope.Db.People.Where(row => row.Id == user.PersonId && row.Language == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Language, "en"));
                }
            },
            CancellationToken.None);
    }

    /// <summary>Somebody failed to; the account is null when the name is not known.</summary>
    public Task FailedAsync(ApplicationUser? user, string reason)
    {
        measures.SignInFailed(reason);
        return RecordAsync(user?.PersonId, "account.sign-in-failed", user?.Id.ToString() ?? "unknown", new { reason });
    }

    /// <summary>The current person did something with the own or another account.</summary>
    public Task RecordAsync(string action, Guid accountId, object details) => RunAsync(
        () => audit.Record(action, "account", accountId.ToString(), details));

    private Task RecordAsync(Guid? actor, string action, string account, object details) => RunAsync(
        () => audit.RecordBy(actor, action, "account", account, details));

    private Task RunAsync(Action record) => unitOfWork.RunAsync(
        _ =>
        {
            record();
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
