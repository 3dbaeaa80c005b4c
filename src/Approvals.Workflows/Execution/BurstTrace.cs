using System.Diagnostics;

namespace Approvals.Workflows;

/// <summary>A span for each burst; costs nothing while nobody listens. Carries ids of definitions and counts, no values.</summary>
public static class BurstTrace
{
    /// <summary>Name to listen to.</summary>
    public const string SourceName = "Approvals.Workflows";

    private static readonly ActivitySource Source = new(SourceName);

    internal static System.Diagnostics.Activity? Begin(string act, CompiledWorkflow workflow)
    {
        var span = Source.StartActivity("burst");
        if (span is not null)
        {
            span.SetTag("approvals.burst", act);
            span.SetTag("approvals.process", workflow.Definition.DefinitionId);
            span.SetTag("approvals.process.version", workflow.Definition.Version);
        }

        return span;
    }

    internal static WorkflowRun End(System.Diagnostics.Activity? span, WorkflowRun run)
    {
        if (span is not null)
        {
            span.SetTag("approvals.outcome", run.Outcome.ToString());
            span.SetTag("approvals.steps", run.Journal.Count);
            if (run.NewIncidents.Count > 0)
                span.SetStatus(ActivityStatusCode.Error, "incident");
        }

        return run;
    }
}
