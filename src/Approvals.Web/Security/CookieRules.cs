namespace Approvals.Web.Security;

/// <summary>
/// How cookies are set. Where browsers are kept on TLS (<c>Https:Redirect</c>) they are never sent without it and bound to this one host
/// by their name (<c>__Host-</c>, RFC 6265bis): no neighbour under the same domain can plant or overwrite one.
/// </summary>
/// <param name="Prefix">What names begin with.</param>
/// <param name="Secure">When they are sent.</param>
internal sealed record CookieRules(string Prefix, CookieSecurePolicy Secure)
{
    /// <summary>The rules of a configuration.</summary>
    public static CookieRules For(IConfiguration configuration) => configuration.GetValue<bool>("Https:Redirect")
        ? new CookieRules("__Host-", CookieSecurePolicy.Always)
        : new CookieRules("", CookieSecurePolicy.SameAsRequest);

    /// <summary>The same for a cookie that is set by hand on an answer.</summary>
    public CookieOptions Hardened(HttpContext context, TimeSpan lasts) => new()
    {
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Secure == CookieSecurePolicy.Always || context.Request.IsHttps,
    };

    /// <summary>Closes a cookie to scripts and other sites. Lax, not Strict: a link in a mail must not look signed out.</summary>
    public void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = Prefix + name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = Secure;
    }
}
