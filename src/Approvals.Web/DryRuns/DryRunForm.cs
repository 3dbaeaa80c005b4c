using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.DryRuns;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Workflows;

namespace Approvals.Web.DryRuns;

/// <summary>A step that the page asks about.</summary>
/// <param name="ActivityId">Activity.</param>
/// <param name="Name">Its name.</param>
/// <param name="CanReject">Whether it can refuse.</param>
/// <param name="IsForm">Whether it is filled in rather than approved.</param>
/// <param name="HasDeadline">Whether it has a deadline to wait for.</param>
public sealed record AskedStep(string ActivityId, string Name, bool CanReject, bool IsForm, bool HasDeadline);

/// <summary>What the page of a dry run lets a process owner say about a step.</summary>
public sealed class StepInput
{
    /// <summary>Activity.</summary>
    public string Activity { get; set; } = "";

    /// <summary>Decision; <c>approve</c> when nothing is said.</summary>
    public string? Decision { get; set; }

    /// <summary>Working days until it; 0 when nothing is said.</summary>
    public int? AfterWorkingDays { get; set; }

    /// <summary>Opinion.</summary>
    public string? Opinion { get; set; }
}

/// <summary>The page's form of a dry run, and the script made of it.</summary>
public sealed class DryRunForm
{
    /// <summary>Version id.</summary>
    public string? Version { get; set; }

    /// <summary>Who applies: user name, number or name.</summary>
    public string? Applicant { get; set; }

    /// <summary>Unit of the sample applicant.</summary>
    public string? Unit { get; set; }

    /// <summary>First day.</summary>
    public DateOnly? StartOn { get; set; }

    /// <summary>Process to start, for a sub-process.</summary>
    public string? Within { get; set; }

    /// <summary>Form data as JSON.</summary>
    public string? Fields { get; set; }

    /// <summary>Steps.</summary>
    public List<StepInput> Steps { get; set; } = [];

    /// <summary><c>none</c>, <c>dismissed</c> or <c>upheld</c>.</summary>
    public string? Objection { get; set; }

    /// <summary>Scores of the sittings, separated by commas; 缺考 for an absence.</summary>
    public string? Scores { get; set; }

    /// <summary>A whole script, which goes before everything else.</summary>
    public string? Script { get; set; }

    /// <summary>The steps of a version that people work on, in the order of the definition.</summary>
    public static IReadOnlyList<AskedStep> StepsOf(LoadedDefinition definition) =>
    [
        .. definition.Workflow.Nodes
            .Where(node => StepActivity.Types.Contains(node.Type) && node.Id != definition.Settings.StartActivity)
            .Select(node => new AskedStep(
                node.Id, node.DisplayText,
                node.Type == StepActivity.ApprovalType && Literal(node, "rejectLabel") != "",
                node.Type == StepActivity.FormType,
                Literal(node, "deadlineDays") is not (null or "" or "0"))),
    ];

    /// <summary>Whether the version has an activity of the type.</summary>
    public static bool Has(LoadedDefinition definition, string type) => definition.Workflow.Nodes.Any(node => node.Type == type);

    /// <summary>The script; problems go by field.</summary>
    public DryRunAnswers? ToAnswers(IDictionary<string, string> problems)
    {
        if (!string.IsNullOrWhiteSpace(Script))
            return Read(nameof(Script), () => DryRunAnswers.Parse(Script), problems);
        var fields = Read(nameof(Fields), () => ReadFields(Fields), problems);
        var training = Read(nameof(Scores), () => ReadScores(Scores), problems);
        foreach (var (step, index) in Steps.Select((step, index) => (step, index)))
        {
            if (step.AfterWorkingDays is < 0 or > 250)
                problems[$"Steps[{index}]"] = "等待的工作日应在 0 至 250 之间。";
        }

        if (problems.Count > 0)
            return null;
        var steps = Steps.Where(IsSaid).ToDictionary(step => step.Activity, AnswerOf, StringComparer.Ordinal);
        if (Objection == "upheld")
            steps["objection-handling/rule"] = new StepAnswers([new StepAnswer { Decision = ScriptedDecision.Reject }], false);
        return new DryRunAnswers
        {
            Applicant = Given(Applicant),
            Unit = Given(Unit),
            StartOn = StartOn,
            Within = Given(Within),
            Fields = fields!,
            Steps = steps,
            Objections = Objection is "dismissed" or "upheld" ? [new ObjectionAnswer()] : [],
            Training = training!,
        };
    }

    private static bool IsSaid(StepInput step) =>
        step.Activity.Length > 0 && (step.Decision is not (null or "" or "approve") || step.AfterWorkingDays > 0 || Given(step.Opinion) is not null);

    private static StepAnswers AnswerOf(StepInput step) => new(
        [
            new StepAnswer
            {
                Decision = Enum.TryParse<ScriptedDecision>(step.Decision, ignoreCase: true, out var decision) ? decision : ScriptedDecision.Approve,
                AfterWorkingDays = step.AfterWorkingDays ?? 0,
                Opinion = Given(step.Opinion),
            },
        ],
        false);

    private static JsonObject ReadFields(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new FormatException("应为 JSON 对象，例如 {\"post\":\"队长\"}。");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"不是有效的 JSON（第 {(fault.LineNumber ?? 0) + 1} 行）。", fault);
        }
    }

    private static List<SittingAnswer> ReadScores(string? text) =>
    [
        .. (text ?? "").Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => word == "缺考" ? new SittingAnswer { Attended = false }
                : decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 100
                    ? new SittingAnswer { Score = score }
                    : throw new FormatException($"“{word}”不是成绩：请填写 0 至 100 的数字或“缺考”，用逗号分隔。")),
    ];

    private static T? Read<T>(string field, Func<T> read, IDictionary<string, string> problems)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            problems[field] = fault.Message;
            return null;
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Literal(CompiledNode node, string input) => FieldValues.Text(node.Json[input]?["expression"]?["value"])
        ?? (node.Json[input]?["expression"]?["value"]?.GetValueKind() == JsonValueKind.String ? "" : null);
}
