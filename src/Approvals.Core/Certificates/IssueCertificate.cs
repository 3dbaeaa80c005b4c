using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates.Activities;
using Approvals.Core.Data;
using Approvals.Core.Regulations;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Certificates;

/// <summary>颁发证书 — a document with a row in the public register of certificates.</summary>
public sealed class IssueCertificate(
    ApprovalsDbContext db, IssuedDocuments documents, DocumentTexts texts, DocumentValues documentValues,
    RegulationParameters parameters, IOptions<BureauOptions> bureau, VoidCertificate voiding, AuditTrail audit, Announcer announcer,
    TimeProvider time)
{
    /// <summary>
    /// Issues within the caller's unit of work; repeated with the same key, it returns what was issued. After a return a case may come here
    /// again: what it issued of the kind before is void, replaced by the new one.
    /// </summary>
    /// <param name="scope">The case.</param>
    /// <param name="plan">What to issue.</param>
    /// <param name="issueKey">Run of the activity and text.</param>
    /// <param name="textName">Text file.</param>
    /// <param name="years">Validity where the regulation sets none; null for ever. Where it does (T§14), its parameter of the day counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<Certificate> IssueAsync(
        CaseScope scope, CertificatePlan plan, string issueKey, string textName, int? years, CancellationToken cancellationToken)
    {
        var from = time.Today();
        var term = plan.YearsParameter is { } key ? (await parameters.ValueAsync(key, from, cancellationToken)).Whole : years;
        var until = term is { } length ? CertificateState.LastDay(from, length) : null as DateOnly?;
        var code = CheckCode.New();
        var text = await texts.LoadAsync(scope.Row.DefinitionVersionId, textName, cancellationToken);
        var values = await documentValues.OfAsync(scope, cancellationToken);
        values["valid_from"] = ChineseDate.Of(from);
        values["valid_until"] = until is { } last ? ChineseDate.Of(last) : "";
        values["years"] = term?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        var holder = (string)values["name"]!;
        var (document, isNew) = await documents.IssueAsync(
            new IssueRequest(scope.Row.Id, issueKey, plan.Document, number =>
            {
                values["number"] = number;
                return text.Map(template => DocumentLiquid.Render(template, values, time));
            })
            {
                Holder = holder,
                PhotoFileId = await documentValues.PhotoAsync(scope.Row.Id, cancellationToken),
                CheckUrl = bureau.Value.CheckUrl(code),
                SealCaption = plan.SealCaption,
            },
            cancellationToken);
        if (!isNew)
        {
            return db.Certificates.Local.FirstOrDefault(row => row.DocumentId == document.Id)
                ?? await db.Certificates.SingleAsync(row => row.DocumentId == document.Id, cancellationToken);
        }

        var certificate = new Certificate
        {
            Kind = plan.Kind,
            Number = document.Number,
            CheckCode = code,
            CaseId = scope.Row.Id,
            DocumentId = document.Id,
            HolderName = holder,
            UnitName = (string)values["unit"]!,
            Subject = DocumentSnapshot.Parse(document.Model).Text.Subject ?? (string)values["specialty"]!,
            ValidFrom = from,
            ValidUntil = until,
        };
        db.Certificates.Add(certificate);
        audit.Record("certificate.issued", "certificate", certificate.Id.ToString(), new
        {
            number = certificate.Number, kind = certificate.Kind.ToString(), validFrom = from, validUntil = until,
        });
        await voiding.VoidEarlierAsync(scope.Row.Id, plan.Kind, certificate.Id, $"由 {certificate.Number} 取代", cancellationToken);
        announcer.Announce(WebhookEvents.CertificateIssued, certificate.Id, scope.Row, new
        {
            certificateId = certificate.Id, documentId = document.Id, number = certificate.Number, kind = certificate.Kind.ToString(),
            validFrom = from, validUntil = until,
        });
        return certificate;
    }
}
