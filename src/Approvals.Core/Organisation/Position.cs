namespace Approvals.Core.Organisation;

/// <summary>The post a person holds in a unit, which workflow steps name relative to the case.</summary>
public enum PositionKind
{
    /// <summary>经办人 — handles the section's cases.</summary>
    Handler,

    /// <summary>科室负责人 — heads the section.</summary>
    Head,

    /// <summary>局领导 — a bureau leader.</summary>
    Leader,

    /// <summary>单位经办 — represents an outside unit (推荐单位/依托单位).</summary>
    Representative,

    /// <summary>职工 — belongs to the unit, holds no post there.</summary>
    Member,
}

/// <summary>A person holding a post in a unit for a period (任职). Ended positions are kept as history.</summary>
public sealed class Position
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Who.</summary>
    public Guid PersonId { get; set; }

    /// <summary>Where.</summary>
    public Guid OrgUnitId { get; set; }

    /// <summary>As what.</summary>
    public PositionKind Kind { get; set; }

    /// <summary>Title as it is printed beside a signature, e.g. 处长.</summary>
    public required string Title { get; set; }

    /// <summary>First day in the post.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day in the post; null while it lasts.</summary>
    public DateOnly? Until { get; set; }
}

/// <summary>A role held beside any post (角色), e.g. <see cref="Roles.ProcessOwner"/>.</summary>
public sealed class RoleAssignment
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Who.</summary>
    public Guid PersonId { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; set; }
}

/// <summary>Role codes. The Chinese name of each stands in the resource files under <c>Role_code</c>.</summary>
public static class Roles
{
    /// <summary>系统管理员 — organisation, accounts, unassigned tasks, incidents, jobs.</summary>
    public const string SystemAdministrator = "system-admin";

    /// <summary>安全管理员 — roles, lock-outs, sign-in settings.</summary>
    public const string SecurityAdministrator = "security-admin";

    /// <summary>审计管理员 — reads the audit chain and every case; decides nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>流程管理员 — edits and publishes processes, parameters, calendar.</summary>
    public const string ProcessOwner = "process-owner";

    /// <summary>政务服务中心.</summary>
    public const string ServiceCentre = "service-centre";

    /// <summary>财务.</summary>
    public const string Finance = "finance";

    /// <summary>培训考核经办 — plans training sessions and records scores.</summary>
    public const string TrainingOfficer = "training-officer";

    /// <summary>公示异议经办 — investigates objections.</summary>
    public const string ObjectionHandler = "objection-handler";

    /// <summary>保险经办 — buys accident insurance.</summary>
    public const string InsuranceOfficer = "insurance-officer";

    /// <summary>信息库管理 — looks after the register of commanders.</summary>
    public const string RegisterKeeper = "register-keeper";

    /// <summary>值班室 — opens events and offers rosters.</summary>
    public const string DutyOffice = "duty-office";

    /// <summary>总指挥 — may command on a scene and appoint technical commanders, T§6.</summary>
    public const string GeneralCommander = "general-commander";

    /// <summary>补助经办 — makes claims of the daily allowance, T§20.</summary>
    public const string AllowanceOfficer = "allowance-officer";

    /// <summary>三员 — the three kinds of administrator: different people, none of whom another system acts as.</summary>
    public static readonly IReadOnlyList<string> Administrators = [SystemAdministrator, SecurityAdministrator, Auditor];

    /// <summary>Every role code, for checks and pick lists.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        SystemAdministrator, SecurityAdministrator, Auditor, ProcessOwner, ServiceCentre, Finance, TrainingOfficer,
        ObjectionHandler, InsuranceOfficer, RegisterKeeper, DutyOffice, GeneralCommander, AllowanceOfficer,
    ];
}

/// <summary>
/// 代理 — for a period, a substitute may act beside the principal; the signature line then reads "X 代 Y".
/// </summary>
public sealed class Substitution
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>被代理人.</summary>
    public Guid PrincipalId { get; set; }

    /// <summary>代理人.</summary>
    public Guid SubstituteId { get; set; }

    /// <summary>First day, inclusive.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly Until { get; set; }

    /// <summary>When the principal ended it before its time; null when it runs, or ran, to its last day.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Only this process; null for all.</summary>
    public string? ProcessKey { get; set; }

    /// <summary>Why, as shown in the history.</summary>
    public string? Reason { get; set; }
}
