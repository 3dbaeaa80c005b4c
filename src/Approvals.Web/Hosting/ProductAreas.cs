using Approvals.Core.Allowances;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Compensation;
using Approvals.Core.Designer;
using Approvals.Core.Draws;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Integrity;
using Approvals.Core.Missions;
using Approvals.Core.Notices;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Training;
using Approvals.Core.Waiting;

namespace Approvals.Web.Hosting;

/// <summary>The business of the product, without pages and accounts: the server runs on it, and so does a dry run.</summary>
public static class ProductAreas
{
    /// <summary>One line per area of the product; each area registers its own services.</summary>
    public static IServiceCollection AddProductAreas(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOrganisation();
        services.AddCalendar();
        services.AddFiles();
        services.AddForms();
        services.AddRegulations();
        services.AddCommanderRules();
        services.AddInboxReading();
        services.AddProcesses(configuration);
        services.AddDesigner();
        services.AddCases();
        services.AddInbox();
        services.AddCertificates();
        services.AddNotices();
        services.AddTraining();
        services.AddCommanders();
        services.AddInsurance();
        services.AddMissions();
        services.AddAllowances();
        services.AddCompensation();
        services.AddPayouts();
        services.AddWaiting();
        services.AddDraws();
        services.AddIntegrity();
        return services;
    }
}
