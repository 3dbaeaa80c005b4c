using Approvals.Core.Designer;
using Approvals.Core.Inbox;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Outcomes that lead nowhere. A case whose step is refused must not stand still because nobody drew what then happens.</summary>
internal static class OutcomeChecks
{
    private const string CloseCase = "Approvals.CloseCase";
    private const string Start = "Elsa.Start";

    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        // Other activities with one outcome may be the last; a start that is the last makes every case end before it began.
        foreach (var node in design.Activities.Where(node => node.Type == Start && node.LooseOutcomes.Count > 0))
            yield return DesignFinding.At(node, "outcome", ProblemSeverity.Error, "没有连线到下一个活动，流程一开始就会结束。");

        foreach (var node in design.Activities.Where(node => node.Outcomes is { Count: > 1 }))
        {
            var loose = node.LooseOutcomes.Where(outcome => IsPossible(node, outcome)).ToList();
            if (loose.Count == 0 || IsFork(node, loose))
                continue;
            var captions = string.Join("、", loose.Select(outcome => $"“{CaptionOf(node, outcome)}”"));

            // A branch of Elsa's own may end quietly; a decision of people, or what the product decides for them, may not.
            var severity = node.Type.StartsWith("Approvals.", StringComparison.Ordinal) ? ProblemSeverity.Error : ProblemSeverity.Warning;
            yield return DesignFinding.At(node, "outcome", severity, $"出口{captions}没有连线，走到这里流程就停下了。");
        }

        if (design.HasCases && !design.Activities.Any(node => node.Type == CloseCase))
        {
            yield return new DesignFinding(
                null, "outcome", ProblemSeverity.Warning, "流程中没有“办结业务件”，业务件走完流程后仍显示“办理中”。");
        }
    }

    /// <summary>A fork is drawn either from its named branches or as several lines from its one unnamed port.</summary>
    private static bool IsFork(CompiledNode node, List<string> loose) =>
        node.Type == "Elsa.FlowFork" && (loose is ["Done"] || !loose.Contains("Done"));

    /// <summary>A step without a caption for its refusing button cannot be refused.</summary>
    private static bool IsPossible(CompiledNode node, string outcome) =>
        node.Type != StepActivity.ApprovalType || outcome != StepActivity.Rejected
        || node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == nameof(ApprovalStep.RejectLabel)) is not { } label
        || !IsEmptied(node, label);

    private static bool IsEmptied(CompiledNode node, InputDescriptor label)
    {
        var stored = node.Json[char.ToLowerInvariant(label.Name[0]) + label.Name[1..]];
        return stored is not null && stored["expression"]?["type"]?.ToString() == "Literal"
            && StoredValues.Of(stored).All(string.IsNullOrWhiteSpace);
    }

    private static string CaptionOf(CompiledNode node, string outcome) =>
        node.Descriptor?.Ports.FirstOrDefault(port => port.Name == outcome)?.DisplayName ?? outcome;
}
