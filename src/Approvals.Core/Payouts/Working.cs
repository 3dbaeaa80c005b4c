using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals.Core.Payouts;

/// <summary>One line of how an amount came about (计算过程), e.g. 市内现场，2026-11-20 至 2026-11-22：3 天 × 200.00 元 = 600.00 元.</summary>
/// <param name="Text">What is counted, in Chinese.</param>
/// <param name="Quantity">How many; null when the line is a plain sum.</param>
/// <param name="Unit">Unit of the quantity, e.g. 天.</param>
/// <param name="Rate">Yuan per unit; null when the line is a plain sum.</param>
/// <param name="Amount">Yuan, two decimals; quantity × rate rounded to the fen where both are given; negative for a cut (核减).</param>
/// <param name="Article">Article the line rests on, e.g. 办法第二十条; null for none.</param>
public sealed record WorkingLine(
    string Text, decimal? Quantity, string? Unit, decimal? Rate, decimal Amount, string? Article = null);

/// <summary>What a basis reference names.</summary>
public enum BasisKind
{
    /// <summary>An issued document (文书), e.g. an appointment or termination order.</summary>
    Document,

    /// <summary>An attachment of a case (附件), e.g. an invoice.</summary>
    Attachment,
}

/// <summary>A document an entitlement rests on (依据).</summary>
/// <param name="Kind">What <paramref name="Id"/> names.</param>
/// <param name="Id">Id of the issued document or attachment.</param>
/// <param name="Title">As lists name it.</param>
public sealed record BasisReference(BasisKind Kind, Guid Id, string Title);

/// <summary>Stores and reads the two lists.</summary>
public static class PayoutJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Chinese stays readable in the table; the text never reaches a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>As JSON.</summary>
    public static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Options);

    /// <summary>The working of an entitlement.</summary>
    public static IReadOnlyList<WorkingLine> WorkingOf(Entitlement entitlement) =>
        JsonSerializer.Deserialize<List<WorkingLine>>(entitlement.Working, Options)!;

    /// <summary>The basis of an entitlement.</summary>
    public static IReadOnlyList<BasisReference> BasisOf(Entitlement entitlement) =>
        JsonSerializer.Deserialize<List<BasisReference>>(entitlement.Basis, Options)!;
}
