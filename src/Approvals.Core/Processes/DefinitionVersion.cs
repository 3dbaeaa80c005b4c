namespace Approvals.Core.Processes;

/// <summary>
/// One version of a process definition (流程定义版本): the Elsa 3 JSON as it was saved, and the process files (forms, document
/// texts) that belong to it. Published versions never change.
/// </summary>
public sealed class DefinitionVersion
{
    /// <summary>Elsa's version id, 16 or more characters; primary key.</summary>
    public required string Id { get; init; }

    /// <summary>Process key, e.g. <c>commander-appointment</c>.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>1, 2, 3 … per definition.</summary>
    public int Version { get; set; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; set; }

    /// <summary>What the process is for.</summary>
    public string? Description { get; set; }

    /// <summary>True for the newest version, draft or not.</summary>
    public bool IsLatest { get; set; }

    /// <summary>True for the one version new cases start on.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Whether applicants may start it from the start page (a sub-process may not).</summary>
    public bool IsStartable { get; set; }

    /// <summary>The definition, byte for byte as saved.</summary>
    public required string Json { get; set; }

    /// <summary>JSON object: path of a process file → SHA-256 of its content in <see cref="ProcessFile"/>.</summary>
    public required string Files { get; set; }

    /// <summary>SHA-256 over <see cref="Json"/> and <see cref="Files"/>; the audit chain quotes it.</summary>
    public required string Hash { get; set; }

    /// <summary>When it was begun or imported.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who began it; null for an import at start-up.</summary>
    public Guid? CreatedBy { get; set; }

    /// <summary>When a draft was last saved; null when never since it was begun.</summary>
    public DateTimeOffset? SavedAt { get; set; }

    /// <summary>Who last saved it.</summary>
    public Guid? SavedBy { get; set; }

    /// <summary>When it was last published in the designer; null for a draft and for an import.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Who published it.</summary>
    public Guid? PublishedBy { get; set; }

    /// <summary>Why, as the publisher wrote it.</summary>
    public string? PublishReason { get; set; }

    /// <summary>Hash of the files in <c>workflows/</c> it was imported from; null when saved in the designer.</summary>
    public string? SourceHash { get; set; }

    /// <summary>Raised by each change; two savers of the same draft race on it and one is told.</summary>
    public int RowVersion { get; set; }

    /// <summary>Whether it is what a file held, byte for byte, and nobody's work in the designer.</summary>
    public bool IsFromFile => SourceHash is not null && CreatedBy is null;

    /// <summary>
    /// Whether its content can no longer change: it is or was published, so cases may run on it. A draft is the opposite; saving over
    /// a version that is fixed begins the next one.
    /// </summary>
    public bool IsFixed => IsPublished || PublishedAt is not null || SourceHash is not null;
}

/// <summary>Content of a file beside a workflow (form, document text), stored once per content.</summary>
public sealed class ProcessFile
{
    /// <summary>SHA-256 of the content, lower-case hex; primary key.</summary>
    public required string Hash { get; init; }

    /// <summary>UTF-8 text.</summary>
    public required string Content { get; init; }
}
