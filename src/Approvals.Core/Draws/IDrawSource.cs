using Approvals.Core.Cases;

namespace Approvals.Core.Draws;

/// <summary>Somebody a source offers, before recusal and rotation; each person once.</summary>
/// <param name="Id">Id in the register.</param>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="PersonId">The person, when the system knows one.</param>
/// <param name="Excluded">Why they cannot be drawn whatever the case, e.g. 任期届满; null when they can.</param>
public sealed record DrawOffer(string Id, string Name, string Unit, Guid? PersonId, string? Excluded)
{
    /// <summary>The person's other entries: who was drawn, has refused or keeps out by one of them does so by all.</summary>
    public IReadOnlyList<DrawEntry> Others { get; init; } = [];

    /// <summary>Every id the person has in the register, the offered one first.</summary>
    public IEnumerable<string> Ids => Others.Select(one => one.Id).Prepend(Id);
}

/// <summary>Another entry of somebody who is offered.</summary>
/// <param name="Id">Id in the register.</param>
/// <param name="Unit">Unit by it; null when the entry is over and its unit no longer counts.</param>
/// <param name="PersonId">The person by it, when the system knows one.</param>
public sealed record DrawEntry(string Id, string? Unit, Guid? PersonId);

/// <summary>A register that candidates are drawn from (候选来源); one class, one registration.</summary>
public interface IDrawSource
{
    /// <summary>Stable key, e.g. <c>commanders</c>.</summary>
    string Key { get; }

    /// <summary>Chinese name, e.g. 技术指挥官信息库.</summary>
    string Name { get; }

    /// <summary>Everybody of the asked specialties as of today, each once, also those who cannot be drawn, with why.</summary>
    /// <param name="specialties">Codes; empty for all.</param>
    /// <param name="today">The day, in China.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<DrawOffer>> FindAsync(IReadOnlyList<string> specialties, DateOnly today, CancellationToken cancellationToken);
}
