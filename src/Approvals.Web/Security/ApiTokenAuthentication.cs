using System.Security.Claims;
using System.Text.Encodings.Web;
using Approvals.Core.Api;
using Approvals.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>Signs in another office system by <c>Authorization: Bearer</c>, with the rights of the person it acts as.</summary>
public sealed class ApiTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApprovalsDbContext db,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "ApiToken";

    private const string Prefix = "Bearer ";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var hash = ApiTokens.HashOf(header[Prefix.Length..].Trim());
        var now = time.GetUtcNow();
        var token = await db.ApiTokens.AsNoTracking()
            .FirstOrDefaultAsync(one => one.TokenHash == hash && one.RevokedAt == null && one.ExpiresAt > now);
        var person = token is null
            ? null
            : await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.Id == token.PersonId && one.IsActive);
        if (token is null || person is null)
        {
            return AuthenticateResult.Fail("Unknown, expired or revoked token.");
        }

        var identity = new ClaimsIdentity(await PersonClaims.OfAsync(db, person), Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, $"token:{token.Id}"));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
