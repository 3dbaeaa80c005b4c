using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Organisation;

/// <summary>What a step's people are relative to: the case, and the day on which the step starts.</summary>
public sealed record ParticipantContext
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Whom the case is for; never approves it.</summary>
    public required Guid ApplicantId { get; init; }

    /// <summary>Who started it.</summary>
    public required Guid StarterId { get; init; }

    /// <summary>The applicant's unit.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>承办处室, which <c>@owner</c> means.</summary>
    public Guid? OwnerSectionId { get; init; }

    /// <summary>Dictionary code of the case's specialty, which <c>@concerned</c> means.</summary>
    public string? Specialty { get; init; }

    /// <summary>Activity id → who decided it last, for <c>decider@</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Guid>> DecidersByActivity { get; init; } =
        new Dictionary<string, IReadOnlyList<Guid>>();

    /// <summary>The case's data, for <c>field:</c>; null when there is none.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Whether they fill in a form; that decides nothing, so a role's applicant keeps it.</summary>
    public bool FillsIn { get; init; }

    /// <summary>The day on which posts must be held.</summary>
    public required DateOnly Today { get; init; }
}

/// <summary>Reads the people that a case's own fields name.</summary>
public static class ParticipantFields
{
    /// <summary>The person a field names; null when it names none.</summary>
    public static Guid? PersonIn(this ParticipantContext context, string field) =>
        Guid.TryParse(FieldValues.Text(context.Data?[field]), out var id) ? id : null;
}

/// <summary>Who works on a step, and why; kept with the step as the record of how it was assigned.</summary>
/// <param name="People">Each person once, in the order of the specs; empty when nobody was found.</param>
/// <param name="Unresolved">Specs, or parts of them, that named nobody who may act.</param>
public sealed record ParticipantResolution(
    IReadOnlyList<ChosenParticipant> People,
    IReadOnlyList<UnresolvedSpec> Unresolved)
{
    /// <summary>Everybody the step names was found. A step where all must agree may only start when this is true.</summary>
    public bool IsComplete => People.Count > 0 && Unresolved.Count == 0;
}

/// <summary>A chosen person.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Name">Name on the day of the choice.</param>
/// <param name="Why">Why, in Chinese, e.g. 危化处负责人（业务处室）; several reasons are joined by ；.</param>
/// <param name="Spec">The spec that chose them; several are joined by commas.</param>
public sealed record ChosenParticipant(Guid PersonId, string Name, string Why, string Spec);

/// <summary>A spec that led to nobody.</summary>
/// <param name="Spec">The spec as the step names it.</param>
/// <param name="Why">Why, in Chinese, for the administrator.</param>
public sealed record UnresolvedSpec(string Spec, string Why);
