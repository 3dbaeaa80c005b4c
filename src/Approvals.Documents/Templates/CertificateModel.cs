using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Templates;

/// <summary>What certificates have in common. All strings are final.</summary>
public abstract record CertificateModel : IDocumentModel
{
    /// <summary>Title in red, e.g. 聘任证书.</summary>
    public abstract string Title { get; }

    /// <summary>Certificate number with its label left out, e.g. 渝江技指聘〔2026〕0007号.</summary>
    public required string Number { get; init; }

    /// <summary>The holder; emphasised where the statement names them.</summary>
    public required string Holder { get; init; }

    /// <summary>What is certified, one paragraph.</summary>
    public required string Statement { get; init; }

    /// <summary>Further lines, e.g. 专业类别：危险化学品.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Article the certificate rests on, or null.</summary>
    public string? Basis { get; init; }

    /// <summary>Validity, e.g. 有效期五年：自2026年11月22日至2031年11月21日; null when it does not expire.</summary>
    public string? Validity { get; init; }

    /// <summary>Photo (JPEG or PNG), or null for an empty frame.</summary>
    public byte[]? Photo { get; init; }

    /// <summary>Issuing authority.</summary>
    public required string Authority { get; init; }

    /// <summary>Date of issue in Chinese.</summary>
    public required string Date { get; init; }

    /// <summary>Seal over authority and date, or null.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Check number and address.</summary>
    public required VerificationMark Verification { get; init; }

    /// <summary>When it was issued; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public abstract PagedDocument Compose(FontLibrary fonts);
}
