using System.Text.Json;
using System.Text.Json.Serialization;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;

namespace Approvals.Core.DryRuns;

/// <summary>All that a dry run found out (试运行结果). Plain values, kept as a file after the sandbox is gone.</summary>
public sealed record DryRunReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = Forms.FormJson.Data.Encoder,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Process that was tried.</summary>
    public required string Process { get; init; }

    /// <summary>Its Chinese name.</summary>
    public required string ProcessName { get; init; }

    /// <summary>Version that was tried.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it was an unpublished draft.</summary>
    public required bool IsDraft { get; init; }

    /// <summary>Hash of the definition.</summary>
    public required string Hash { get; init; }

    /// <summary>Virtual time at which it began.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>Virtual time at which it stopped.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it stopped.</summary>
    public required DryRunEnd End { get; init; }

    /// <summary>What kept it from beginning; null when it began.</summary>
    public string? Problem { get; init; }

    /// <summary>What the process owner should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Cases, the tried one first.</summary>
    public IReadOnlyList<DryRunCase> Cases { get; init; } = [];

    /// <summary>Names of the processes that ran: process → name.</summary>
    public IReadOnlyDictionary<string, string> Processes { get; init; } = new Dictionary<string, string>();

    /// <summary>Activities in the order in which they ended or began to wait.</summary>
    public IReadOnlyList<DryRunMove> Path { get; init; } = [];

    /// <summary>Steps that people worked on.</summary>
    public IReadOnlyList<DryRunStep> Steps { get; init; } = [];

    /// <summary>Timers.</summary>
    public IReadOnlyList<DryRunTimer> Timers { get; init; } = [];

    /// <summary>Findings of the rules.</summary>
    public IReadOnlyList<DryRunFinding> Findings { get; init; } = [];

    /// <summary>Notifications; none was sent.</summary>
    public IReadOnlyList<DryRunNotification> Notifications { get; init; } = [];

    /// <summary>Documents.</summary>
    public IReadOnlyList<DryRunDocument> Documents { get; init; } = [];

    /// <summary>History of the cases as their people would read it.</summary>
    public IReadOnlyList<DryRunEvent> History { get; init; } = [];

    /// <summary>What failed.</summary>
    public IReadOnlyList<DryRunIncident> Incidents { get; init; } = [];

    /// <summary>State of the tried process's activities, for its diagram: activity id → event of the journal, <c>Waiting</c> or <c>Faulted</c>.</summary>
    public IReadOnlyList<DryRunMark> Marks { get; init; } = [];

    /// <summary>As a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static DryRunReport Parse(string json) => JsonSerializer.Deserialize<DryRunReport>(json, Options) ?? throw new JsonException("null");
}

/// <summary>A case of a dry run.</summary>
public sealed record DryRunCase(string Number, string Process, string ProcessName, string Subject, CaseStatus Status, string? Outcome, string? WaitsAt);

/// <summary>One thing that happened to an activity.</summary>
/// <param name="At">Virtual time.</param>
/// <param name="Process">Process of the instance.</param>
/// <param name="ActivityId">Activity.</param>
/// <param name="StepName">Its name in the designer.</param>
/// <param name="Event">Event of the journal.</param>
/// <param name="Outcomes">Outcomes it left by.</param>
/// <param name="Round">How often it has been reached, from 1.</param>
/// <param name="Message">Reason or error.</param>
public sealed record DryRunMove(
    DateTimeOffset At, string Process, string ActivityId, string StepName, string Event, IReadOnlyList<string> Outcomes, int Round, string? Message);

/// <summary>A step with the people it goes to and what they decided.</summary>
public sealed record DryRunStep(
    string Process, string ActivityId, string StepName, int Round, StepKind Kind, StepMode Mode, StepStatus Status, string? Outcome,
    DateTimeOffset OpenedAt, DateTimeOffset? DueAt, int? WorkingDays, IReadOnlyList<DryRunPerson> People,
    IReadOnlyList<DryRunPerson> Missing, IReadOnlyList<DryRunDecision> Decisions);

/// <summary>Somebody a step goes to and why; for somebody missing the name is what the step asks for.</summary>
public sealed record DryRunPerson(string Name, string Why);

/// <summary>A decision.</summary>
public sealed record DryRunDecision(DateTimeOffset At, string Line, string Word, string? Opinion);

/// <summary>A timer.</summary>
/// <param name="Kind">Kind of the row.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="WorkingDays">Working days from the beginning of the dry run.</param>
/// <param name="FiredAt">When it fired.</param>
/// <param name="CancelledAt">When it was cancelled.</param>
/// <param name="About">Step or activity it belongs to; null when none.</param>
public sealed record DryRunTimer(string Kind, DateTimeOffset DueAt, int WorkingDays, DateTimeOffset? FiredAt, DateTimeOffset? CancelledAt, string? About);

/// <summary>A finding.</summary>
public sealed record DryRunFinding(string Title, string Article, Verdict Verdict, string Value, string Expected, string Message);

/// <summary>A notification that would have been given.</summary>
public sealed record DryRunNotification(DateTimeOffset At, string Person, string Text, bool ByMail);

/// <summary>A document.</summary>
/// <param name="Title">Title.</param>
/// <param name="Number">Number of the sandbox's own series.</param>
/// <param name="Template">Kind.</param>
/// <param name="File">Name of the PDF in the folder of the result; null when it could not be rendered.</param>
public sealed record DryRunDocument(string Title, string Number, string Template, string? File);

/// <summary>A line of a case's history.</summary>
public sealed record DryRunEvent(DateTimeOffset At, string CaseNumber, string? Actor, string? StepName, string Text, string? Detail);

/// <summary>A fault.</summary>
public sealed record DryRunIncident(string Process, string ActivityId, string StepName, string Message, string? Expression);

/// <summary>An event of an activity of the tried process, for its diagram.</summary>
public sealed record DryRunMark(string NodeId, string Event);
