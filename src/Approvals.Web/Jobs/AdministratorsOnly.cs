using Approvals.Core.Organisation;
using Hangfire.Dashboard;

namespace Approvals.Web.Jobs;

/// <summary>Lets system administrators see the dashboard, and nobody else: job arguments name cases and people.</summary>
internal sealed class AdministratorsOnly : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) =>
        context.GetHttpContext().RequestServices.GetRequiredService<CurrentPerson>().Is(Roles.SystemAdministrator);
}
