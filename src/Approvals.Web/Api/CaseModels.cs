using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;
using Approvals.Web.Pages.Inbox;

namespace Approvals.Web.Api;

/// <summary>Starts a case.</summary>
/// <param name="Process">Process key, e.g. <c>commander-appointment</c>.</param>
/// <param name="Fields">Form values; null to start with an empty draft.</param>
/// <param name="Submit">Submit it at once; nothing is made when it cannot be submitted.</param>
internal sealed record StartRequest(string Process, JsonObject? Fields = null, bool Submit = false);

/// <summary>Saves a draft.</summary>
/// <param name="Fields">Form values; fields that are absent stay as they are, null empties one.</param>
/// <param name="RowVersion">Row version read before; null to save regardless of other windows.</param>
internal sealed record DraftRequest(JsonObject Fields, int? RowVersion = null);

/// <summary>Submits a draft.</summary>
/// <param name="Fields">Last changes; null for none.</param>
internal sealed record SubmitRequest(JsonObject? Fields = null);

/// <summary>Withdraws a case.</summary>
/// <param name="Reason">Why.</param>
internal sealed record WithdrawRequest(string? Reason = null);

/// <summary>A case after a change.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Case number; null for a draft.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RowVersion">Row version to send with the next save of a draft.</param>
internal sealed record CaseChanged(Guid Id, string? Number, CaseStatus Status, int? RowVersion = null);

/// <summary>A process that can be started.</summary>
internal sealed record ApiProcess(string Key, string Name, string? Description);

/// <summary>A row of a list of cases.</summary>
internal sealed record ApiCaseRow(
    Guid Id, string? Number, string Process, string Subject, CaseStatus Status, string? CurrentSteps, string? Outcome, DateTimeOffset CreatedAt)
{
    public static ApiCaseRow Of(InboxRow row) => new(
        row.CaseId, row.CaseNumber, row.ProcessName, row.SubjectName, row.Status!.Value, row.StepName, row.Outcome, row.At);

    public static ApiCaseRow Of(Case row) => new(
        row.Id, row.Number, row.ProcessName, row.SubjectName, row.Status, row.CurrentSteps, row.Outcome, row.CreatedAt);
}

/// <summary>A page of a list.</summary>
/// <param name="Items">At most twenty rows.</param>
/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next)
{
    public static ApiPage<T> Of(InboxPage page, Func<InboxRow, T> map) =>
        new([.. page.Rows.Select(map)], page.Next is null ? null : CursorText.Write(page.Next));
}

/// <summary>A step that waits.</summary>
internal sealed record ApiStep(string Name, IReadOnlyList<string> People, DateTimeOffset Since, DateTimeOffset? DueAt);

/// <summary>A rule's verdict; it informs and never decides.</summary>
internal sealed record ApiFinding(string Rule, string Article, string Title, Verdict Verdict, string Value, string Expected, string Message)
{
    public static ApiFinding Of(Finding one) =>
        new(one.Rule, one.Article, one.Title, one.Verdict, one.Value, one.Expected, one.Message);
}

/// <summary>A line of the history.</summary>
internal sealed record ApiEvent(DateTimeOffset At, string Kind, string? Step, string? Actor, string Text, string? Detail);

/// <summary>A file given with a case.</summary>
internal sealed record ApiFile(Guid Id, string Field, string Name, string ContentType, long Size, string Href)
{
    public static ApiFile Of(Guid caseId, FieldFile file) => new(
        file.Id, file.FieldKey, file.FileName, file.ContentType, file.Size, Attachments.AddressOf(caseId, file.Id));
}

/// <summary>An issued document; <paramref name="Href"/> is null until its PDF has been rendered.</summary>
internal sealed record ApiDocument(Guid Id, string Title, string Number, DateTimeOffset IssuedAt, string? Href)
{
    public static ApiDocument Of(Guid caseId, SheetDocument one) => new(
        one.Id, one.Title, one.Number, one.IssuedAt, one.IsRendered ? Documents.AddressOf(caseId, one.Id) : null);
}

/// <summary>A case with what belongs to it.</summary>
internal sealed record ApiCase
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Case number; null for a draft.</summary>
    public string? Number { get; init; }

    /// <summary>Process key.</summary>
    public required string Process { get; init; }

    /// <summary>Process name.</summary>
    public required string ProcessName { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The applicant's unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Where it stands.</summary>
    public required CaseStatus Status { get; init; }

    /// <summary>How it ended, in words.</summary>
    public string? Outcome { get; init; }

    /// <summary>Row version, to be sent with a save of the draft.</summary>
    public int RowVersion { get; init; }

    /// <summary>Steps it waits at.</summary>
    public required IReadOnlyList<ApiStep> Steps { get; init; }

    /// <summary>Form values the caller may read.</summary>
    public required JsonObject Fields { get; init; }

    /// <summary>Whether sensitive values are masked: the caller has no part in the case.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Current findings.</summary>
    public required IReadOnlyList<ApiFinding> Findings { get; init; }

    /// <summary>Files.</summary>
    public required IReadOnlyList<ApiFile> Files { get; init; }

    /// <summary>Issued documents.</summary>
    public required IReadOnlyList<ApiDocument> Documents { get; init; }

    /// <summary>History, oldest first.</summary>
    public required IReadOnlyList<ApiEvent> History { get; init; }

    /// <summary>The sheet as the API shows it.</summary>
    public static ApiCase Of(CaseSheet sheet, bool masked) => new()
    {
        Id = sheet.Row.Id,
        Number = sheet.Row.Number,
        Process = sheet.Row.ProcessKey,
        ProcessName = sheet.Row.ProcessName,
        Subject = sheet.Row.SubjectName,
        Unit = sheet.UnitName,
        Status = sheet.Row.Status,
        Outcome = sheet.Row.Outcome,
        RowVersion = sheet.Row.RowVersion,
        Steps = [.. sheet.Waiting.Select(step => new ApiStep(step.StepName, step.People, step.Since, step.DueAt))],
        Fields = (masked ? sheet.Masked() : sheet).Data,
        IsMasked = masked,
        Findings = [.. sheet.Findings.Select(ApiFinding.Of)],
        Files = [.. sheet.Files.Select(file => ApiFile.Of(sheet.Row.Id, file))],
        Documents = [.. sheet.Documents.Select(one => ApiDocument.Of(sheet.Row.Id, one))],
        History = [.. sheet.History.Select(one => new ApiEvent(one.At, one.Kind, one.StepName, one.ActorName, one.Text, one.Detail))],
    };
}
