using Approvals.Core.Regulations;

namespace Approvals.Core.Certificates.Activities;

/// <summary>What goes with each kind of certificate: series, text, use of the seal, default validity.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Caption">Chinese name.</param>
/// <param name="Document">Number series and template.</param>
/// <param name="TextName">Text file unless the step names another.</param>
/// <param name="SealCaption">Use of the seal.</param>
/// <param name="YearsParameter">Regulation parameter of its validity; null when it does not expire.</param>
internal sealed record CertificatePlan(
    CertificateKind Kind, string Caption, DocumentKind Document, string TextName, string? SealCaption, string? YearsParameter)
{
    /// <summary>The plan for a value of the designer's list; null when there is none.</summary>
    public static CertificatePlan? Find(string? kind) => kind switch
    {
        nameof(CertificateKind.Training) => new(
            CertificateKind.Training, "技术培训合格证书", DocumentKind.TrainingCertificate, "training-certificate", "培训考核专用章", null),
        nameof(CertificateKind.Appointment) => new(
            CertificateKind.Appointment, "聘任证书", DocumentKind.AppointmentCertificate, "appointment-certificate", "聘任专用章",
            ParameterKeys.CommanderTermYears),
        nameof(CertificateKind.WorkId) => new(
            CertificateKind.WorkId, "工作证", DocumentKind.WorkId, "work-id", null, ParameterKeys.CommanderTermYears),
        _ => null,
    };
}
