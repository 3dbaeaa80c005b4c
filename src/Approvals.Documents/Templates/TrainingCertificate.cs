using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Templates;

/// <summary>技术培训合格证书, issued after a passed examination.</summary>
public sealed record TrainingCertificateModel : CertificateModel
{
    /// <inheritdoc />
    public override string Title => "技术培训合格证书";

    /// <inheritdoc />
    public override PagedDocument Compose(FontLibrary fonts) => TrainingCertificate.Compose(this, fonts);
}

/// <summary>Lays out <see cref="TrainingCertificateModel"/>.</summary>
public static class TrainingCertificate
{
    /// <summary>The certificate as one page.</summary>
    public static PagedDocument Compose(TrainingCertificateModel model, FontLibrary fonts) =>
        CertificateLayout.Compose(model, fonts, Rgb.OfficialRed);
}
