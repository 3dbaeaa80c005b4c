using System.Data.Common;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>A fault of the database, as a lost connection is.</summary>
internal sealed class InjectedFault(string what) : DbException(what);

/// <summary>
/// Fails the n-th thing that is asked of the database: a command before it is sent, a commit before it is sent, or a commit after it
/// has been carried out, as when the answer is lost. Fails once, then lets everything through until armed again.
/// </summary>
internal sealed class FaultInjector
{
    private int left = int.MaxValue;
    private bool isWrapped;

    /// <summary>Whether it has failed something since it was armed.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Whether it lets what only reads pass uncounted.</summary>
    public bool IsOfSavesOnly { get; init; }

    /// <summary>What it failed.</summary>
    public string? Struck { get; private set; }

    /// <summary>Fails the n-th from now.</summary>
    public void Arm(int n) => (left, HasStruck, Struck) = (n, false, null);

    /// <summary>Fails nothing more.</summary>
    public void Disarm() => left = int.MaxValue;

    /// <summary>Puts it between the product and its database.</summary>
    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<ApprovalsDbContext>(
        options => options.AddInterceptors(new Commands(this), new Commits(this)));

    private void Pass(string what)
    {
        if ((IsOfSavesOnly && what.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)) || Interlocked.Decrement(ref left) != 0)
            return;
        (HasStruck, Struck) = (true, what);

        // Every other one as EF hands on what the database calls transient: wrapped.
        isWrapped = !isWrapped;
        throw isWrapped ? new InvalidOperationException("likely a transient failure", new InjectedFault(what)) : new InjectedFault(what);
    }

    private sealed class Commands(FaultInjector injector) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            injector.Pass(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            injector.Pass(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }

    private sealed class Commits(FaultInjector injector) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            injector.Pass("before the commit");
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            injector.Pass(After);
            return Task.CompletedTask;
        }
    }

    /// <summary>What is failed when the commit has happened and its answer is lost.</summary>
    public const string After = "after the commit";
}
