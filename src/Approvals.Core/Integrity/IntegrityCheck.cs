using Approvals.Core.Data;

namespace Approvals.Core.Integrity;

/// <summary>
/// 数据核查 — checks every invariant against one snapshot of the database, so that it may run while people work. Scoped; run by
/// <c>check</c>, after a restore and by the tests of faults.
/// </summary>
public sealed class IntegrityCheck(ApprovalsDbContext db, IEnumerable<IInvariant> invariants)
{
    /// <summary>Records of one kind that are named; more would hide the others.</summary>
    public const int Limit = 20;

    /// <summary>Checks everything. Changes nothing.</summary>
    public async Task<IntegrityReport> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var invariant in invariants)
            await invariant.PrepareAsync(cancellationToken);
        var found = new List<Violation>();
        await using var snapshot = await SnapshotRead.BeginAsync(db, cancellationToken);
        foreach (var invariant in invariants)
            found.AddRange(await invariant.CheckAsync(cancellationToken));
        return new IntegrityReport(found);
    }
}
