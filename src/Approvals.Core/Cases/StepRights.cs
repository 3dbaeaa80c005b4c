using Approvals.Core.Processes;

namespace Approvals.Core.Cases;

/// <summary>Key of a step in a form's field rights: the step's input <c>rightsKey</c>, or else the activity's id.</summary>
public static class StepRights
{
    /// <summary>Rights key of the step that an applicant's first submission completes.</summary>
    public static string OfStart(LoadedDefinition definition)
    {
        var activity = definition.Settings.StartActivity;
        var node = activity is null ? null : definition.Workflow.FindActivity(activity);
        var configured = node?.Json["rightsKey"]?["expression"]?["value"]?.GetValue<string>();
        return string.IsNullOrEmpty(configured) ? activity ?? "apply" : configured;
    }
}
