using Approvals.Core.Designer;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Steps that can resolve to nobody, judged against the organisation of today.</summary>
internal static class ParticipantChecks
{
    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        var steps = design.Activities.Where(node => StepActivity.Types.Contains(node.Type)).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var node in design.Activities)
        {
            foreach (var input in StoredInput.From(node, OptionSources.Participants).Where(input => !input.IsExpression))
            {
                foreach (var finding in Judge(design, node, input, steps))
                    yield return finding;
            }
        }
    }

    private static IEnumerable<DesignFinding> Judge(CheckedDesign design, CompiledNode node, StoredInput input, HashSet<string> steps)
    {
        var isWork = StepActivity.Types.Contains(node.Type) && input.Input.Name == "Who";
        if (input.Values.Count == 0)
        {
            if (isWork && node.Type == StepActivity.ApprovalType)
                yield return DesignFinding.At(node, "participant", ProblemSeverity.Error, $"没有设置“{input.Input.DisplayName}”。");
            yield break;
        }

        var empty = new List<string>();
        foreach (var text in input.Values)
        {
            if (ParticipantSpec.TryParse(text) is not { } spec)
            {
                yield return DesignFinding.At(
                    node, "participant", ProblemSeverity.Error, $"“{input.Input.DisplayName}”中的“{text}”无法识别，没有这样的角色、处室或岗位。");
            }
            else if (spec.Kind == ParticipantKind.Decider && !steps.Contains(spec.Argument))
            {
                yield return DesignFinding.At(
                    node, "participant", ProblemSeverity.Error, $"“{input.Input.DisplayName}”引用的环节“{spec.Argument}”不在本流程中。");
            }
            else if (WhyNobody(spec, design) is { } why)
            {
                empty.Add(why);
            }
        }

        if (empty.Count == 0)
            yield break;

        // Where one of several suffices, the others may be vacant; where all must act, none may.
        var mode = StoredMode(node);
        var isBlocking = isWork && (empty.Count == input.Values.Count || mode is "All" or "Sequence" or "Vote");
        yield return DesignFinding.At(
            node, "participant", isBlocking ? ProblemSeverity.Error : ProblemSeverity.Warning,
            $"“{input.Input.DisplayName}”找不到人：{string.Join("；", empty)}。");
    }

    /// <summary>Why a spec leads to nobody whatever the case; null when it may lead to somebody.</summary>
    private static string? WhyNobody(ParticipantSpec spec, CheckedDesign design)
    {
        if (design.World.Organisation is not { } organisation)
            return null;
        var today = design.World.Today;
        switch (spec.Kind)
        {
            case ParticipantKind.Role:
                return organisation.RoleHolders.Any(one => one.Role == spec.Argument && organisation.Active(one.PersonId) is not null)
                    ? null : $"没有人担任“{RoleNames.Of(spec.Argument)}”";
            case ParticipantKind.Person:
                return organisation.Active(Guid.Parse(spec.Argument)) is null ? "指定的人员不存在或已停用" : null;
            case ParticipantKind.PostAtSection:
                return AtUnit(spec, spec.Argument, organisation, today);
            case ParticipantKind.PostAtOwner:
                return design.Settings.OwnerSection is { } owner ? AtUnit(spec, owner, organisation, today)
                    : design.HasCases ? "流程没有设置承办处室" : null;
            case ParticipantKind.PostAtConcerned:
                var sections = organisation.Units.Where(unit => unit.Kind == OrgUnitKind.Section
                    && organisation.OpenUnit(unit.Id, today) is not null && SpecialtyList.Split(unit.Specialties).Count > 0).ToList();
                return sections.Count == 0 ? "没有处室承办任何专业类别"
                    : sections.Select(unit => AtUnit(spec, unit.Code, organisation, today)).FirstOrDefault(why => why is not null);
            default:
                return null;
        }
    }

    private static string? AtUnit(ParticipantSpec spec, string code, OrganisationSnapshot organisation, DateOnly today)
    {
        var unit = organisation.Units.FirstOrDefault(one => one.Code == code);
        if (unit is null || organisation.OpenUnit(unit.Id, today) is null)
            return $"处室“{unit?.Name ?? code}”不存在或已撤销";
        var isHeld = spec.Post == PositionKind.Leader
            ? organisation.LeaderInChargeOf(unit, today) is not null
            : organisation.HoldersOf(unit.Id, spec.Post!.Value, today).Count > 0;
        return isHeld ? null : $"{unit.Name}没有在任的{PostNames.Of(spec.Post!.Value, unit)}";
    }

    private static string StoredMode(CompiledNode node) =>
        node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == "Mode") is { } mode
            ? StoredInput.Of(node.Json, mode).Values.FirstOrDefault() ?? "" : "";
}
