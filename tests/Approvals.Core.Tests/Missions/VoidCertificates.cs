using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;

namespace Approvals.Core.Tests.Missions;

/// <summary>An appointment certificate that was voided, with the document it is printed on.</summary>
internal static class VoidCertificates
{
    public static void Add(ApprovalsDbContext db, Commander commander, DateTimeOffset at)
    {
        var document = new IssuedDocument
        {
            CaseId = commander.CaseId, IssueKey = $"void:{commander.Id}", Template = "appointment-certificate", Number = commander.CertificateNumber,
            Title = "聘任证书", Model = "{}", IssuedAt = at,
        };
        db.Documents.Add(document);
        db.Certificates.Add(new Certificate
        {
            Kind = CertificateKind.Appointment, Number = commander.CertificateNumber, CheckCode = $"void{commander.Id:N}"[..20],
            CaseId = commander.CaseId, DocumentId = document.Id, HolderName = commander.Name, Subject = "聘任", VoidedAt = at, VoidReason = "解聘",
        });
    }
}
