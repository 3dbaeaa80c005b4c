using Approvals.Core.Audit;

namespace Approvals.Core.Integrity;

/// <summary>
/// The audit chain is unbroken and agrees with the signed checkpoints. Registered first: the checkpoints are read before the snapshot
/// of the database begins, so that none of them can be newer than it.
/// </summary>
internal sealed class ChainIsWhole(AuditVerifier verifier) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken) =>
        (await verifier.VerifyAsync(cancellationToken)).Break is { } broken
            ? [new Violation("audit", broken.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), broken.Text)]
            : [];
}
