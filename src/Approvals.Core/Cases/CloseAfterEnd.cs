using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;

namespace Approvals.Core.Cases;

/// <summary>Who ends an instance by hand, and why a case that ends with it does, in words.</summary>
/// <param name="Office">Who, by office.</param>
/// <param name="Outcome">How the case ended.</param>
public sealed record EndedBy(string Office, string Outcome)
{
    /// <summary>Who looks after the process.</summary>
    public static readonly EndedBy ProcessOwner = new("流程管理员", "由流程管理员终止");

    /// <summary>An administrator, for a fault that cannot be mended.</summary>
    public static readonly EndedBy Administrator = new("系统管理员", "因系统故障终止");
}

/// <summary>
/// What becomes of a case when one of its instances was ended by hand: with its main instance it ends, and the applicant is told; of a
/// sub-process its history tells, and whoever listens goes on without it.
/// </summary>
public sealed class CloseAfterEnd(
    CurrentPerson person, Notifier notifier, IEnumerable<ISubProcessEnded> listeners, IServiceProvider services)
{
    /// <summary>Within the unit of work that ended the instance.</summary>
    /// <param name="caseId">Its case.</param>
    /// <param name="instanceId">The ended instance.</param>
    /// <param name="process">Its process.</param>
    /// <param name="by">Who ended it.</param>
    /// <param name="reason">Why, as they wrote it.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task CloseAsync(
        Guid caseId, Guid instanceId, string process, EndedBy by, string reason, CancellationToken cancellationToken)
    {
        if (await CaseScope.LoadAsync(services, caseId, cancellationToken) is not { } found)
            return;
        var signer = new Signer(person.RequiredId, person.Name);
        if (found.Row.InstanceId != instanceId || found.Row.Status != CaseStatus.Running)
        {
            found.AddEvent("withdrawn", null, $"{by.Office}终止一个子流程", reason, signer);
            foreach (var listener in listeners.Where(one => one.Process == process))
                await listener.EndedAsync(instanceId, caseId, cancellationToken);
            return;
        }

        await new CloseCase(services).CloseAsync(found, CaseStatus.Withdrawn, by.Outcome, cancellationToken);
        found.AddEvent("withdrawn", null, $"{by.Office}终止办理", reason, signer);
        notifier.Tell(
            found.Row.ApplicantId, $"您的“{found.Row.ProcessName}”（{found.Row.Number}）已由{by.Office}终止办理：{reason}", $"/cases/{caseId}",
            "业务件已终止办理");
    }
}
