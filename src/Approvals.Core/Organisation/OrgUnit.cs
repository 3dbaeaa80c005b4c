namespace Approvals.Core.Organisation;

/// <summary>What an organisation unit is in the bureau's world.</summary>
public enum OrgUnitKind
{
    /// <summary>局 — the bureau itself.</summary>
    Bureau,

    /// <summary>科室/处室 — a section of the bureau.</summary>
    Section,

    /// <summary>政务服务中心 — the service centre.</summary>
    ServiceCentre,

    /// <summary>单位 — an employer outside the bureau that recommends its people.</summary>
    Employer,

    /// <summary>行业主管部门 — an industry authority.</summary>
    Authority,

    /// <summary>第三方服务机构 — a third-party service organisation.</summary>
    ThirdParty,
}

/// <summary>A node of the organisation tree (机构): the bureau, its sections, and outside units.</summary>
public sealed class OrgUnit
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The unit above; null for a root (the bureau, or an outside unit).</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Short stable code used by workflow steps, e.g. <c>rescue</c>; unique.</summary>
    public required string Code { get; set; }

    /// <summary>Chinese name as it is printed.</summary>
    public required string Name { get; set; }

    /// <summary>What the unit is.</summary>
    public OrgUnitKind Kind { get; set; }

    /// <summary>Specialties (专业领域, dictionary codes separated by commas) this section is the business section for.</summary>
    public string? Specialties { get; set; }

    /// <summary>分管领导 — the bureau leader in charge of this section.</summary>
    public Guid? LeaderInChargeId { get; set; }

    /// <summary>Position among its siblings.</summary>
    public int SortOrder { get; set; }

    /// <summary>Set when the unit no longer exists; it is kept for history.</summary>
    public DateOnly? ClosedOn { get; set; }
}
