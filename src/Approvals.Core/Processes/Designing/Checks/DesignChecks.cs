using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>
/// All checks of a process (发布前校验). Pure: the same process in the same bureau is always judged alike. What keeps it from running at
/// all comes first, then what activities name, whom they go to, and where they lead.
/// </summary>
public static class DesignChecks
{
    /// <summary>Everything that is wrong, each thing once.</summary>
    public static IReadOnlyList<DesignFinding> Find(CheckedDesign design)
    {
        var compiled = design.Workflow.Problems.Select(problem => DesignFinding.Of(problem, design.Workflow.FindNode(problem.NodeId)));
        return
        [
            .. compiled
                .Concat(SettingsChecks.Find(design))
                .Concat(ReferenceChecks.Files(design))
                .Concat(ReferenceChecks.Find(design))
                .Concat(ParticipantChecks.Find(design))
                .Concat(OutcomeChecks.Find(design))
                .Concat(FieldChecks.Find(design))
                .Concat(BatchChecks.Find(design))
                .Concat(TermChecks.Find(design))
                .Concat(CorrelationChecks.Find(design))
                .Concat(CircleChecks.Find(design))
                .DistinctBy(finding => finding.Message)
                .OrderBy(finding => finding.IsError ? 0 : 1),
        ];
    }

    /// <summary>Messages of those that keep the process from being published.</summary>
    public static IReadOnlyList<string> Errors(IEnumerable<DesignFinding> findings) =>
        [.. findings.Where(finding => finding.IsError).Select(finding => finding.Message)];

    /// <summary>Whether an activity of an unknown type is among them.</summary>
    public static bool HasUnknown(IEnumerable<DesignFinding> findings) =>
        findings.Any(finding => finding.Code == ProblemCodes.UnknownActivity);
}
