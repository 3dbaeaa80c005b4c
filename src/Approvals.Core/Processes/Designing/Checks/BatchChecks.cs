using Approvals.Core.Inbox;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>
/// 批量同意 is not for the signature that appoints somebody, makes a certificate or grants money: whoever signs that has the one case
/// before them.
/// </summary>
internal static class BatchChecks
{
    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        foreach (var node in StepsOf(design.Activities))
        {
            if (EffectAfter(node) is { } effect)
            {
                yield return DesignFinding.At(
                    node, "batch", ProblemSeverity.Error, $"同意后直接到“{effect.DisplayText}”，产生聘任、证书、保险或应付的环节不能允许批量同意。");
            }
        }
    }

    /// <summary>Approval steps that allow it, or may: an expression is taken for a yes.</summary>
    public static IEnumerable<CompiledNode> StepsOf(IEnumerable<CompiledNode> nodes) => nodes.Where(node => node.Type == StepActivity.ApprovalType
        && node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == nameof(ApprovalStep.CanBatch)) is { } input
        && StoredInput.Of(node.Json, input) is { } stored
        && (stored.IsExpression || stored.Values is [var value] && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first effect that an approval leads to with nobody else's signature between; null when there is none.</summary>
    private static CompiledNode? EffectAfter(CompiledNode step) => FlowAhead
        .Ahead(step, StepActivity.Approved, node => !StepActivity.Types.Contains(node.Type) && !Deeds.Binding.Contains(node.Type))
        .FirstOrDefault(node => Deeds.Binding.Contains(node.Type));
}
