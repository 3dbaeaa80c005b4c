using Approvals.Core.Designer;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>
/// Processes that start each other in a circle, which no drawing of one of them shows. Warned of only: a follow-up a year later is such a
/// circle, too; one that never waits is stopped when it runs, see <see cref="WorkflowEngineOptions.MaxDepth"/>.
/// </summary>
internal static class CircleChecks
{
    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        var own = design.Workflow.Definition.DefinitionId;
        return
            from node in design.Activities
            from input in StoredInput.From(node, OptionSources.Processes).Concat(StoredInput.From(node, OptionSources.SubProcesses))
            from started in input.Values
            where LeadsTo(started, own, design.World.Starts)
            select DesignFinding.At(
                node, "circle", ProblemSeverity.Warning, $"流程“{started}”又会启动本流程；如果其间没有等待的环节，将循环不止。");
    }

    private static bool LeadsTo(string from, string to, ILookup<string, string> starts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Stack<string>([from]);
        while (ahead.TryPop(out var process))
        {
            if (process == to)
                return true;
            if (!seen.Add(process))
                continue;
            foreach (var next in starts[process])
                ahead.Push(next);
        }

        return false;
    }
}
