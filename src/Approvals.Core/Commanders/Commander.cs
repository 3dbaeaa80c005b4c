namespace Approvals.Core.Commanders;

/// <summary>Where a commander stands.</summary>
public enum CommanderStatus
{
    /// <summary>在聘.</summary>
    Appointed,

    /// <summary>任期届满.</summary>
    Expired,

    /// <summary>已解聘.</summary>
    Removed,
}

/// <summary>A technical commander in the information base (技术指挥官信息库), T§14, T§15(2).</summary>
public sealed class Commander
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Case that appointed; unique, so a step that is retried enters nobody twice.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Person, when the system knows one.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Identity number; masked in lists.</summary>
    public required string IdentityNumber { get; set; }

    /// <summary>Birth date, from the identity number.</summary>
    public DateOnly BirthDate { get; set; }

    /// <summary>男 or 女.</summary>
    public required string Gender { get; set; }

    /// <summary>Mobile number; masked in lists.</summary>
    public string? Phone { get; set; }

    /// <summary>Unit.</summary>
    public required string UnitName { get; set; }

    /// <summary>Post.</summary>
    public string? Post { get; set; }

    /// <summary>Professional title.</summary>
    public string? ProfessionalTitle { get; set; }

    /// <summary>Specialty (dictionary code).</summary>
    public required string Specialty { get; set; }

    /// <summary>Specialty in Chinese when appointed.</summary>
    public required string SpecialtyName { get; set; }

    /// <summary>Photo.</summary>
    public Guid? PhotoFileId { get; set; }

    /// <summary>Number of the appointment certificate.</summary>
    public required string CertificateNumber { get; set; }

    /// <summary>First day of the term.</summary>
    public DateOnly TermStart { get; set; }

    /// <summary>Last day of the term.</summary>
    public DateOnly TermEnd { get; set; }

    /// <summary>Where the commander sets out from (驻地), in words.</summary>
    public string? BasePlace { get; set; }

    /// <summary>Latitude of the base in degrees; null when not recorded.</summary>
    public double? Latitude { get; set; }

    /// <summary>Longitude of the base in degrees.</summary>
    public double? Longitude { get; set; }

    /// <summary>Where the commander stands.</summary>
    public CommanderStatus Status { get; set; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A person's accident-insurance policy (意外伤害保险), T§20.</summary>
public sealed class InsurancePolicy
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Case that recorded it; a case records one policy for each person.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Insured commander.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>Insurer.</summary>
    public required string Insurer { get; init; }

    /// <summary>Policy number.</summary>
    public required string PolicyNumber { get; init; }

    /// <summary>Sum insured in yuan.</summary>
    public decimal SumInsured { get; init; }

    /// <summary>First day of cover.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day of cover.</summary>
    public DateOnly ValidUntil { get; init; }

    /// <summary>Attachment of the case that is the scanned policy; null when it was recorded without one.</summary>
    public Guid? ScanId { get; init; }
}
