using System.Diagnostics;
using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Notifications;
using Approvals.Core.Telemetry;
using Approvals.Core.Webhooks;
using Approvals.Documents;
using Approvals.Documents.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>Renders issued documents after the commit. Repeating it gives the same bytes, or it is a fault that must be seen.</summary>
public sealed class RenderDocument(
    ApprovalsDbContext db, UnitOfWork unitOfWork, FileStore files, DocumentRenderer renderer, Announcer announcer,
    Measures measures, TimeProvider time) : IOutboxHandler
{
    /// <summary>Kind of its messages.</summary>
    public const string MessageKind = "render-document";

    /// <summary>What its messages carry.</summary>
    /// <param name="DocumentId">Which document.</param>
    public sealed record Payload(Guid DocumentId);

    /// <inheritdoc />
    public string Kind => MessageKind;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A second rendering gave other bytes than the first.</exception>
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(message.Payload, JsonSerializerOptions.Web)!.DocumentId;
        var document = await db.Documents.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var snapshot = DocumentSnapshot.Parse(document.Model);
        var photo = snapshot.PhotoFileId is { } photoId ? await ReadAsync(photoId, cancellationToken) : null;
        var signature = snapshot.Signer?.SignatureFileId is { } signatureId ? await ReadAsync(signatureId, cancellationToken) : null;
        var rendered = Render(document, snapshot, photo, signature);
        if (document.Sha256 is null && await StoreAsync(document, rendered, cancellationToken))
        {
            return;
        }

        var stored = document.Sha256
            ?? await db.Documents.Where(row => row.Id == id).Select(row => row.Sha256).SingleAsync(cancellationToken);
        if (stored != rendered.Sha256)
        {
            throw new InvalidOperationException($"Document {id} was rendered to other bytes than before.");
        }
    }

    private RenderedDocument Render(IssuedDocument document, DocumentSnapshot snapshot, byte[]? photo, byte[]? signature)
    {
        using var span = Tracing.Begin("render")?.SetTag("approvals.template", document.Template).SetTag("approvals.document", document.Id);
        var started = Stopwatch.GetTimestamp();
        var rendered = renderer.Render(DocumentModels.Build(document.Template, snapshot, photo, signature));
        measures.Rendered(document.Template, Stopwatch.GetElapsedTime(started));
        return rendered;
    }

    private Task<bool> StoreAsync(IssuedDocument document, RenderedDocument rendered, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            using var content = new MemoryStream(rendered.Pdf, writable: false);
            var file = await files.SaveAsync(content, "application/pdf", null, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            var now = time.GetUtcNow();

            // Closes the race of two workers that render the same document: the first to find it without a file stores its own.
            var stored = await db.Documents.Where(row => row.Id == document.Id && row.FileId == null).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.FileId, file.Id)
                    .SetProperty(row => row.Sha256, rendered.Sha256)
                    .SetProperty(row => row.RenderedAt, now),
                cancellationToken);
            if (stored == 0)
            {
                scope.Abort();
                return false;
            }

            await announcer.AnnounceAsync(
                WebhookEvents.DocumentReady, document.Id, document.CaseId,
                new { documentId = document.Id, number = document.Number, template = document.Template, sha256 = rendered.Sha256 },
                cancellationToken);
            return true;
        },
        cancellationToken);

    private async Task<byte[]> ReadAsync(Guid fileId, CancellationToken cancellationToken)
    {
        var file = await db.Files.AsNoTracking().SingleAsync(row => row.Id == fileId, cancellationToken);
        await using var stream = await files.OpenAsync(file, cancellationToken);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
