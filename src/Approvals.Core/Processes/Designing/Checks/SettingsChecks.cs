using Approvals.Core.Inbox;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>What the process says of itself must fit what it is.</summary>
internal static class SettingsChecks
{
    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        var settings = design.Settings;
        if (settings.IsStartable && settings.StartForm is null)
            yield return Error("流程可由申请人发起，但没有设置发起表单（startForm）。");
        if (settings.StartForm is { } key)
        {
            if (!design.Forms.TryGetValue(key, out var form))
            {
                yield return Error($"发起表单“{key}”不存在。");
            }
            else if (form.Find(settings.SubjectField) is null)
            {
                yield return Error($"发起表单“{form.Title}”（{key}）没有标题字段“{settings.SubjectField}”（subjectField）。");
            }
        }

        if (settings.StartActivity is { } start && !design.Activities.Any(node => node.Id == start && node.Type == StepActivity.FormType))
            yield return Error($"发起环节“{start}”（startActivity）不是本流程的填写表单环节。");
        if (settings.OwnerSection is { } section && design.World.Organisation is { } organisation
            && !organisation.Units.Any(unit => unit.Code == section && (unit.ClosedOn is null || unit.ClosedOn > design.World.Today)))
        {
            yield return Error($"承办处室“{section}”（ownerSection）不存在或已撤销。");
        }

        var definition = design.Workflow.Definition;
        if (definition.Options.UsableAsActivity && design.World.TakenNames.Contains(ActivityRegistry.Describe(definition).TypeName))
            yield return Error($"流程可作为活动使用，但名称“{definition.Name}”已被其他活动占用，请改名。");
    }

    private static DesignFinding Error(string message) => new(null, "settings", ProblemSeverity.Error, message);
}
