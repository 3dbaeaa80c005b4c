using System.Diagnostics;

namespace Approvals.Core.Telemetry;

/// <summary>Spans of our own (调用链) around decisions, timers, outbox messages and PDFs. They carry ids, kinds and outcomes, no personal data.</summary>
public static class Tracing
{
    /// <summary>Name to listen to.</summary>
    public const string SourceName = "Approvals";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span; null while nobody listens.</summary>
    public static Activity? Begin(string name) => Source.StartActivity(name);

    /// <summary>Marks the span as failed with the fault's type; its message could quote anything.</summary>
    public static void Failed(this Activity? span, Exception fault)
    {
        span?.SetTag("error.type", fault.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
