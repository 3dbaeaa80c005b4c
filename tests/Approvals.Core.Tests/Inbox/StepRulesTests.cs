using Approvals.Core.Inbox;

namespace Approvals.Core.Tests.Inbox;

public class StepRulesTests
{
    private static StepProgress Judge(StepMode mode, int waiting, params DecisionKind[] answers) =>
        StepRules.Evaluate(mode, 60, answers, waiting);

    [Fact]
    public void Any_first_answer_decides()
    {
        Assert.Equal(StepProgress.Approved, Judge(StepMode.Any, 4, DecisionKind.Approve));
        Assert.Equal(StepProgress.Rejected, Judge(StepMode.Any, 4, DecisionKind.Reject));
    }

    [Fact]
    public void All_waits_for_everyone_but_not_after_a_refusal()
    {
        Assert.Equal(StepProgress.Continues, Judge(StepMode.All, 1, DecisionKind.Approve));
        Assert.Equal(StepProgress.Approved, Judge(StepMode.All, 0, DecisionKind.Approve, DecisionKind.Approve));
        Assert.Equal(StepProgress.Rejected, Judge(StepMode.All, 3, DecisionKind.Approve, DecisionKind.Reject));
    }

    [Fact]
    public void Sequence_asks_the_next_until_the_last()
    {
        Assert.Equal(StepProgress.NextInOrder, Judge(StepMode.Sequence, 1, DecisionKind.Approve));
        Assert.Equal(StepProgress.Approved, Judge(StepMode.Sequence, 0, DecisionKind.Approve, DecisionKind.Approve));
        Assert.Equal(StepProgress.Rejected, Judge(StepMode.Sequence, 1, DecisionKind.Reject));
    }

    [Fact]
    public void Vote_ends_when_the_threshold_is_met_or_out_of_reach()
    {
        Assert.Equal(StepProgress.Continues, Judge(StepMode.Vote, 3, DecisionKind.Approve, DecisionKind.Approve));
        Assert.Equal(StepProgress.Approved, Judge(StepMode.Vote, 2, DecisionKind.Approve, DecisionKind.Approve, DecisionKind.Approve));
        Assert.Equal(StepProgress.Rejected, Judge(StepMode.Vote, 2, DecisionKind.Reject, DecisionKind.Abstain, DecisionKind.Reject));
    }

    [Theory]
    [InlineData(StepMode.Any)]
    [InlineData(StepMode.All)]
    [InlineData(StepMode.Sequence)]
    [InlineData(StepMode.Vote)]
    public void A_return_always_ends_the_step(StepMode mode) =>
        Assert.Equal(StepProgress.Returned, Judge(mode, 5, DecisionKind.Approve, DecisionKind.Return));
}
