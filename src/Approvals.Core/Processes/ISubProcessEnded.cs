namespace Approvals.Core.Processes;

/// <summary>Is told when an administrator ends a sub-process while its case goes on.</summary>
public interface ISubProcessEnded
{
    /// <summary>Process it listens to.</summary>
    string Process { get; }

    /// <summary>What it does then, as the rest of a sentence: 终止后，……</summary>
    string Consequence { get; }

    /// <summary>Called within the ending unit of work.</summary>
    /// <param name="instanceId">The ended instance.</param>
    /// <param name="caseId">Its case.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task EndedAsync(Guid instanceId, Guid caseId, CancellationToken cancellationToken);
}
