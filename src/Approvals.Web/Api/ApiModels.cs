using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;

namespace Approvals.Web.Api;

/// <summary>Starts a case.</summary>
/// <param name="Process">Process key, e.g. <c>commander-appointment</c>.</param>
/// <param name="Data">Form data; null to start with an empty draft.</param>
public sealed record StartCaseRequest(string Process, JsonObject? Data);

/// <summary>Form data to save or submit.</summary>
/// <param name="Data">Field key → value; keys that are absent stay as they are.</param>
/// <param name="RowVersion">Row version read before; null to save regardless.</param>
public sealed record CaseDataRequest(JsonObject? Data, int? RowVersion);

/// <summary>Withdraws a case.</summary>
/// <param name="Reason">Why; may be null.</param>
public sealed record WithdrawRequest(string? Reason);

/// <summary>Decides a task.</summary>
/// <param name="Kind">Approve, Reject, Return, Submit or Abstain.</param>
/// <param name="ShownHash">Hash of what was read, from the task.</param>
/// <param name="Opinion">Opinion.</param>
/// <param name="ReturnTo">Activity id of a return's target.</param>
/// <param name="Fields">Fields the step may edit.</param>
/// <param name="Method">Stored or Drawn where a signature is asked for.</param>
/// <param name="Drawing">PNG of a drawn signature.</param>
/// <param name="Secret">Password or one-time code where a signature is asked for.</param>
public sealed record DecisionRequest(
    DecisionKind Kind, string ShownHash, string? Opinion, string? ReturnTo, JsonObject? Fields, SignatureMethod Method, byte[]? Drawing,
    string? Secret);

/// <summary>A case after a change.</summary>
public sealed record CaseChanged(Guid Id, string? Number, CaseStatus Status, int? RowVersion);

/// <summary>A step that waits.</summary>
public sealed record ApiWaiting(string Step, IReadOnlyList<string> People, DateTimeOffset Since, DateTimeOffset? DueAt);

/// <summary>A line of the history.</summary>
public sealed record ApiEvent(DateTimeOffset At, string Kind, string? Step, string? Actor, string Text, string? Detail);

/// <summary>A rule's verdict.</summary>
public sealed record ApiFinding(string Rule, string Article, string Title, Verdict Verdict, string Value, string Expected, string Message);

/// <summary>A file of a case.</summary>
public sealed record ApiFile(Guid Id, string Field, string Name, string ContentType, long Size);

/// <summary>A case.</summary>
public sealed record ApiCase(
    Guid Id, string? Number, string Process, string Subject, CaseStatus Status, string? Outcome, int RowVersion, JsonObject Data,
    IReadOnlyList<ApiWaiting> Waiting, IReadOnlyList<ApiFinding> Findings, IReadOnlyList<ApiFile> Files,
    IReadOnlyList<SheetDocument> Documents, IReadOnlyList<ApiEvent> History);

/// <summary>A row of the inbox.</summary>
public sealed record ApiTaskRow(
    Guid Id, Guid CaseId, string? CaseNumber, string Subject, string Process, string? Step, string? From, string? Unit,
    DateTimeOffset ArrivedAt, DateTimeOffset? DueAt, int FailedFindings, string? OnBehalfOf);

/// <summary>A page of the inbox; <paramref name="Next"/> is the <c>after</c> of the next one.</summary>
public sealed record ApiTaskPage(IReadOnlyList<ApiTaskRow> Tasks, string? Next);

/// <summary>A task with what its decision signs.</summary>
public sealed record ApiTask(
    Guid Id, Guid CaseId, string Step, TaskState State, bool CanDecide, StepOptions Options, string ShownHash, JsonObject Data,
    IReadOnlyList<ApiFinding> Findings, IReadOnlyList<ApiFile> Files);
