using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Approvals.Web.Tests.Security;

/// <summary>What is wrong with a token.</summary>
public enum Forgery
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Signed with a key that the provider does not publish, under the name of one that it does.</summary>
    OtherKey,

    /// <summary>Not signed (<c>alg: none</c>).</summary>
    NoSignature,

    /// <summary>Signed symmetrically with what everybody knows, the public key.</summary>
    SignedWithThePublicKey,

    /// <summary>Meant for another client of the provider.</summary>
    OtherAudience,

    /// <summary>Another provider's.</summary>
    OtherIssuer,

    /// <summary>No longer valid.</summary>
    Expired,

    /// <summary>Not valid yet.</summary>
    NotYet,

    /// <summary>Of another way to the provider.</summary>
    OtherNonce,
}

/// <summary>The office's identity provider: discovery, keys, and a token endpoint that knows whom it sent back with which code.</summary>
internal sealed class IdentityProvider : HttpMessageHandler
{
    public const string Authority = "https://sso.example";

    public const string ClientId = "approvals";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly Dictionary<string, (string UserName, string Subject, string Nonce, string Challenge)> codes = [];

    /// <summary>When people signed in at the provider, in its tokens as <c>auth_time</c>; null for a provider that does not say.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>What is wrong with the tokens it gives.</summary>
    public Forgery Forges { get; set; }

    /// <summary>Who it says it is.</summary>
    public string Issuer { get; init; } = Authority;

    /// <summary>Lets the product reach it, and nothing else, when it asks for keys and tokens.</summary>
    public void Connect(OpenIdConnectOptions options)
    {
        options.Backchannel = new HttpClient(this, disposeHandler: false);
        options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            Authority + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(options.Backchannel));
    }

    /// <summary>Signs somebody in: takes the address the browser was sent to, gives the address it is sent back to.</summary>
    /// <param name="authorizeAddress">Where the browser was sent.</param>
    /// <param name="userName">Who signs in.</param>
    /// <param name="subject">The provider's own id for them; null for the one that goes with the name.</param>
    public string SignIn(string authorizeAddress, string userName, string? subject = null)
    {
        var asked = HttpUtility.ParseQueryString(new Uri(authorizeAddress).Query);
        Assert.Equal((ClientId, "code", "S256"), (asked["client_id"], asked["response_type"], asked["code_challenge_method"]));
        var code = Guid.NewGuid().ToString("N");
        codes[code] = (userName, subject ?? "id-of-" + userName, asked["nonce"]!, asked["code_challenge"]!);
        var back = new Uri(asked["redirect_uri"]!).PathAndQuery;
        return $"{back}?code={code}&state={Uri.EscapeDataString(asked["state"]!)}";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath switch
        {
            "/.well-known/openid-configuration" => Answer(new
            {
                issuer = Issuer,
                authorization_endpoint = Authority + "/authorize",
                token_endpoint = Authority + "/token",
                jwks_uri = Authority + "/keys",
            }),
            "/keys" => Answer(new { keys = new[] { Published() } }),
            "/token" => Answer(Tokens(HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken)))),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };

    private Dictionary<string, object> Tokens(System.Collections.Specialized.NameValueCollection sent)
    {
        var (userName, subject, nonce, challenge) = codes[sent["code"]!];
        Assert.Equal(challenge, Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(sent["code_verifier"]!))));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime + (Forges switch
        {
            Forgery.Expired => TimeSpan.FromMinutes(-30),
            Forgery.NotYet => TimeSpan.FromMinutes(30),
            _ => TimeSpan.Zero,
        });
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject, ["preferred_username"] = userName, ["nonce"] = Forges == Forgery.OtherNonce ? nonce + "x" : nonce,
        };
        if (SignedInAt is { } at)
            claims["auth_time"] = at.ToUnixTimeSeconds();
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Forges == Forgery.OtherIssuer ? "https://sso.other.example" : Issuer,
            Audience = Forges == Forgery.OtherAudience ? "another-client" : ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = Credentials(),
        });
        return new() { ["access_token"] = "access", ["token_type"] = "Bearer", ["id_token"] = token, ["expires_in"] = 300 };
    }

    private SigningCredentials? Credentials() => Forges switch
    {
        Forgery.NoSignature => null,
        Forgery.OtherKey => new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = key.KeyId }, SecurityAlgorithms.RsaSha256),
        Forgery.SignedWithThePublicKey => new(
            new SymmetricSecurityKey(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId }, SecurityAlgorithms.HmacSha256),
        _ => new(key, SecurityAlgorithms.RsaSha256),
    };

    private Dictionary<string, string> Published()
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.KeyId, ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }

    private static HttpResponseMessage Answer<T>(T content) => new(HttpStatusCode.OK) { Content = JsonContent.Create(content) };
}
