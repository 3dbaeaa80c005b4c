using Approvals.Documents;
using Approvals.Documents.Graphics;
using Approvals.Documents.Templates;

namespace Approvals.Core.Certificates;

/// <summary>Turns a stored snapshot into the model its template lays out. Pure: same snapshot and photo, same document.</summary>
public static class DocumentModels
{
    /// <summary>The model.</summary>
    /// <param name="template">Name of a <see cref="DocumentKind"/>.</param>
    /// <param name="snapshot">What it says.</param>
    /// <param name="photo">Photo of the holder; null for none.</param>
    /// <param name="signature">Signature picture of who signs an order; null for none.</param>
    public static IDocumentModel Build(string template, DocumentSnapshot snapshot, byte[]? photo, byte[]? signature = null) =>
        Enum.Parse<DocumentKind>(template) switch
        {
            DocumentKind.Notice => Notice(snapshot),
            DocumentKind.Letter => Letter(snapshot),
            DocumentKind.TrainingCertificate => Training(snapshot, photo),
            DocumentKind.AppointmentCertificate => Appointment(snapshot, photo),
            DocumentKind.WorkId => Card(snapshot, photo),
            DocumentKind.Order => Order(snapshot, signature),
            _ => throw new ArgumentOutOfRangeException(nameof(template)),
        };

    private static PublicNoticeModel Notice(DocumentSnapshot snapshot) => new()
    {
        Letterhead = snapshot.Authority + "文件",
        Authority = snapshot.Authority,
        Number = snapshot.Number,
        Title = snapshot.Text.Title,
        Addressee = snapshot.Text.Addressee,
        Paragraphs = snapshot.Text.Paragraphs,
        Persons = snapshot.Text.Table is { } table
            ? new ListTable([.. table.Columns.Select(column => (column.Heading, column.Width))], table.Rows)
            : null,
        Contact = snapshot.Text.Contact,
        Date = snapshot.Date,
        Seal = SealOf(snapshot),
        Verification = MarkOf(snapshot),
        Created = snapshot.Created,
    };

    private static DecisionLetterModel Letter(DocumentSnapshot snapshot) => new()
    {
        Letterhead = snapshot.Authority,
        Authority = snapshot.Authority,
        Number = snapshot.Number,
        Title = snapshot.Text.Title,
        Addressee = snapshot.Text.Addressee ?? "",
        Paragraphs = [.. snapshot.Text.Paragraphs, .. snapshot.Text.Contact],
        Date = snapshot.Date,
        Seal = SealOf(snapshot),
        Verification = MarkOf(snapshot),
        Created = snapshot.Created,
    };

    private static TrainingCertificateModel Training(DocumentSnapshot snapshot, byte[]? photo) => new()
    {
        Number = snapshot.Number,
        Holder = snapshot.Holder ?? "",
        Statement = snapshot.Text.Statement ?? "",
        Details = snapshot.Text.Details,
        Basis = snapshot.Text.Basis,
        Validity = snapshot.Text.Validity,
        Photo = photo,
        Authority = snapshot.Authority,
        Date = snapshot.Date,
        Seal = SealOf(snapshot),
        Verification = MarkOf(snapshot)!,
        Created = snapshot.Created,
    };

    private static AppointmentCertificateModel Appointment(DocumentSnapshot snapshot, byte[]? photo) => new()
    {
        Number = snapshot.Number,
        Holder = snapshot.Holder ?? "",
        Statement = snapshot.Text.Statement ?? "",
        Details = snapshot.Text.Details,
        Basis = snapshot.Text.Basis,
        Validity = snapshot.Text.Validity,
        Photo = photo,
        Authority = snapshot.Authority,
        Date = snapshot.Date,
        Seal = SealOf(snapshot),
        Verification = MarkOf(snapshot)!,
        Created = snapshot.Created,
    };

    private static WorkIdCardModel Card(DocumentSnapshot snapshot, byte[]? photo) => new()
    {
        Title = snapshot.Text.Title,
        Authority = snapshot.Authority,
        Name = snapshot.Holder ?? "",
        Specialty = snapshot.Text.Subject ?? "",
        Number = snapshot.Number,
        Validity = snapshot.Text.Validity ?? "",
        Notes = snapshot.Text.Notes,
        Photo = photo,
        Verification = MarkOf(snapshot)!,
        Created = snapshot.Created,
    };

    private static CommandOrderModel Order(DocumentSnapshot snapshot, byte[]? signature) => new()
    {
        Letterhead = snapshot.Text.Subject ?? snapshot.Authority + "令",
        Authority = snapshot.Authority,
        Number = snapshot.Number,
        Title = snapshot.Text.Title,
        Addressee = snapshot.Text.Addressee,
        Paragraphs = [.. snapshot.Text.Paragraphs, .. snapshot.Text.Contact],
        SignerOffice = snapshot.Signer?.Office ?? "",
        SignerName = snapshot.Signer?.Name ?? "",
        Signature = signature,
        Date = snapshot.Date,
        Created = snapshot.Created,
    };

    private static Seal SealOf(DocumentSnapshot snapshot) => new(snapshot.Authority, snapshot.SealCaption);

    private static VerificationMark? MarkOf(DocumentSnapshot snapshot) =>
        snapshot.CheckUrl is { } url ? new VerificationMark(url, snapshot.Number) : null;
}
