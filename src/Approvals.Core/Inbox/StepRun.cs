using System.Text.Json;
using System.Text.Json.Serialization;
using Approvals.Core.Data;

namespace Approvals.Core.Inbox;

/// <summary>How a step with several people ends.</summary>
public enum StepMode
{
    /// <summary>或签 — the first answer decides.</summary>
    Any,

    /// <summary>会签 — all must agree; the first refusal ends it.</summary>
    All,

    /// <summary>依次 — one after the other; a refusal ends it.</summary>
    Sequence,

    /// <summary>票签 — a threshold of approvals decides when all have answered or the rest cannot change it.</summary>
    Vote,
}

/// <summary>Where a step run stands.</summary>
public enum StepStatus
{
    /// <summary>Waits for its people.</summary>
    Open,

    /// <summary>Resolved to nobody; on the administrator's list.</summary>
    Unassigned,

    /// <summary>Ended with an outcome.</summary>
    Done,

    /// <summary>撤销 — withdrawn by a return, a rejection elsewhere or a withdrawal.</summary>
    Withdrawn,
}

/// <summary>What the page of a step lets its people do.</summary>
public enum StepKind
{
    /// <summary>填写 — fill in or correct a form and submit it.</summary>
    Form,

    /// <summary>审批 — approve, return or reject.</summary>
    Approval,
}

/// <summary>One activation of a step that people work on (办理环节): who was chosen and why, and how it ended.</summary>
public sealed class StepRun
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Workflow instance that waits (main or sub-process of the case).</summary>
    public Guid InstanceId { get; init; }

    /// <summary>Bookmark to resume when the step ends.</summary>
    public Guid BookmarkId { get; init; }

    /// <summary>Id of the activity in its definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Chinese name of the step.</summary>
    public required string StepName { get; init; }

    /// <summary>Form or approval.</summary>
    public StepKind Kind { get; init; }

    /// <summary>How several answers become one.</summary>
    public StepMode Mode { get; init; }

    /// <summary>票签: approvals needed, 1–100 per cent of the voters.</summary>
    public int ThresholdPercent { get; init; } = 100;

    /// <summary>Form file it shows, e.g. <c>application</c>.</summary>
    public required string FormKey { get; init; }

    /// <summary>Key of the step in the form's field rights.</summary>
    public required string RightsKey { get; init; }

    /// <summary>Names of outcomes and options as JSON (<see cref="StepOptions"/>).</summary>
    public required string Options { get; init; }

    /// <summary>How often this step has been reached in the case, from 1.</summary>
    public int Round { get; init; }

    /// <summary>Where it stands.</summary>
    public StepStatus Status { get; set; }

    /// <summary>Who was chosen and why, as JSON (ParticipantResolution); for the record.</summary>
    public required string Resolution { get; set; }

    /// <summary>Deadline; null without one.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Outcome it ended with (port name), or the reason of the withdrawal.</summary>
    public string? Outcome { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>What a step offers, as its activity was configured.</summary>
/// <param name="ApproveLabel">Caption of the approving button, e.g. 同意.</param>
/// <param name="RejectLabel">Caption of the refusing button, e.g. 不同意; null when the step cannot refuse.</param>
/// <param name="CanReturn">Whether 退回 is offered.</param>
/// <param name="ComesStraightBack">After a return: true = straight back here, false = the steps between run again.</param>
/// <param name="RequiresSignature">Whether a signature with password or second factor is asked for.</param>
/// <param name="RequiresOpinion">Whether approving, too, needs an opinion.</param>
/// <param name="Help">One sentence for the signer: what the step is about.</param>
/// <param name="ReturnTargets">Earlier steps the case may be returned to, the earliest first.</param>
/// <param name="GrantsWaivers">Whether a written reason here, with the signature, waives findings that may be waived.</param>
/// <param name="CanHandOver">Whether 转办 is offered.</param>
/// <param name="CanAddSigner">Whether 加签 is offered.</param>
/// <param name="CanBatch">Whether 批量同意 is offered.</param>
public sealed record StepOptions(
    string ApproveLabel,
    string? RejectLabel,
    bool CanReturn,
    bool ComesStraightBack,
    bool RequiresSignature,
    bool RequiresOpinion,
    string? Help,
    IReadOnlyList<ReturnTarget> ReturnTargets,
    bool GrantsWaivers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool CanHandOver = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool CanAddSigner = true,
    bool CanBatch = false)
{
    /// <summary>Options as a step keeps them.</summary>
    public static StepOptions Read(StepRun step) => Read(step.Options);

    /// <summary>The same from the text of a step.</summary>
    public static StepOptions Read(string options) => JsonSerializer.Deserialize<StepOptions>(options, StoredJson.Full)!;

    /// <summary>As a step keeps them.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Short);
}

/// <summary>An earlier step a case may be returned to.</summary>
/// <param name="ActivityId">Its activity.</param>
/// <param name="StepName">Its Chinese name.</param>
public sealed record ReturnTarget(string ActivityId, string StepName);
