namespace Approvals.Core.Inbox;

/// <summary>What an answer does to its step.</summary>
public enum StepProgress
{
    /// <summary>The step waits for more answers.</summary>
    Continues,

    /// <summary>依次: the next one is asked.</summary>
    NextInOrder,

    /// <summary>The step ends approved.</summary>
    Approved,

    /// <summary>The step ends refused.</summary>
    Rejected,

    /// <summary>The step ends with a return.</summary>
    Returned,
}

/// <summary>How several answers become one: 或签, 会签, 依次, 票签.</summary>
public static class StepRules
{
    /// <summary>Decides what follows from the newest answer.</summary>
    /// <param name="mode">How the step ends.</param>
    /// <param name="thresholdPercent">票签: approvals needed, in per cent of all voters, 1–100. An abstention counts as no approval.</param>
    /// <param name="answers">Every answer of this step run, the newest last; never empty.</param>
    /// <param name="waiting">How many have not answered yet.</param>
    public static StepProgress Evaluate(StepMode mode, int thresholdPercent, IReadOnlyList<DecisionKind> answers, int waiting)
    {
        var newest = answers[^1];
        if (newest == DecisionKind.Return)
            return StepProgress.Returned;
        return mode switch
        {
            StepMode.Any => newest == DecisionKind.Reject ? StepProgress.Rejected : StepProgress.Approved,
            StepMode.All when newest == DecisionKind.Reject => StepProgress.Rejected,
            StepMode.All => waiting == 0 ? StepProgress.Approved : StepProgress.Continues,
            StepMode.Sequence when newest == DecisionKind.Reject => StepProgress.Rejected,
            StepMode.Sequence => waiting == 0 ? StepProgress.Approved : StepProgress.NextInOrder,
            _ => EvaluateVote(thresholdPercent, answers, waiting),
        };
    }

    private static StepProgress EvaluateVote(int thresholdPercent, IReadOnlyList<DecisionKind> answers, int waiting)
    {
        var voters = answers.Count + waiting;
        var needed = ((voters * thresholdPercent) + 99) / 100;
        var approvals = answers.Count(answer => answer is DecisionKind.Approve or DecisionKind.Submit);
        if (approvals >= needed)
            return StepProgress.Approved;
        return approvals + waiting < needed ? StepProgress.Rejected : StepProgress.Continues;
    }
}
