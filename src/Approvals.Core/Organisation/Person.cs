namespace Approvals.Core.Organisation;

/// <summary>A natural person known to the system (人员): staff, applicant, unit representative.</summary>
public sealed class Person
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Name in Chinese characters.</summary>
    public required string Name { get; set; }

    /// <summary>Employee or login number shown beside equal names.</summary>
    public string? Number { get; set; }

    /// <summary>Mail address for notifications; null when the person gave none.</summary>
    public string? Email { get; set; }

    /// <summary>Mobile number; never shown in lists.</summary>
    public string? Phone { get; set; }

    /// <summary>Two-letter code of the language they chose to read in, for mails; null for Chinese.</summary>
    public string? Language { get; set; }

    /// <summary>Stored signature picture (<see cref="Files.StoredFile"/>), used together with the password.</summary>
    public Guid? SignatureFileId { get; set; }

    /// <summary>False when the person has left; their open tasks go to the administrator's list.</summary>
    public bool IsActive { get; set; } = true;
}
