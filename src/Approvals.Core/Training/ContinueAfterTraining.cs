using System.Text.Json;
using Approvals.Core.Processes;
using Approvals.Core.Timers;

namespace Approvals.Core.Training;

/// <summary>Moves a case on after its final result was published, once.</summary>
public sealed class ContinueAfterTraining(WorkflowHost host) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "training-result";

    /// <summary>What its timers carry.</summary>
    /// <param name="Outcome">Port of the training step.</param>
    public sealed record Payload(string Outcome);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <summary>Rings after the running unit of work.</summary>
    internal static void Ring(TimerService timers, TrainingEnrolment row, bool passed, DateTimeOffset now) => timers.Schedule(
        $"training-result:{row.Id}",
        TimerKind,
        new Payload(passed ? Activities.TrainingActivity.Passed : Activities.TrainingActivity.Failed),
        now, row.InstanceId, row.BookmarkId);

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var outcome = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.Outcome;

        // Gone means that the case was withdrawn or ended meanwhile; the result stands, there is nobody to tell.
        await host.ResumeAsync(row.BookmarkId!.Value, outcome, cancellationToken);
    }
}
