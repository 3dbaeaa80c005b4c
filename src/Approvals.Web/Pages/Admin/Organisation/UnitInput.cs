using Approvals.Core.Organisation;

namespace Approvals.Web.Pages.Admin.Organisation;

/// <summary>Fields of a unit as typed.</summary>
public sealed class UnitInput
{
    /// <summary>Chinese name.</summary>
    public string? Name { get; set; }

    /// <summary>Stable code; workflow steps name sections by it.</summary>
    public string? Code { get; set; }

    /// <summary>What it is.</summary>
    public OrgUnitKind Kind { get; set; } = OrgUnitKind.Section;

    /// <summary>Unit above.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>分管领导.</summary>
    public Guid? LeaderInChargeId { get; set; }

    /// <summary>Specialty codes.</summary>
    public string? Specialties { get; set; }

    /// <summary>Position among its siblings.</summary>
    public int SortOrder { get; set; }

    /// <summary>The fields of a stored unit.</summary>
    public static UnitInput Of(OrgUnit unit) => new()
    {
        Name = unit.Name, Code = unit.Code, Kind = unit.Kind, ParentId = unit.ParentId, LeaderInChargeId = unit.LeaderInChargeId,
        Specialties = unit.Specialties, SortOrder = unit.SortOrder,
    };

    /// <summary>Writes the fields into a unit.</summary>
    public void ApplyTo(OrgUnit unit)
    {
        var specialties = SpecialtyList.Split(Specialties);
        unit.Name = Name!;
        unit.Code = Code!;
        unit.Kind = Kind;
        unit.ParentId = ParentId;
        unit.LeaderInChargeId = LeaderInChargeId;
        unit.Specialties = specialties.Count == 0 ? null : string.Join(',', specialties);
        unit.SortOrder = SortOrder;
    }
}
