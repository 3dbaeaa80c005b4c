using System.Text.Json.Nodes;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;

namespace Approvals.Web.Api;

/// <summary>Decides a task.</summary>
internal sealed record DecisionRequest
{
    /// <summary>What is decided; one of the task's <c>kinds</c>.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>Hash of what was read, from the task: a decision over changed content is refused.</summary>
    public required string ShownHash { get; init; }

    /// <summary>Opinion; needed for a refusal and a return.</summary>
    public string? Opinion { get; init; }

    /// <summary>Where a return goes: one of the task's <c>returnTargets</c>.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>Values of fields the step may edit.</summary>
    public JsonObject? Fields { get; init; }

    /// <summary>Signature, where the task asks for one.</summary>
    public ApiSignature? Signature { get; init; }

    /// <summary>Password or one-time code of the signer, where the task asks for a signature; never stored.</summary>
    public string? Secret { get; init; }
}

/// <summary>How a decision is signed.</summary>
/// <param name="Method"><c>stored</c>: the picture in the signer's profile; <c>drawn</c>: the one sent here.</param>
/// <param name="Drawing">PNG in base64, at most 200 KB; only with <c>drawn</c>.</param>
internal sealed record ApiSignature(SignatureMethod Method, byte[]? Drawing = null);

/// <summary>A decision that stands.</summary>
internal sealed record ApiDecided(Guid DecisionId, Guid CaseId);

/// <summary>A row of the inbox.</summary>
/// <param name="Id">Task.</param>
/// <param name="CaseId">Case.</param>
/// <param name="CaseNumber">Case number.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Process">Process name.</param>
/// <param name="Step">Step name.</param>
/// <param name="From">Who sent it here.</param>
/// <param name="Unit">The applicant's unit.</param>
/// <param name="At">When it arrived; in the done list when it was decided.</param>
/// <param name="DueAt">Deadline.</param>
/// <param name="FailedFindings">Findings that do not pass.</param>
/// <param name="OnBehalfOf">Principal whose task it is; null for one's own.</param>
/// <param name="DecidedAs">How it was decided; null in the to-do list.</param>
internal sealed record ApiTaskRow(
    Guid Id, Guid CaseId, string? CaseNumber, string Subject, string Process, string? Step, string? From, string? Unit,
    DateTimeOffset At, DateTimeOffset? DueAt, int FailedFindings, string? OnBehalfOf, string? DecidedAs)
{
    public static ApiTaskRow Of(InboxRow row) => new(
        row.Id, row.CaseId, row.CaseNumber, row.SubjectName, row.ProcessName, row.StepName, row.FromName, row.UnitName, row.At, row.DueAt,
        row.FailedFindings, row.OnBehalfOf, row.Outcome);
}

/// <summary>A task with everything its decision is about and signs.</summary>
internal sealed record ApiTask
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Case number.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Step name.</summary>
    public required string Step { get; init; }

    /// <summary>Where it stands.</summary>
    public required TaskState State { get; init; }

    /// <summary>Deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Principal whose task it is; null for one's own.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided or closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How it was decided, or why it was closed.</summary>
    public string? DecidedAs { get; init; }

    /// <summary>Whether the caller can decide it now.</summary>
    public required bool CanDecide { get; init; }

    /// <summary>What can be decided.</summary>
    public required IReadOnlyList<DecisionKind> Kinds { get; init; }

    /// <summary>Whether a signature with password or one-time code is asked for.</summary>
    public required bool RequiresSignature { get; init; }

    /// <summary>Whether approving, too, needs an opinion.</summary>
    public required bool RequiresOpinion { get; init; }

    /// <summary>Steps a return may go to.</summary>
    public required IReadOnlyList<ReturnTarget> ReturnTargets { get; init; }

    /// <summary>Hash of the content below, to be sent with the decision.</summary>
    public required string ShownHash { get; init; }

    /// <summary>The form and the step's rights in it.</summary>
    public required ApiForm Form { get; init; }

    /// <summary>Form values the step may read.</summary>
    public required JsonObject Fields { get; init; }

    /// <summary>Findings.</summary>
    public required IReadOnlyList<ApiFinding> Findings { get; init; }

    /// <summary>Findings that approving waives, for which <c>fields.waiverReason</c> must give a reason.</summary>
    public required IReadOnlyList<string> Waivable { get; init; }

    /// <summary>Files the step may read.</summary>
    public required IReadOnlyList<ApiFile> Files { get; init; }

    /// <summary>The task as the API shows it; masked for whoever reads it without taking part in the case.</summary>
    public static ApiTask Of(TaskView view, bool masked, bool english)
    {
        var fields = FormMerge.Visible(view.Form.Form, view.Data, view.Step.RightsKey);
        var rights = FormRights.For(view.Form.Form, view.Step.RightsKey);
        var isDone = view.Task.State is TaskState.Done or TaskState.Closed;
        return new ApiTask
        {
            Id = view.Task.Id,
            CaseId = view.Case.Id,
            CaseNumber = view.Task.CaseNumber,
            Subject = view.Task.SubjectName,
            Step = view.Step.StepName,
            State = view.Task.State,
            DueAt = view.Task.DueAt,
            OnBehalfOf = view.OnBehalfOfId is null ? null : view.AssigneeName,
            DecidedBy = view.DecidedByName,
            ClosedAt = view.Task.ClosedAt,
            DecidedAs = isDone ? view.Task.DecidedAs ?? view.Task.ClosedReason : null,
            CanDecide = view.Access == TaskAccess.Decide,
            Kinds = view.Access == TaskAccess.Decide
                ? [.. Enum.GetValues<DecisionKind>().Where(view.IsOffered)]
                : [],
            RequiresSignature = view.Options.RequiresSignature,
            RequiresOpinion = view.Options.RequiresOpinion,
            ReturnTargets = view.Options.ReturnTargets,
            ShownHash = view.Shown.Hash,
            Form = ApiForm.Of(view.Form, english),
            Fields = masked ? MaskedFields.Of(view.Form.Form, fields) : fields,
            Findings = [.. view.Findings.Select(ApiFinding.Of)],
            Waivable = [.. view.Waivable.Select(one => one.Rule)],
            Files = [.. view.Form.Files.Where(file => rights.MayRead(file.FieldKey)).Select(file => ApiFile.Of(view.Case.Id, file))],
        };
    }
}
