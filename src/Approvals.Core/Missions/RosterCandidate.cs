namespace Approvals.Core.Missions;

/// <summary>Whether a commander can be called now.</summary>
public enum Availability
{
    /// <summary>可用.</summary>
    Available,

    /// <summary>执行任务中 — on a mission, or asked for one.</summary>
    OnMission,

    /// <summary>不在位 — by an absence that was stated.</summary>
    Away,
}

/// <summary>What a commander has done so far (履历).</summary>
/// <param name="Missions">Missions that were accepted.</param>
/// <param name="Excellent">Of them graded excellent.</param>
/// <param name="Unqualified">Of them graded unqualified.</param>
/// <param name="UnjustifiedRefusals">Appointments refused without good reason.</param>
public sealed record MissionRecord(int Missions, int Excellent, int Unqualified, int UnjustifiedRefusals)
{
    /// <summary>Nothing yet.</summary>
    public static readonly MissionRecord None = new(0, 0, 0, 0);
}

/// <summary>Accident cover of a person on a day.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Insurer">Insurer.</param>
/// <param name="PolicyNumber">Policy number.</param>
/// <param name="Sum">Sum insured in yuan.</param>
/// <param name="Until">Last day of cover.</param>
public sealed record Cover(Guid PolicyId, string Insurer, string PolicyNumber, decimal Sum, DateOnly Until);

/// <summary>A commander in term who may be offered.</summary>
public sealed record RosterCandidate
{
    /// <summary>Commander.</summary>
    public required Guid CommanderId { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Unit.</summary>
    public required string UnitName { get; init; }

    /// <summary>Specialty (dictionary code).</summary>
    public required string Specialty { get; init; }

    /// <summary>The same in Chinese.</summary>
    public required string SpecialtyName { get; init; }

    /// <summary>Base in words.</summary>
    public string? BasePlace { get; init; }

    /// <summary>Latitude of the base.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude of the base.</summary>
    public double? Longitude { get; init; }

    /// <summary>Whether they can be called.</summary>
    public Availability Availability { get; init; }

    /// <summary>Why not, or until when.</summary>
    public string? AvailabilityNote { get; init; }

    /// <summary>What they have done.</summary>
    public MissionRecord Record { get; init; } = MissionRecord.None;

    /// <summary>Cover of at least the sum asked for; null when there is none today.</summary>
    public Cover? Cover { get; init; }
}
