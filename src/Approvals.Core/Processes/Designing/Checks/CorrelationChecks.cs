using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>
/// The correlation id of an instance that works on a case is the case. A drawing that would call it otherwise is refused here, where its
/// owner can still change it; an instance that tries all the same becomes an incident.
/// </summary>
internal static class CorrelationChecks
{
    private const string Code = "correlation";

    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        // On a case runs what has cases of its own, and what has activities of ours: they need one.
        if (!design.HasCases && !design.Activities.Any(node => node.Type.StartsWith("Approvals.", StringComparison.Ordinal)))
            yield break;
        foreach (var node in design.Activities)
        {
            if (node.Type == "Elsa.Correlate")
                yield return DesignFinding.At(node, Code, ProblemSeverity.Error, "业务件流程的关联编号就是业务件本身，不能更改，请删除此活动。");
            else if (node.Type is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" && GivesAnId(node))
                yield return DesignFinding.At(node, Code, ProblemSeverity.Error, "业务件启动的流程也在该业务件上运行，请清空“关联编号”。");
            if (FieldChecks.Expressions(node).Any(text => text.Contains("setCorrelationId", StringComparison.Ordinal)))
                yield return DesignFinding.At(node, Code, ProblemSeverity.Error, "业务件流程的关联编号就是业务件本身，表达式不能用 setCorrelationId 更改。");
        }
    }

    private static bool GivesAnId(CompiledNode node) => node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == "CorrelationId") is { } input
        && StoredInput.Of(node.Json, input) is { IsExpression: true } or { Values.Count: > 0 };
}
