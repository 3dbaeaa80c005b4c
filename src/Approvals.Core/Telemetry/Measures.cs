using System.Diagnostics.Metrics;

namespace Approvals.Core.Telemetry;

/// <summary>What is counted and timed as it happens (指标). Tags are kinds and process keys, never people. Singleton.</summary>
public sealed class Measures
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Approvals";

    /// <summary>A timer that fires later than this after its time counts as late; the sweep alone needs a minute.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private readonly Counter<long> decisions;
    private readonly Counter<long> refused;
    private readonly Counter<long> incidents;
    private readonly Counter<long> signIns;
    private readonly Counter<long> failedSignIns;
    private readonly Counter<long> timerFaults;
    private readonly Histogram<double> timers;
    private readonly Counter<long> messageFaults;
    private readonly Histogram<double> messages;
    private readonly Histogram<double> documents;

    /// <summary>Makes the instruments on a meter of this host.</summary>
    public Measures(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        decisions = meter.CreateCounter<long>("approvals.decisions", "{decision}", "Decisions that were taken, by kind and process");
        refused = meter.CreateCounter<long>("approvals.decisions.refused", "{decision}", "Decisions that were refused, by reason");
        incidents = meter.CreateCounter<long>("approvals.incidents", "{incident}", "Workflow instances that stopped, by process");
        signIns = meter.CreateCounter<long>("approvals.sign_ins", "{sign-in}", "People who signed in, by method");
        failedSignIns = meter.CreateCounter<long>("approvals.sign_ins.failed", "{sign-in}", "Attempts to sign in that failed, by reason");
        timerFaults = meter.CreateCounter<long>("approvals.timers.failed", "{try}", "Tries of timers that failed, by kind");
        timers = meter.CreateHistogram<double>("approvals.timers.delay", "s", "Timers that fired: how long after their time, by kind and late or not");
        messageFaults = meter.CreateCounter<long>("approvals.outbox.failed", "{try}", "Tries of outbox messages that failed, by kind; given up or not");
        messages = meter.CreateHistogram<double>("approvals.outbox.delay", "s", "Outbox messages carried out: time since their commit, by kind");
        documents = meter.CreateHistogram<double>("approvals.documents.duration", "s", "PDFs: time to render one, by template");
    }

    /// <summary>A decision was taken.</summary>
    public void Decided(string kind, string process) => decisions.Add(1, new("kind", kind), new("process", process));

    /// <summary>A decision was refused.</summary>
    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>An instance stopped at a fault.</summary>
    public void Incident(string process) => incidents.Add(1, new KeyValuePair<string, object?>("process", process));

    /// <summary>Somebody signed in, by which method.</summary>
    public void SignIn(string method) => signIns.Add(1, new KeyValuePair<string, object?>("method", method));

    /// <summary>Somebody failed to sign in.</summary>
    public void SignInFailed(string reason) => failedSignIns.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A timer fired.</summary>
    public void Fired(string kind, TimeSpan after) => timers.Record(
        Math.Max(0, after.TotalSeconds), new("kind", kind), new("late", after > Late));

    /// <summary>A timer's work failed and will be tried again.</summary>
    public void TimerFailed(string kind) => timerFaults.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>An outbox message was carried out.</summary>
    public void Sent(string kind, TimeSpan after) => messages.Record(
        Math.Max(0, after.TotalSeconds), new KeyValuePair<string, object?>("kind", kind));

    /// <summary>An outbox message could not be carried out.</summary>
    public void NotSent(string kind, bool isGivenUp) => messageFaults.Add(1, new("kind", kind), new("given_up", isGivenUp));

    /// <summary>A PDF was rendered.</summary>
    public void Rendered(string template, TimeSpan duration) => documents.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("template", template));
}
