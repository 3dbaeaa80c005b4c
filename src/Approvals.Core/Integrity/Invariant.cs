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
