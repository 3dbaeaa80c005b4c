using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Telemetry;

namespace Approvals.Web.Security;

/// <summary>Writes signing in, failing to, and signing out into the audit chain. User names are personal data and stay out.</summary>
public sealed class SignInAudit(UnitOfWork unitOfWork, AuditTrail audit, Measures measures)
{
    /// <summary>Somebody signed in.</summary>
    /// <param name="user">Account.</param>
    /// <param name="method">password, second-factor, recovery-code or oidc.</param>
    public Task SignedInAsync(ApplicationUser user, string method)
    {
        measures.SignIn(method);
        return RecordAsync(user.PersonId, "account.signed-in", user.Id.ToString(), new { method });
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
