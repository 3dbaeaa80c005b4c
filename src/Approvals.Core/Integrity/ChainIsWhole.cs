using System.Globalization;
using Approvals.Core.Audit;

namespace Approvals.Core.Integrity;

/// <summary>The audit chain is unbroken and agrees with the signed checkpoints.</summary>
internal sealed class ChainIsWhole(AuditVerifier verifier, CheckpointWriter checkpoints) : IInvariant
{
    private IReadOnlyList<AuditCheckpoint?>? signed;

    /// <summary>The checkpoints: one that is written after the snapshot was taken names an entry the snapshot lacks.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken) => signed = await checkpoints.ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken) =>
        (await verifier.CompareAsync(signed ?? await checkpoints.ReadAsync(cancellationToken), cancellationToken)).Break is { } broken
            ? [new Violation("audit", broken.Sequence.ToString(CultureInfo.InvariantCulture), broken.Text)]
            : [];
}
