using Approvals.Core.Training;
using CsCheck;

namespace Approvals.Core.Tests.Training;

public sealed class TrainingResultsTests
{
    private static readonly Gen<decimal> Scores = Gen.Int[0, 1000].Select(tenths => tenths / 10m);

    [Theory]
    [InlineData(true, "60", 1, ResultStep.Pass)]
    [InlineData(true, "59.9", 1, ResultStep.Resit)]
    [InlineData(true, "59.9", 2, ResultStep.Fail)]
    [InlineData(false, null, 2, ResultStep.WaitAgain)]
    public void The_pass_mark_itself_passes(bool attended, string? score, int sitting, ResultStep expected) => Assert.Equal(
        expected,
        TrainingResults.Decide(
            attended, score is null ? null : decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture), 60, sitting, 2));

    [Fact]
    public void Nobody_sits_more_often_than_allowed() => Gen.Select(Scores, Gen.Int[0, 3]).Sample((score, resits) =>
    {
        var sitting = 1;
        while (TrainingResults.Decide(true, score, 60, sitting, 1 + resits) == ResultStep.Resit)
        {
            sitting++;
        }

        Assert.True(sitting <= 1 + resits);
        Assert.Equal(score >= 60 ? ResultStep.Pass : ResultStep.Fail, TrainingResults.Decide(true, score, 60, sitting, 1 + resits));
    });

    [Theory]
    [InlineData(true, "100", true)]
    [InlineData(true, "86.5", true)]
    [InlineData(true, "86.55", false)]
    [InlineData(true, "100.1", false)]
    [InlineData(true, "-1", false)]
    [InlineData(false, "50", false)]
    [InlineData(null, "50", false)]
    public void A_score_is_0_to_100_with_one_decimal_and_needs_attendance(bool? attended, string score, bool accepted) => Assert.Equal(
        accepted,
        TrainingResults.Problem(attended, decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture)) is null);
}
