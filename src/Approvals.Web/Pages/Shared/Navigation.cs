using Approvals.Core.Organisation;

namespace Approvals.Web.Pages.Shared;

/// <summary>A link of the frame. Without roles it is for everyone signed in.</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="Text">Chinese caption, a key of LayoutTexts.</param>
/// <param name="Icon">Name of the Tabler icon.</param>
/// <param name="Roles">Role codes of which one is enough; empty for everyone.</param>
public sealed record NavigationLink(string Path, string Text, string Icon, params string[] Roles)
{
    /// <summary>Whether the person gets to see it. What the page lets them do is decided by the page.</summary>
    public bool IsFor(CurrentPerson person) => Roles.Length == 0 || Roles.Any(person.Is);
}

/// <summary>The links of the frame: a page that should be found adds its line here.</summary>
public static class Navigation
{
    /// <summary>Always in sight.</summary>
    public static readonly IReadOnlyList<NavigationLink> Main =
    [
        new("/inbox", "待办", "inbox"),
        new("/start", "发起申请", "file-plus"),
    ];

    /// <summary>Behind 更多.</summary>
    public static readonly IReadOnlyList<NavigationLink> More =
    [
        new("/cases", "业务件", "folders"),
        new("/events", "突发事件", "alarm", Roles.DutyOffice, Roles.GeneralCommander, Roles.RegisterKeeper, Roles.Auditor),
        new("/allowances", "工作补助", "cash", Roles.AllowanceOfficer, Roles.Finance, Roles.Auditor),
        new("/allowances/rates", "补助标准", "list-numbers", Roles.ProcessOwner),
        new("/insurance", "意外保险", "shield-check", Roles.InsuranceOfficer, Roles.Finance, Roles.Auditor),
        new("/training", "培训考核", "school", Roles.TrainingOfficer),
        new("/objections", "异议处理", "message-report", Roles.ObjectionHandler),
        new("/commanders", "指挥官信息库", "id-badge-2", Roles.RegisterKeeper, Roles.InsuranceOfficer, Roles.Auditor),
        new("/finance", "财务拨付", "cash", Roles.Finance),
        new("/admin/organisation", "机构", "sitemap", Roles.SystemAdministrator),
        new("/admin/people", "人员与账号", "users", Roles.SystemAdministrator, Roles.SecurityAdministrator),
        new("/admin/roles", "角色", "user-shield", Roles.SecurityAdministrator),
        new("/admin/tokens", "接口令牌", "key", Roles.SecurityAdministrator),
        new("/processes", "流程管理", "route", Roles.ProcessOwner, Roles.Auditor),
        new("/admin/parameters", "法规参数", "adjustments", Roles.ProcessOwner),
        new("/admin/calendar", "工作日历", "calendar", Roles.ProcessOwner),
        new("/admin/unassigned", "无人办理", "user-question", Roles.SystemAdministrator),
        new("/admin/incidents", "流程故障", "alert-triangle", Roles.SystemAdministrator),
        new("/admin/jobs", "后台任务", "clock-cog", Roles.SystemAdministrator),
        new("/admin/audit", "审计记录", "shield-check", Roles.Auditor),
    ];
}
