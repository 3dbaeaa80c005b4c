using Approvals.Core.Inbox;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>
/// 批量同意 is not for the signature that appoints somebody, makes a certificate or grants money: whoever signs that has the one case
/// before them.
/// </summary>
internal static class BatchChecks
{
    /// <summary>Activities that carry a signature out.</summary>
    private static readonly HashSet<string> Effects = new(StringComparer.Ordinal)
    {
        "Approvals.IssueCertificate", "Approvals.IssueOrder", "Approvals.RegisterChange", "Approvals.RecordInsurance", "Approvals.PayoutEntitlement",
        "Approvals.GrantAllowance", "Approvals.GrantPremium", "Approvals.GrantCompensation", "Approvals.MissionState",
    };

    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        var nodes = design.Activities.ToList();
        foreach (var node in StepsOf(nodes))
        {
            if (EffectAfter(node, nodes) is { } effect)
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
    private static CompiledNode? EffectAfter(CompiledNode step, List<CompiledNode> nodes)
    {
        var connections = FlowAhead.Connections(step.Parent);
        var byId = nodes.Where(node => node.Parent == step.Parent).ToDictionary(node => node.Id, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<string>(Targets(step.Id, StepActivity.Approved));
        while (ahead.TryDequeue(out var id))
        {
            if (!seen.Add(id) || !byId.TryGetValue(id, out var node) || StepActivity.Types.Contains(node.Type))
                continue;
            if (Effects.Contains(node.Type))
                return node;
            foreach (var next in Targets(id, null))
                ahead.Enqueue(next);
        }

        return null;

        IEnumerable<string> Targets(string from, string? port) =>
            connections.Where(one => one.Source == from && (port is null || one.Port == port)).Select(one => one.Target);
    }
}
