using System.Globalization;

namespace Approvals.Core.Training;

/// <summary>What a published result means for a candidate.</summary>
public enum ResultStep
{
    /// <summary>合格 — the case goes on.</summary>
    Pass,

    /// <summary>不合格，可补考.</summary>
    Resit,

    /// <summary>不合格 — no sitting left, the case is refused.</summary>
    Fail,

    /// <summary>缺考 — waits for another session without using up a sitting.</summary>
    WaitAgain,
}

/// <summary>The decisions of training and examination (培训考核), A1 step 5. Pure.</summary>
public static class TrainingResults
{
    /// <summary>What a result means.</summary>
    /// <param name="attended">Whether the candidate came.</param>
    /// <param name="score">0–100; must be given when attended.</param>
    /// <param name="passMark">Score that is enough; it is included (达到即合格).</param>
    /// <param name="sitting">Which sitting this was, from 1.</param>
    /// <param name="maxSittings">How many there are in all.</param>
    public static ResultStep Decide(bool attended, decimal? score, decimal passMark, int sitting, int maxSittings) =>
        !attended ? ResultStep.WaitAgain
        : score >= passMark ? ResultStep.Pass
        : sitting < maxSittings ? ResultStep.Resit
        : ResultStep.Fail;

    /// <summary>What is wrong with a row of the result sheet, in plain Chinese; null when it can be stored.</summary>
    public static string? Problem(bool? attended, decimal? score) =>
        attended == false && score is not null ? "缺考人员不能登记成绩"
        : attended is null && score is not null ? "请先登记出勤"
        : score is < 0 or > 100 ? "成绩应在 0 至 100 之间"
        : score is { } value && decimal.Round(value, 1) != value ? "成绩最多一位小数"
        : null;

    /// <summary>Whether a row is complete enough to be published.</summary>
    public static bool IsComplete(bool? attended, decimal? score) => attended == false || (attended == true && score is not null);

    /// <summary>A score as printed: 86 or 86.5; empty for none.</summary>
    public static string ScoreText(decimal? score) => score?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";
}
