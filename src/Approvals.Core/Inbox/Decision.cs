namespace Approvals.Core.Inbox;

/// <summary>What was decided on a task.</summary>
public enum DecisionKind
{
    /// <summary>提交 — a form was filled in.</summary>
    Submit,

    /// <summary>同意.</summary>
    Approve,

    /// <summary>不同意 — the step's configured refusal (驳回).</summary>
    Reject,

    /// <summary>退回 — to the applicant or an earlier step.</summary>
    Return,

    /// <summary>弃权 — 票签 only.</summary>
    Abstain,
}

/// <summary>How a decision was signed.</summary>
public enum SignatureMethod
{
    /// <summary>No signature asked for.</summary>
    None,

    /// <summary>Stored picture, with the password or second factor given again.</summary>
    Stored,

    /// <summary>Drawn on the page, with the password or second factor given again.</summary>
    Drawn,
}

/// <summary>A decision (办理), append-only: who, what, why, and a hash over exactly what was shown.</summary>
public sealed class Decision
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The task; unique, so a second decision on it cannot be stored.</summary>
    public Guid TaskId { get; init; }

    /// <summary>The step.</summary>
    public Guid StepRunId { get; init; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Step name when it was decided.</summary>
    public required string StepName { get; init; }

    /// <summary>Who decided.</summary>
    public Guid DeciderId { get; init; }

    /// <summary>For whom, when a substitute acted; the line reads "X 代 Y".</summary>
    public Guid? OnBehalfOfId { get; init; }

    /// <summary>Signature line.</summary>
    public required string SignatureLine { get; init; }

    /// <summary>What.</summary>
    public DecisionKind Kind { get; init; }

    /// <summary>Why.</summary>
    public string? Opinion { get; init; }

    /// <summary>退回: activity id of the target.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>退回: step name of the target.</summary>
    public string? ReturnToName { get; init; }

    /// <summary>How it was signed.</summary>
    public SignatureMethod Method { get; init; }

    /// <summary>Signature picture.</summary>
    public Guid? SignatureFileId { get; init; }

    /// <summary>Algorithm of <see cref="ShownHash"/>, e.g. SHA-256.</summary>
    public required string HashAlgorithm { get; init; }

    /// <summary>Hash over the canonical JSON of what was shown, lower-case hex.</summary>
    public required string ShownHash { get; init; }

    /// <summary>The canonical JSON itself (form values, findings, attachments with hashes), so that the hash can be checked.</summary>
    public required string Shown { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
