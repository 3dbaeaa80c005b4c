using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Data;

/// <summary>How what a <see cref="UnitOfWork"/> committed reaches the disk before anybody is told of it.</summary>
public interface ICommitFlush
{
    /// <summary>
    /// Lends a context for its turn the connection on which all turns run and whose commits do not wait for the disk; disposing the result
    /// gives it back. Null when the context writes on its own.
    /// </summary>
    IDisposable? Lend(DbContext context);

    /// <summary>Waits until everything that was committed before the call is on the disk.</summary>
    /// <exception cref="IOException">The disk refused; whether the commit outlasts a power failure is not known.</exception>
    Task FlushAsync();
}

/// <summary>The database's commit returns when it is on the disk: there is nothing left to do.</summary>
public sealed class FlushedByCommit : ICommitFlush
{
    /// <inheritdoc />
    public IDisposable? Lend(DbContext context) => null;

    /// <inheritdoc />
    public Task FlushAsync() => Task.CompletedTask;
}
