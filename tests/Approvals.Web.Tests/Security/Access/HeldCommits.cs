using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// While <see cref="Holds"/>, no transaction of the product commits: each request does all its work, answers as if it had succeeded, and
/// is rolled back. So every person of a walk finds the same world, and what one does to a thing hides nothing from the next.
/// </summary>
public sealed class HeldCommits : DbTransactionInterceptor
{
    /// <summary>Whether commits are held back.</summary>
    public bool Holds { get; set; }

    /// <inheritdoc />
    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) =>
        Holds ? InterceptionResult.Suppress() : result;

    /// <inheritdoc />
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Holds ? InterceptionResult.Suppress() : result);
}
