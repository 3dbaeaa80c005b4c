using System.Text.Json.Nodes;

namespace Approvals.Core.Regulations;

/// <summary>What a rule judges; plain values, so that a judgement can be repeated.</summary>
/// <param name="Data">Form data of the case.</param>
/// <param name="FileCounts">Files present per field key.</param>
/// <param name="Parameters">All parameters.</param>
/// <param name="Today">The day of the check, in China.</param>
public sealed record RuleInput(
    JsonObject Data, IReadOnlyDictionary<string, int> FileCounts, ParameterTable Parameters, DateOnly Today)
{
    /// <summary>Files present for a field.</summary>
    public int FilesOf(string fieldKey) => FileCounts.GetValueOrDefault(fieldKey);
}

/// <summary>What a rule found.</summary>
/// <param name="Verdict">Verdict; never <see cref="Verdict.Waived"/>, which only a leader grants.</param>
/// <param name="Value">Value found, e.g. 52 周岁.</param>
/// <param name="Expected">What is asked for, e.g. ≤ 60 周岁.</param>
/// <param name="Message">One sentence for the signer.</param>
/// <param name="Parameters">Parameter rows it was judged under.</param>
public sealed record RuleResult(
    Verdict Verdict, string Value, string Expected, string Message, params IReadOnlyList<RegulationParameter> Parameters);

/// <summary>A rule of a regulation (核查规则). Pure: it informs the signer and decides nothing.</summary>
public interface IRule
{
    /// <summary>Rules of this name are judged together, e.g. <c>commander-appointment</c>.</summary>
    string RuleSet { get; }

    /// <summary>Place in the list of findings.</summary>
    int Order { get; }

    /// <summary>Stable name, e.g. <c>CommanderAgeLimit</c>.</summary>
    string Name => GetType().Name;

    /// <summary>Article it comes from, e.g. <c>T§12.4</c>.</summary>
    string Article { get; }

    /// <summary>Chinese name, e.g. 年龄条件.</summary>
    string Title { get; }

    /// <summary>Whether the regulation lets a leader relax it (适当放宽) with a written reason.</summary>
    bool IsWaivable => false;

    /// <summary>Judges; never throws on incomplete data, which is a finding, too.</summary>
    RuleResult Judge(RuleInput input);
}
