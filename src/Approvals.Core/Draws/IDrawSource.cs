using Approvals.Core.Cases;

namespace Approvals.Core.Draws;

/// <summary>Somebody a source offers, before recusal and rotation.</summary>
/// <param name="Id">Id in the register.</param>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="PersonId">The person, when the system knows one.</param>
/// <param name="Excluded">Why they cannot be drawn whatever the case, e.g. 任期届满; null when they can.</param>
public sealed record DrawOffer(string Id, string Name, string Unit, Guid? PersonId, string? Excluded);

/// <summary>A register that candidates are drawn from (候选来源); one class, one registration.</summary>
public interface IDrawSource
{
    /// <summary>Stable key, e.g. <c>commanders</c>.</summary>
    string Key { get; }

    /// <summary>Chinese name, e.g. 技术指挥官信息库.</summary>
    string Name { get; }

    /// <summary>Everybody of the asked specialties as of today, also those who cannot be drawn, with why.</summary>
    /// <param name="specialties">Codes; empty for all.</param>
    /// <param name="today">The day, in China.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<DrawOffer>> FindAsync(IReadOnlyList<string> specialties, DateOnly today, CancellationToken cancellationToken);
}
