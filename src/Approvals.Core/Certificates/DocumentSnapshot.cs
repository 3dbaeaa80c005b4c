using System.Text.Json;
using Approvals.Core.Forms;

namespace Approvals.Core.Certificates;

/// <summary>
/// Everything a document says, as final strings. Stored with the document, so that it can be rendered again to the same bytes
/// whatever changes later in data, texts or configuration.
/// </summary>
public sealed record DocumentSnapshot
{
    /// <summary>Number as printed.</summary>
    public required string Number { get; init; }

    /// <summary>Issuing authority.</summary>
    public required string Authority { get; init; }

    /// <summary>Date of issue in Chinese.</summary>
    public required string Date { get; init; }

    /// <summary>When it was issued; the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Title, paragraphs, statement and the like.</summary>
    public required DocumentText Text { get; init; }

    /// <summary>Holder's name on certificates.</summary>
    public string? Holder { get; init; }

    /// <summary>Photo on certificates.</summary>
    public Guid? PhotoFileId { get; init; }

    /// <summary>Address in the QR code; null for a document without one.</summary>
    public string? CheckUrl { get; init; }

    /// <summary>Use of the seal, printed below its star; null for none.</summary>
    public string? SealCaption { get; init; }

    /// <summary>Who signs an order.</summary>
    public DocumentSigner? Signer { get; init; }

    /// <summary>As stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FormJson.Data);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static DocumentSnapshot Parse(string json) => JsonSerializer.Deserialize<DocumentSnapshot>(json, FormJson.Data)!;
}

/// <summary>Who signs an order, as printed.</summary>
/// <param name="Office">Office, e.g. 总指挥.</param>
/// <param name="Name">Name.</param>
/// <param name="SignatureFileId">Signature picture; null for none.</param>
public sealed record DocumentSigner(string Office, string Name, Guid? SignatureFileId);
