namespace Approvals.Core.Certificates;

/// <summary>Is told when a certificate is made void.</summary>
public interface ICertificateVoided
{
    /// <summary>Called within the voiding unit of work, for each certificate.</summary>
    /// <param name="certificate">As it is now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task VoidedAsync(Certificate certificate, CancellationToken cancellationToken);
}
