using Approvals.Core.Organisation;

namespace Approvals.Web.Security;

/// <summary>Names of the authorization policies. Rights on one case are asked of the case, not of a policy.</summary>
public static class Policies
{
    /// <summary>Organisation, people, unassigned tasks, incidents, jobs: 系统管理员.</summary>
    public const string SystemAdministration = "system-administration";

    /// <summary>Roles, accounts, API tokens: 安全管理员.</summary>
    public const string SecurityAdministration = "security-administration";

    /// <summary>People and accounts: 系统管理员 or 安全管理员, each with their own acts.</summary>
    public const string PeopleAdministration = "people-administration";

    /// <summary>Audit chain and search: 审计管理员.</summary>
    public const string Auditing = "auditing";

    /// <summary>Processes, parameters, calendar: 流程管理员.</summary>
    public const string ProcessOwnership = "process-ownership";

    /// <summary>Processes in the designer, to change: 流程管理员.</summary>
    public const string ProcessDesign = "process-design";

    /// <summary>Processes in the designer, to read: 流程管理员, and 审计管理员, who change nothing.</summary>
    public const string ProcessReading = "process-reading";

    /// <summary>Training sessions and scores: 培训考核经办.</summary>
    public const string Training = "training";

    /// <summary>Objections to notices: 公示异议经办.</summary>
    public const string Objections = "objections";

    /// <summary>Payout packets, payees' accounts, reconciliation: 财务.</summary>
    public const string Finance = "finance";

    /// <summary>Register of commanders: 信息库管理.</summary>
    public const string RegisterKeeping = "register-keeping";

    /// <summary>Opening events: 值班室.</summary>
    public const string DutyOffice = "duty-office";

    /// <summary>Claims of the daily allowance: 补助经办, 财务 or 审计管理员; who may claim is asked of the use case.</summary>
    public const string Allowances = "allowances";

    /// <summary>Adds the policies; every page and endpoint needs a signed-in person unless it says otherwise.</summary>
    public static IServiceCollection AddApprovalsAuthorization(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(SystemAdministration, policy => policy.RequireRole(Roles.SystemAdministrator))
            .AddPolicy(SecurityAdministration, policy => policy.RequireRole(Roles.SecurityAdministrator))
            .AddPolicy(PeopleAdministration, policy => policy.RequireRole(Roles.SystemAdministrator, Roles.SecurityAdministrator))
            .AddPolicy(Auditing, policy => policy.RequireRole(Roles.Auditor))
            .AddPolicy(ProcessOwnership, policy => policy.RequireRole(Roles.ProcessOwner))
            .AddPolicy(ProcessDesign, policy => policy.RequireRole(Roles.ProcessOwner))
            .AddPolicy(ProcessReading, policy => policy.RequireRole(Roles.ProcessOwner, Roles.Auditor))
            .AddPolicy(Training, policy => policy.RequireRole(Roles.TrainingOfficer))
            .AddPolicy(Objections, policy => policy.RequireRole(Roles.ObjectionHandler))
            .AddPolicy(Finance, policy => policy.RequireRole(Roles.Finance))
            .AddPolicy(Allowances, policy => policy.RequireRole(Roles.AllowanceOfficer, Roles.Finance, Roles.Auditor))
            .AddPolicy(DutyOffice, policy => policy.RequireRole(Roles.DutyOffice))
            .AddPolicy(RegisterKeeping, policy => policy.RequireRole(Roles.RegisterKeeper));
        return services;
    }
}
