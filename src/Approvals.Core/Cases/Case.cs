namespace Approvals.Core.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseStatus
{
    /// <summary>草稿 — only its starter sees it.</summary>
    Draft,

    /// <summary>办理中.</summary>
    Running,

    /// <summary>已办结.</summary>
    Completed,

    /// <summary>未通过.</summary>
    Rejected,

    /// <summary>已撤回.</summary>
    Withdrawn,
}

/// <summary>One run of a process (业务件): the form data, where it stands, and who it belongs to.</summary>
public sealed class Case
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>业务编号, gapless per series and year, given at submission; null for a draft.</summary>
    public string? Number { get; set; }

    /// <summary>Process key.</summary>
    public required string ProcessKey { get; init; }

    /// <summary>Chinese name of the process when the case was started.</summary>
    public required string ProcessName { get; set; }

    /// <summary>Definition version the case runs on; for a draft the version its form was opened with.</summary>
    public required string DefinitionVersionId { get; set; }

    /// <summary>Main workflow instance; null for a draft.</summary>
    public Guid? InstanceId { get; set; }

    /// <summary>What it is about — person or team first.</summary>
    public required string SubjectName { get; set; }

    /// <summary>Who started it.</summary>
    public Guid StarterId { get; init; }

    /// <summary>Whom it is for; usually the starter.</summary>
    public Guid ApplicantId { get; set; }

    /// <summary>The applicant's unit (单位); null when there is none.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>Section of the bureau that owns the case (承办处室).</summary>
    public Guid? OwnerSectionId { get; set; }

    /// <summary>Where it stands.</summary>
    public CaseStatus Status { get; set; }

    /// <summary>Names of the steps it waits at, as shown in lists, e.g. 单位推荐.</summary>
    public string? CurrentSteps { get; set; }

    /// <summary>How it ended, in words.</summary>
    public string? Outcome { get; set; }

    /// <summary>Form data as a JSON object: field key → value (see Forms).</summary>
    public required string Data { get; set; }

    /// <summary>Raised whenever <see cref="Data"/> changes; the hash of what a signer saw contains it.</summary>
    public int DataVersion { get; set; }

    /// <summary>True once anybody but the applicant has decided: the applicant can no longer withdraw (A1.1).</summary>
    public bool HasDecision { get; set; }

    /// <summary>When the draft was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything last happened.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was first submitted.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Raised by every change; guards drafts saved from two windows.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A file given with a case (附件), bound to a form field.</summary>
public sealed class CaseAttachment
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Form field it was given for, e.g. <c>healthCertificate</c>.</summary>
    public required string FieldKey { get; init; }

    /// <summary>File name as the person named it; display only.</summary>
    public required string FileName { get; init; }

    /// <summary>The content.</summary>
    public Guid FileId { get; init; }

    /// <summary>Who gave it.</summary>
    public Guid UploadedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Set when it was taken out again; kept for history once the case has been submitted.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>One line of the case's history (办理记录), append-only.</summary>
public sealed class CaseEvent
{
    /// <summary>Version-7 UUID; orders the history.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid CaseId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Machine word for the icon: submitted, decided, returned, withdrawn, notice, objection, training, document, register…</summary>
    public required string Kind { get; init; }

    /// <summary>Who, null for the system, whose lines stand under the step alone.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Name line as signed, e.g. 王强 代 李丽.</summary>
    public string? ActorName { get; init; }

    /// <summary>Step it happened at.</summary>
    public string? StepName { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Text { get; init; }

    /// <summary>Opinion, reason or details; may contain what only people of the case may read.</summary>
    public string? Detail { get; init; }

    /// <summary>Decision it belongs to, for signature pictures.</summary>
    public Guid? DecisionId { get; init; }
}
