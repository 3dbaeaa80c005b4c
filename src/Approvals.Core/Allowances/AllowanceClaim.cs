using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Approvals.Core.Forms;
using Approvals.Core.Payouts;

namespace Approvals.Core.Allowances;

/// <summary>One commander's part of a claim as its case keeps it: what is signed is what is granted.</summary>
/// <param name="MissionId">Mission.</param>
/// <param name="CommanderId">Commander.</param>
/// <param name="Name">Name.</param>
/// <param name="Marks">Day → mark, as claimed.</param>
/// <param name="Note">Why days are half or absent.</param>
/// <param name="Days">Days it pays.</param>
/// <param name="Working">Working.</param>
/// <param name="Amount">Yuan.</param>
public sealed record ClaimPart(
    Guid MissionId, Guid CommanderId, string Name, IReadOnlyDictionary<DateOnly, DayMark> Marks, string? Note,
    IReadOnlyList<ClaimedDay> Days, IReadOnlyList<WorkingLine> Working, decimal Amount);

/// <summary>What a correction takes back.</summary>
/// <param name="EntitlementId">Entitlement.</param>
/// <param name="Number">Its number.</param>
/// <param name="Amount">Its amount, positive.</param>
/// <param name="Reason">Why.</param>
public sealed record ClaimReversal(Guid EntitlementId, string Number, decimal Amount, string Reason);

/// <summary>A claim (工作补助申请) in the data of its case, beside the lines that people read and sign.</summary>
/// <param name="EventId">Event.</param>
/// <param name="RateVersion">Version of the rate table.</param>
/// <param name="Parts">One for each commander.</param>
/// <param name="Reversal">What it takes back; null for an ordinary claim.</param>
public sealed record AllowanceClaim(Guid EventId, int RateVersion, IReadOnlyList<ClaimPart> Parts, ClaimReversal? Reversal)
{
    private const string Key = "claim";

    private static readonly JsonSerializerOptions Json = new(FormJson.Data) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>What is to be paid; negative when a correction takes back more than it grants.</summary>
    public decimal Total => Parts.Sum(part => part.Amount) - (Reversal?.Amount ?? 0);

    /// <summary>The claim of a case; null when its data holds none.</summary>
    public static AllowanceClaim? Read(JsonObject data) => data[Key].Deserialize<AllowanceClaim>(Json);

    /// <summary>Writes it into the data.</summary>
    public void Write(JsonObject data) => data[Key] = JsonSerializer.SerializeToNode(this, Json);
}
