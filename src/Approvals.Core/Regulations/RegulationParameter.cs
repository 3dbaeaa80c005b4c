namespace Approvals.Core.Regulations;

/// <summary>
/// A number a regulation gives or leaves to us (法规参数), valid from a day on. A new value is a new row; old rows stay, because
/// a finding names the row it was judged under.
/// </summary>
public sealed class RegulationParameter
{
    /// <summary>Version-7 UUID; recorded by findings as the parameter version.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>E.g. <c>commander.age.max</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Value as invariant text: a whole number, decimal or text.</summary>
    public required string Value { get; init; }

    /// <summary>Unit of the value in Chinese: 周岁, 年, 个工作日, 分.</summary>
    public string? Unit { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>Article it comes from, e.g. <c>T§12.4</c>; "默认" when it is ours.</summary>
    public required string Article { get; init; }

    /// <summary>First day it is in force.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Who set it; null for the shipped value.</summary>
    public Guid? SetBy { get; init; }

    /// <summary>When it was set.</summary>
    public DateTimeOffset SetAt { get; init; }

    /// <summary>Why it was changed.</summary>
    public string? Reason { get; init; }
}

/// <summary>Verdict of a rule.</summary>
public enum Verdict
{
    /// <summary>符合.</summary>
    Pass,

    /// <summary>提示 — to be looked at.</summary>
    Warning,

    /// <summary>不符合.</summary>
    Fail,

    /// <summary>不符合，已批准放宽 — a waiver with a written reason and the leader's signature stands.</summary>
    Waived,
}

/// <summary>A rule's verdict on a case (核查结果). It informs the signer and never decides by itself.</summary>
public sealed class Finding
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Name of the rule, e.g. <c>CommanderAgeLimit</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Article, e.g. <c>T§12.4</c>.</summary>
    public required string Article { get; init; }

    /// <summary>Chinese name of the rule, e.g. 年龄条件.</summary>
    public required string Title { get; init; }

    /// <summary>Verdict.</summary>
    public Verdict Verdict { get; set; }

    /// <summary>Value found, e.g. 52 周岁.</summary>
    public required string Value { get; init; }

    /// <summary>What is asked for, e.g. ≤ 60 周岁.</summary>
    public required string Expected { get; init; }

    /// <summary>One sentence for the signer.</summary>
    public required string Message { get; init; }

    /// <summary>Parameter rows it was judged under, comma separated ids; null when none.</summary>
    public string? ParameterIds { get; init; }

    /// <summary>Data version it was judged on.</summary>
    public int DataVersion { get; init; }

    /// <summary>True for the newest judgement of the rule on the case.</summary>
    public bool IsCurrent { get; set; } = true;

    /// <summary>When it was judged.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>放宽理由.</summary>
    public string? WaiverReason { get; set; }

    /// <summary>Leader who signed the waiver.</summary>
    public Guid? WaivedById { get; set; }
}
