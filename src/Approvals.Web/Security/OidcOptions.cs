namespace Approvals.Web.Security;

/// <summary>Section <c>Oidc</c> of the configuration: sign-in by the office's identity provider. Off while Authority is empty.</summary>
public sealed class OidcOptions
{
    /// <summary>
    /// Address of the provider, e.g. <c>https://sso.example.gov.cn/realms/office</c>. Its sign-in page must be on the same host: the
    /// content policy lets forms lead there and nowhere else.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// Who the provider is in its tokens (<c>iss</c>); null for <see cref="Authority"/>. A description of the provider that names
    /// somebody else is not believed.
    /// </summary>
    public string? Issuer { get; set; }

    /// <summary>Client id registered there.</summary>
    public string? ClientId { get; set; }

    /// <summary>Client secret; best given as an environment variable <c>Oidc__ClientSecret</c>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Caption of the button.</summary>
    public string DisplayName { get; set; } = "统一身份认证";

    /// <summary>Claim that tells who it is.</summary>
    public string MatchClaim { get; set; } = "preferred_username";

    /// <summary>What of ours it is compared with: <c>username</c>, <c>email</c> (only when verified) or <c>number</c>.</summary>
    public string MatchBy { get; set; } = "username";

    /// <summary>Whether an unknown person gets an account without any role or post. False refuses them.</summary>
    public bool AutoProvision { get; set; }

    /// <summary>Whether the provider may be reached without TLS; for tests on one machine only.</summary>
    public bool AllowInsecureAuthority { get; set; }
}
