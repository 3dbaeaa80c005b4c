using System.Text.Json.Nodes;

namespace Approvals.Core.DryRuns;

/// <summary>What somebody does at a step.</summary>
public enum ScriptedDecision
{
    /// <summary>同意；填写环节为提交.</summary>
    Approve,

    /// <summary>提交 a form.</summary>
    Submit,

    /// <summary>不同意.</summary>
    Reject,

    /// <summary>退回.</summary>
    Return,

    /// <summary>弃权.</summary>
    Abstain,

    /// <summary>
    /// Nobody acts until the deadline has passed; a step that is open even then is approved, so that the dry run gets on.
    /// </summary>
    Wait,
}

/// <summary>What is decided at a step.</summary>
public sealed record StepAnswer
{
    /// <summary>The decision.</summary>
    public ScriptedDecision Decision { get; init; }

    /// <summary>Who decides, when one of several is enough: user name, number, name or id; null for the first.</summary>
    public string? By { get; init; }

    /// <summary>Opinion; a sample where one is needed.</summary>
    public string? Opinion { get; init; }

    /// <summary>退回: activity id or name of the step; null for the earliest it may be returned to.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>Fields the step may edit: key → value; required ones that are missing are filled with samples.</summary>
    public JsonObject Fields { get; init; } = [];

    /// <summary>Working days between the task's arrival and the decision; 0 for at once.</summary>
    public int AfterWorkingDays { get; init; }

    /// <summary>Answers of single people where several are asked: person → answer.</summary>
    public IReadOnlyDictionary<string, StepAnswer> People { get; init; } = new Dictionary<string, StepAnswer>();

    /// <summary>Whom an administrator names when the step finds nobody.</summary>
    public IReadOnlyList<string> Assign { get; init; } = [];
}

/// <summary>An objection that is filed to a notice.</summary>
public sealed record ObjectionAnswer
{
    /// <summary>Who objects.</summary>
    public string Name { get; init; } = "王小明";

    /// <summary>Phone or mail.</summary>
    public string Contact { get; init; } = "13900000000";

    /// <summary>What is objected.</summary>
    public string Content { get; init; } = "试运行样例：任职经历与实际不符，请核查。";

    /// <summary>Working days after the notice was published.</summary>
    public int AfterWorkingDays { get; init; } = 1;
}

/// <summary>How a sitting of the training examination goes.</summary>
public sealed record SittingAnswer
{
    /// <summary>Score of a sitting nothing is said about.</summary>
    public const decimal GoodScore = 85;

    /// <summary>Score, 0–100.</summary>
    public decimal Score { get; init; } = GoodScore;

    /// <summary>Whether the candidate comes.</summary>
    public bool Attended { get; init; } = true;

    /// <summary>Working days until the session is held.</summary>
    public int AfterWorkingDays { get; init; }
}

/// <summary>An event from outside.</summary>
public sealed record EventAnswer
{
    /// <summary>Working days after something began to wait for it.</summary>
    public int AfterWorkingDays { get; init; }

    /// <summary>What it carries.</summary>
    public JsonNode? Payload { get; init; }
}
