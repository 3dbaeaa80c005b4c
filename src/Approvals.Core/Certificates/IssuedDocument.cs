namespace Approvals.Core.Certificates;

/// <summary>
/// A document issued in a case (文书): its number and model are fixed in the deciding transaction, the PDF is rendered from them
/// afterwards by the outbox, always to the same bytes.
/// </summary>
public sealed class IssuedDocument
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Issuing activity run and template, unique: a retried step issues nothing twice.</summary>
    public required string IssueKey { get; init; }

    /// <summary>Template: notice, training-certificate, appointment-certificate, work-id, letter, form …</summary>
    public required string Template { get; init; }

    /// <summary>Number as printed; gapless per series.</summary>
    public required string Number { get; init; }

    /// <summary>Chinese title for lists.</summary>
    public required string Title { get; init; }

    /// <summary>Model of the template as JSON, final strings only.</summary>
    public required string Model { get; init; }

    /// <summary>Whether anyone may read the PDF without sign-in (public notices only).</summary>
    public bool IsPublic { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>The PDF; null until rendered.</summary>
    public Guid? FileId { get; set; }

    /// <summary>SHA-256 of the PDF, lower-case hex; null until rendered.</summary>
    public string? Sha256 { get; set; }

    /// <summary>When it was rendered.</summary>
    public DateTimeOffset? RenderedAt { get; set; }
}

/// <summary>Kind of a certificate that the public may check.</summary>
public enum CertificateKind
{
    /// <summary>技术培训合格证书.</summary>
    Training,

    /// <summary>聘任证书.</summary>
    Appointment,

    /// <summary>工作证.</summary>
    WorkId,
}

/// <summary>A certificate (证书) that anyone can check by number or QR code.</summary>
public sealed class Certificate
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>What it is.</summary>
    public CertificateKind Kind { get; init; }

    /// <summary>Number as printed; unique.</summary>
    public required string Number { get; init; }

    /// <summary>Random word in the QR code's address, so that certificates cannot be counted through.</summary>
    public required string CheckCode { get; init; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>Holder's name; the public page masks it.</summary>
    public required string HolderName { get; init; }

    /// <summary>Holder's unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>What it certifies, e.g. the specialty.</summary>
    public required string Subject { get; init; }

    /// <summary>First day of validity.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity; null for ever.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>When it was voided; null while it stands.</summary>
    public DateTimeOffset? VoidedAt { get; set; }

    /// <summary>Why it was voided, for the public page.</summary>
    public string? VoidReason { get; set; }
}

/// <summary>A gapless number series (编号): the next number is taken under the row's lock in the issuing transaction.</summary>
public sealed class NumberSeries
{
    /// <summary>E.g. <c>case:commander-appointment:2026</c>; primary key.</summary>
    public required string Key { get; init; }

    /// <summary>Last number given.</summary>
    public int Last { get; set; }
}
