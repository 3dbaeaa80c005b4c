using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Templates;

/// <summary>聘任证书, signed by the leader, usually valid for five years.</summary>
public sealed record AppointmentCertificateModel : CertificateModel
{
    /// <inheritdoc />
    public override string Title => "聘任证书";

    /// <inheritdoc />
    public override PagedDocument Compose(FontLibrary fonts) => AppointmentCertificate.Compose(this, fonts);
}

/// <summary>Lays out <see cref="AppointmentCertificateModel"/>.</summary>
public static class AppointmentCertificate
{
    /// <summary>The certificate as one page.</summary>
    public static PagedDocument Compose(AppointmentCertificateModel model, FontLibrary fonts) =>
        CertificateLayout.Compose(model, fonts, Rgb.Gold);
}
