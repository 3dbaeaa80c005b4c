using Approvals.Core.Regulations;

namespace Approvals.Core.Certificates.Activities;

/// <summary>What goes with each kind of certificate: series, text, use of the seal, default validity.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Document">Number series and template.</param>
/// <param name="TextName">Text file unless the step names another.</param>
/// <param name="SealCaption">Use of the seal.</param>
/// <param name="YearsParameter">Regulation parameter of its validity; null when it does not expire.</param>
internal sealed record CertificatePlan(
    CertificateKind Kind, DocumentKind Document, string TextName, string? SealCaption, string? YearsParameter)
{
    /// <summary>Captions in the designer, in the order of the process.</summary>
    public const string Training = "技术培训合格证书", Appointment = "聘任证书", WorkId = "工作证";

    /// <summary>The plan for a caption of the designer; null when there is none.</summary>
    public static CertificatePlan? Find(string? caption) => caption switch
    {
        Training => new(CertificateKind.Training, DocumentKind.TrainingCertificate, "training-certificate", "培训考核专用章", null),
        Appointment => new(CertificateKind.Appointment, DocumentKind.AppointmentCertificate, "appointment-certificate",
            "聘任专用章", ParameterKeys.CommanderTermYears),
        WorkId => new(CertificateKind.WorkId, DocumentKind.WorkId, "work-id", null, ParameterKeys.CommanderTermYears),
        _ => null,
    };
}
