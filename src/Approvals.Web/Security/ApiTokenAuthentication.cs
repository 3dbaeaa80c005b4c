using System.Security.Claims;
using System.Text.Encodings.Web;
using Approvals.Core.Api;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
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

        // Whoever has become an administrator since is acted as by nobody: the token was made for less.
        var found = await (
            from token in db.ApiTokens.AsNoTracking()
            join person in db.People.AsNoTracking() on token.PersonId equals person.Id
            where token.TokenHash == hash && token.RevokedAt == null && token.ExpiresAt > now && person.IsActive
                && !db.RoleAssignments.Any(role => role.PersonId == person.Id && Roles.Administrators.Contains(role.Role))
            select new { token.Id, Person = person }).FirstOrDefaultAsync();
        if (found is null)
        {
            return AuthenticateResult.Fail("Unknown, expired or revoked token, or an administrator's.");
        }

        var identity = new ClaimsIdentity(await PersonClaims.OfAsync(db, found.Person), Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, $"token:{found.Id}"));
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
