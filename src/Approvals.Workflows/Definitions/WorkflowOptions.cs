using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>What happens to the rest of an instance when an activity faults.</summary>
public enum IncidentStrategy
{
    /// <summary>The instance stops where it is, Elsa's default. It goes on by a retry or by the next resume.</summary>
    Fault,

    /// <summary>The other branches run on; only the faulted one stands.</summary>
    ContinueWithIncidents,
}

/// <summary>Settings of a workflow that the runtime or its host heeds.</summary>
/// <param name="UsableAsActivity">True when other workflows may contain this one as an activity.</param>
/// <param name="ActivityCategory">Its category in the toolbox then, or null.</param>
/// <param name="IncidentStrategy">What a fault does.</param>
/// <param name="ActivationStrategyType">Elsa's name of the rule whether a further instance may start, or null.</param>
public sealed record WorkflowOptions(
    bool UsableAsActivity, string? ActivityCategory, IncidentStrategy IncidentStrategy, string? ActivationStrategyType)
{
    internal static WorkflowOptions Read(JsonObject? json)
    {
        if (json is null)
            return new WorkflowOptions(false, null, IncidentStrategy.Fault, null);
        var strategy = JsonRead.Text(json, "incidentStrategyType", "options");
        return new WorkflowOptions(
            JsonRead.Flag(json, "usableAsActivity"),
            JsonRead.Text(json, "activityCategory", "options"),
            strategy?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true
                ? IncidentStrategy.ContinueWithIncidents
                : IncidentStrategy.Fault,
            JsonRead.Text(json, "activationStrategyType", "options"));
    }
}
