namespace Approvals.Core.Data;

/// <summary>
/// Looks at what a unit of work has changed and adds what follows from it, e.g. a timer, however and by whom it was changed. Scoped.
/// </summary>
public interface IBeforeCommit
{
    /// <summary>
    /// Called once within the transaction, before messages and timers are stored and the last changes are saved. Every unit of work calls it, so
    /// what does not concern it must cost nothing.
    /// </summary>
    Task BeforeCommitAsync(CancellationToken cancellationToken);
}
