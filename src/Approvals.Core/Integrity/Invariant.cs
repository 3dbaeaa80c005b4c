namespace Approvals.Core.Integrity;

/// <summary>A record that breaks a rule.</summary>
/// <param name="Rule">Which rule, one word of ours, e.g. <c>waits</c>.</param>
/// <param name="Subject">Id or number of the record; never personal data.</param>
/// <param name="Text">What is wrong, in Chinese, for the administrator.</param>
public sealed record Violation(string Rule, string Subject, string Text);

/// <summary>
/// Something that must hold of the stored records at every commit, whatever was killed, raced or repeated before. Reads only; each
/// area of the product may add one.
/// </summary>
public interface IInvariant
{
    /// <summary>
    /// Reads what lies outside the database and must not be newer than it. Every invariant's is called before the snapshot in which all of
    /// them check.
    /// </summary>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Records that break it, at most <see cref="IntegrityCheck.Limit"/> of a kind; empty when it holds.</summary>
    Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Violations">Everything found, rule by rule.</param>
public sealed record IntegrityReport(IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsWhole => Violations.Count == 0;
}
