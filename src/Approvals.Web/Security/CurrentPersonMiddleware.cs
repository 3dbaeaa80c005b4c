using System.Security.Claims;
using Approvals.Core.Organisation;

namespace Approvals.Web.Security;

/// <summary>Tells the use cases who acts, from the claims of the request.</summary>
public static class CurrentPersonMiddleware
{
    /// <summary>Must stand between authentication and authorization.</summary>
    public static IApplicationBuilder UseCurrentPerson(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Apply(context.User, context.RequestServices.GetRequiredService<CurrentPerson>());
        return next(context);
    });

    private static void Apply(ClaimsPrincipal user, CurrentPerson person)
    {
        if (user.Identity?.IsAuthenticated == true && Guid.TryParse(user.FindFirstValue(PersonClaims.PersonId), out var id))
        {
            person.Set(
                id, user.FindFirstValue(PersonClaims.PersonName) ?? "", user.FindAll(ClaimTypes.Role).Select(claim => claim.Value));
        }
    }
}
