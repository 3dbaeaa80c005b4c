namespace Approvals.Core.Missions;

/// <summary>Where help is needed.</summary>
/// <param name="Specialty">Specialty asked for.</param>
/// <param name="Latitude">Latitude; null when not known.</param>
/// <param name="Longitude">Longitude.</param>
public sealed record RosterNeed(string Specialty, double? Latitude, double? Longitude);

/// <summary>One line of a roster; plain values, kept as it was offered.</summary>
/// <param name="Place">1 for the first.</param>
/// <param name="Candidate">Who.</param>
/// <param name="IsSpecialist">Whether the specialty is the one asked for.</param>
/// <param name="Kilometres">Distance from base to scene, one decimal; null when not known.</param>
public sealed record RosterLine(int Place, RosterCandidate Candidate, bool IsSpecialist, double? Kilometres);

/// <summary>
/// 参考名册, T§15(4): "负责向现场总指挥提供技术指挥官参考名册". Orders the commanders in term for one event. Pure: the same people and place
/// always give the same order, and every key of the order is shown beside the name.
/// </summary>
/// <remarks>
/// Keys, the first that differs decides: can be called; specialty asked for; no unjustified refusal; distance in steps of ten
/// kilometres (unknown last); fewer unqualified, more excellent, more missions; distance; name. Cover does not change the place: its
/// absence is shown, and it stops the appointment.
/// </remarks>
public static class ReferenceRoster
{
    private const double StepKilometres = 10;

    /// <summary>The roster.</summary>
    public static IReadOnlyList<RosterLine> Rank(RosterNeed need, IEnumerable<RosterCandidate> candidates) =>
    [
        .. candidates
            .Select(one => (
                Candidate: one,
                IsSpecialist: one.Specialty == need.Specialty,
                Kilometres: Distance.Kilometres(one.Latitude, one.Longitude, need.Latitude, need.Longitude)))
            .OrderBy(one => one.Candidate.Availability == Availability.Available ? 0 : 1)
            .ThenBy(one => one.IsSpecialist ? 0 : 1)
            .ThenBy(one => one.Candidate.Record.UnjustifiedRefusals > 0 ? 1 : 0)
            .ThenBy(one => one.Kilometres is { } far ? Math.Floor(far / StepKilometres) : double.MaxValue)
            .ThenBy(one => one.Candidate.Record.Unqualified)
            .ThenByDescending(one => one.Candidate.Record.Excellent)
            .ThenByDescending(one => one.Candidate.Record.Missions)
            .ThenBy(one => one.Kilometres ?? double.MaxValue)
            .ThenBy(one => one.Candidate.Name, StringComparer.Ordinal)
            .ThenBy(one => one.Candidate.CommanderId)
            .Select((one, index) => new RosterLine(
                index + 1, one.Candidate, one.IsSpecialist, one.Kilometres is { } far ? Math.Round(far, 1) : null)),
    ];
}
