using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>What the public learns of a certificate: masked, nothing that tells more than the paper in hand.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Number as printed.</param>
/// <param name="MaskedName">Holder's name, masked.</param>
/// <param name="Subject">What it certifies.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidUntil">Last day; null for ever.</param>
/// <param name="Standing">Whether it holds.</param>
/// <param name="VoidedAt">When it was voided.</param>
/// <param name="VoidReason">Why.</param>
public sealed record CertificateCheck(
    CertificateKind Kind, string Number, string MaskedName, string Subject, DateOnly ValidFrom, DateOnly? ValidUntil,
    CertificateStanding Standing, DateTimeOffset? VoidedAt, string? VoidReason);

/// <summary>证书查验 — anyone asks by number or by the code in the QR code.</summary>
public sealed class CheckCertificate(ApprovalsDbContext db, TimeProvider time)
{
    /// <summary>The certificate with this code; null when there is none.</summary>
    public async Task<CertificateCheck?> ByCodeAsync(string code, CancellationToken cancellationToken)
    {
        var normal = CheckCode.Normalise(code);
        return Shown(await db.Certificates.AsNoTracking().FirstOrDefaultAsync(row => row.CheckCode == normal, cancellationToken));
    }

    /// <summary>The certificate with this printed number, however its brackets and blanks were typed; null when there is none.</summary>
    public async Task<CertificateCheck?> ByNumberAsync(string number, CancellationToken cancellationToken)
    {
        var normal = DocumentNumber.Normalise(number);
        return Shown(await db.Certificates.AsNoTracking().FirstOrDefaultAsync(row => row.Number == normal, cancellationToken));
    }

    private CertificateCheck? Shown(Certificate? row) => row is null ? null : new CertificateCheck(
        row.Kind, row.Number, Masking.Name(row.HolderName), row.Subject, row.ValidFrom, row.ValidUntil,
        CertificateState.Of(row, time.Today()), row.VoidedAt, row.VoidReason);
}
