using System.Data.Common;

namespace Approvals.Core.Data;

/// <summary>How what a <see cref="UnitOfWork"/> committed reaches the disk before anybody is told of it.</summary>
public interface ICommitFlush
{
    /// <summary>Whether the commit itself does not wait for the disk and <see cref="FlushAsync"/> must be awaited.</summary>
    bool IsShared { get; }

    /// <summary>Tells an open connection, before its transaction begins, that its commit need not wait for the disk.</summary>
    void Prepare(DbConnection connection);

    /// <summary>Sets a prepared connection back, after its transaction: what is written outside a unit of work waits for the disk itself.</summary>
    void Release(DbConnection connection);

    /// <summary>Waits until everything that was committed before the call is on the disk.</summary>
    /// <exception cref="IOException">The disk refused; whether the commit outlasts a power failure is not known.</exception>
    Task FlushAsync();
}

/// <summary>The database's commit returns when it is on the disk: there is nothing left to do.</summary>
public sealed class FlushedByCommit : ICommitFlush
{
    /// <inheritdoc />
    public bool IsShared => false;

    /// <inheritdoc />
    public void Prepare(DbConnection connection)
    {
    }

    /// <inheritdoc />
    public void Release(DbConnection connection)
    {
    }

    /// <inheritdoc />
    public Task FlushAsync() => Task.CompletedTask;
}
