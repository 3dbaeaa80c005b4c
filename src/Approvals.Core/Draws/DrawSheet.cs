using System.Text.Json;

namespace Approvals.Core.Draws;

/// <summary>What a step asks to be drawn.</summary>
/// <param name="Source">Where candidates come from.</param>
/// <param name="Count">How many.</param>
/// <param name="Specialties">Specialty codes; empty for all.</param>
/// <param name="RotationDays">Days that rotation looks back; 0 for equal chances.</param>
/// <param name="Recused">Ids or names that have to keep out (回避).</param>
/// <param name="ResultField">Form field that gets the names; null for none.</param>
public sealed record DrawOrder(
    string Source, int Count, IReadOnlyList<string> Specialties, int RotationDays, IReadOnlyList<string> Recused, string? ResultField)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>As stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads it back.</summary>
    public static DrawOrder Read(string json) => JsonSerializer.Deserialize<DrawOrder>(json, Options)!;
}

/// <summary>Somebody of the source, in the urn or kept out.</summary>
/// <param name="Id">Id in the register.</param>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Weight">Chances; what it would have been for those kept out.</param>
/// <param name="Excluded">Why kept out; null for those in the urn.</param>
public sealed record DrawSubject(string Id, string Name, string Unit, int Weight, string? Excluded);

/// <summary>Everything about a draw that was held; its canonical JSON is hashed.</summary>
public sealed record DrawSheet
{
    /// <summary>Algorithm, <see cref="Draw.Algorithm"/>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Id of the draw.</summary>
    public required Guid DrawId { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>Case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>What was asked for.</summary>
    public required DrawOrder Order { get; init; }

    /// <summary>How many were drawn for: less than asked for when those of a former draw stay.</summary>
    public required int Count { get; init; }

    /// <summary>Why it took place.</summary>
    public required string Ground { get; init; }

    /// <summary>The ground in words; empty for the first draw.</summary>
    public required string GroundText { get; init; }

    /// <summary>The draw it follows; null for the first.</summary>
    public Guid? FormerId { get; init; }

    /// <summary>Published before: SHA-256 of the secret number.</summary>
    public required string Commitment { get; init; }

    /// <summary>The secret number, now open, hex.</summary>
    public required string Nonce { get; init; }

    /// <summary>Newest audit entry when the candidates were fixed.</summary>
    public required long AuditSequence { get; init; }

    /// <summary>Its hash.</summary>
    public required string AuditHash { get; init; }

    /// <summary>The seed, hex.</summary>
    public required string Seed { get; init; }

    /// <summary>Everybody of the source, by id.</summary>
    public required IReadOnlyList<DrawSubject> Subjects { get; init; }

    /// <summary>Ids that stay from the former draw.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>Who was drawn, in order.</summary>
    public required IReadOnlyList<DrawPick> Picks { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public required long DrawnAt { get; init; }

    /// <summary>Who is chosen in the end: those kept, then those drawn.</summary>
    public IEnumerable<DrawSubject> Chosen() =>
        Kept.Concat(Picks.Select(pick => pick.Id)).Select(id => Subjects.First(one => one.Id == id));

    /// <summary>Reads a stored sheet.</summary>
    public static DrawSheet Read(string json) => JsonSerializer.Deserialize<DrawSheet>(json, JsonSerializerOptions.Web)!;
}
