using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Certificates;

/// <summary>A document to issue.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="IssueKey">Run of the issuing activity and template: a repeated step issues nothing twice.</param>
/// <param name="Kind">Template and number series.</param>
/// <param name="Text">Its words with a number; asked for more than once, the first time with one that is not the document's own.</param>
public sealed record IssueRequest(Guid CaseId, string IssueKey, DocumentKind Kind, Func<string, DocumentText> Text)
{
    /// <summary>Holder's name on certificates.</summary>
    public string? Holder { get; init; }

    /// <summary>Photo on certificates.</summary>
    public Guid? PhotoFileId { get; init; }

    /// <summary>Address in the QR code.</summary>
    public string? CheckUrl { get; init; }

    /// <summary>Use of the seal.</summary>
    public string? SealCaption { get; init; }

    /// <summary>Who signs an order.</summary>
    public DocumentSigner? Signer { get; init; }

    /// <summary>Whether anyone may read the PDF.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>
/// Issues documents (文书签发): number and words are fixed in the deciding transaction; the PDF follows by the outbox. Scoped.
/// </summary>
public sealed class IssuedDocuments(
    ApprovalsDbContext db, Numbering numbering, Outbox outbox, AuditTrail audit, Announcer announcer,
    IOptions<BureauOptions> bureau, TimeProvider time)
{
    /// <summary>Stands in the words while they are tried.</summary>
    private const int Sample = 1;

    /// <summary>Issues the document, or finds it when it was issued under this key before. Call inside a unit of work.</summary>
    /// <returns>The document, and whether it is new.</returns>
    public async Task<(IssuedDocument Document, bool IsNew)> IssueAsync(IssueRequest request, CancellationToken cancellationToken)
    {
        var known = db.Documents.Local.FirstOrDefault(row => row.IssueKey == request.IssueKey)
            ?? await db.Documents.FirstOrDefaultAsync(row => row.IssueKey == request.IssueKey, cancellationToken);
        if (known is not null)
        {
            return (known, false);
        }

        var now = time.GetUtcNow();
        var year = ChinaTime.DateOf(now).Year;

        // Tried with a number nobody has: words that fail become an incident, whose transaction commits, and the number would be gone.
        request.Text(DocumentNumber.Format(request.Kind, bureau.Value, year, Sample));
        var next = await numbering.NextAsync(DocumentNumber.SeriesOf(request.Kind, year), cancellationToken);
        var number = DocumentNumber.Format(request.Kind, bureau.Value, year, next);
        var text = request.Text(number);
        var document = new IssuedDocument
        {
            CaseId = request.CaseId,
            IssueKey = request.IssueKey,
            Template = request.Kind.ToString(),
            Number = number,
            Title = text.TitleLine,
            Model = Snapshot(request, text, number, now).ToJson(),
            IsPublic = request.IsPublic,
            IssuedAt = now,
        };
        db.Documents.Add(document);
        outbox.Enqueue($"render-document:{document.Id}", RenderDocument.MessageKind, new RenderDocument.Payload(document.Id));
        audit.Record("document.issued", "document", document.Id.ToString(), new { number, caseId = request.CaseId, document.Template });
        await announcer.AnnounceAsync(
            WebhookEvents.DocumentIssued, document.Id, request.CaseId,
            new { documentId = document.Id, number, template = document.Template }, cancellationToken);
        return (document, true);
    }

    private DocumentSnapshot Snapshot(IssueRequest request, DocumentText text, string number, DateTimeOffset now) => new()
    {
        Number = number,
        Authority = bureau.Value.Name,
        Date = ChineseDate.Of(ChinaTime.DateOf(now)),
        Created = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
        Text = text,
        Holder = request.Holder,
        PhotoFileId = request.PhotoFileId,
        CheckUrl = request.CheckUrl,
        SealCaption = request.SealCaption,
        Signer = request.Signer,
    };
}
