namespace Approvals.Core.Certificates;

/// <summary>What the public page says of a certificate.</summary>
public enum CertificateStanding
{
    /// <summary>有效.</summary>
    Valid,

    /// <summary>尚未生效.</summary>
    NotYetValid,

    /// <summary>已过期.</summary>
    Expired,

    /// <summary>已作废 — beats everything else, at once.</summary>
    Void,
}

/// <summary>Decides whether a certificate holds. Pure.</summary>
public static class CertificateState
{
    /// <summary>The standing on a day; first and last day of validity both count.</summary>
    public static CertificateStanding Of(DateOnly validFrom, DateOnly? validUntil, bool isVoided, DateOnly today) =>
        isVoided ? CertificateStanding.Void
        : today < validFrom ? CertificateStanding.NotYetValid
        : today > validUntil ? CertificateStanding.Expired
        : CertificateStanding.Valid;

    /// <summary>The standing of a certificate on a day.</summary>
    public static CertificateStanding Of(Certificate certificate, DateOnly today) =>
        Of(certificate.ValidFrom, certificate.ValidUntil, certificate.VoidedAt is not null, today);

    /// <summary>Last day of so many years from a first day: five years from 2026-11-22 end on 2031-11-21.</summary>
    /// <param name="from">First day.</param>
    /// <param name="years">At least 1.</param>
    public static DateOnly LastDay(DateOnly from, int years) => from.AddYears(years) is var anniversary
        && anniversary.Day == from.Day ? anniversary.AddDays(-1) : anniversary;
}
