namespace Approvals.Core.Organisation;

/// <summary>Chinese names of <see cref="Roles"/>, for records and pages; pages translate them.</summary>
public static class RoleNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Roles.SystemAdministrator] = "系统管理员",
        [Roles.SecurityAdministrator] = "安全管理员",
        [Roles.Auditor] = "审计管理员",
        [Roles.ProcessOwner] = "流程管理员",
        [Roles.ServiceCentre] = "政务服务中心",
        [Roles.Finance] = "财务",
        [Roles.TrainingOfficer] = "培训考核经办",
        [Roles.ObjectionHandler] = "公示异议经办",
        [Roles.InsuranceOfficer] = "保险经办",
        [Roles.RegisterKeeper] = "信息库管理",
        [Roles.DutyOffice] = "值班室",
        [Roles.GeneralCommander] = "总指挥",
        [Roles.AllowanceOfficer] = "补助经办",
    };

    /// <summary>The name; the code itself for a role that is not known.</summary>
    public static string Of(string role) => Names.GetValueOrDefault(role, role);
}

/// <summary>Chinese names of posts.</summary>
public static class PostNames
{
    /// <summary>The name of the post in general.</summary>
    public static string Of(PositionKind kind) => kind switch
    {
        PositionKind.Handler => "经办人",
        PositionKind.Head => "负责人",
        PositionKind.Leader => "分管领导",
        PositionKind.Representative => "单位经办",
        _ => "职工",
    };

    /// <summary>The name of the post in the unit: the leader of a bureau is its principal.</summary>
    public static string Of(PositionKind kind, OrgUnit unit) =>
        kind == PositionKind.Leader && unit.Kind == OrgUnitKind.Bureau ? "主要负责人" : Of(kind);
}

/// <summary>Lists of specialty codes as units store them.</summary>
public static class SpecialtyList
{
    /// <summary>The codes of a stored list.</summary>
    public static IReadOnlyList<string> Split(string? stored) =>
        (stored ?? "").Split([',', '，', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether the stored list has the code.</summary>
    public static bool Contains(string? stored, string code) => Split(stored).Contains(code, StringComparer.Ordinal);
}

/// <summary>Chinese names of unit kinds.</summary>
public static class UnitKindNames
{
    /// <summary>The name.</summary>
    public static string Of(OrgUnitKind kind) => kind switch
    {
        OrgUnitKind.Bureau => "局",
        OrgUnitKind.Section => "处室",
        OrgUnitKind.ServiceCentre => "政务服务中心",
        OrgUnitKind.Employer => "单位",
        OrgUnitKind.Authority => "行业主管部门",
        _ => "第三方服务机构",
    };
}
