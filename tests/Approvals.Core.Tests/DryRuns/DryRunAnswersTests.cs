using Approvals.Core.DryRuns;

namespace Approvals.Core.Tests.DryRuns;

/// <summary>The script of a dry run is read strictly, and what it leaves out has a meaning.</summary>
public sealed class DryRunAnswersTests
{
    [Fact]
    public void AnEmptyScriptApprovesEverywhere()
    {
        var answers = DryRunAnswers.Parse("{}");
        Assert.Equal(ScriptedDecision.Approve, answers.At("p", "vet", 1).Decision);
    }

    [Fact]
    public void AListIsReadByRoundAndEndsInApproval()
    {
        var answers = DryRunAnswers.Parse("""{"steps":{"vet":[{"decision":"return","returnTo":"apply"},{"decision":"reject"}]}}""");
        Assert.Equal(ScriptedDecision.Return, answers.At("p", "vet", 1).Decision);
        Assert.Equal(ScriptedDecision.Reject, answers.At("p", "vet", 2).Decision);
        Assert.Equal(ScriptedDecision.Approve, answers.At("p", "vet", 3).Decision);
    }

    [Fact]
    public void ASingleReturnIsDecidedOnceSoThatTheCaseGetsOn()
    {
        var answers = DryRunAnswers.Parse("""{"steps":{"vet":{"decision":"return"},"other":{"decision":"reject"}}}""");
        Assert.Equal(ScriptedDecision.Return, answers.At("p", "vet", 1).Decision);
        Assert.Equal(ScriptedDecision.Approve, answers.At("p", "vet", 2).Decision);
        Assert.Equal(ScriptedDecision.Reject, answers.At("p", "other", 2).Decision);
    }

    [Fact]
    public void AnAnswerForOneProcessGoesBeforeTheOneForAnyProcess()
    {
        var answers = DryRunAnswers.Parse("""{"steps":{"rule":{"decision":"approve"},"objection-handling/rule":{"decision":"reject"}}}""");
        Assert.Equal(ScriptedDecision.Reject, answers.At("objection-handling", "rule", 1).Decision);
        Assert.Equal(ScriptedDecision.Approve, answers.At("another", "rule", 1).Decision);
    }

    [Theory]
    [InlineData("""{"step":{}}""", "step")]
    [InlineData("""{"steps":{"vet":{"decision":"agree"}}}""", "steps.vet")]
    [InlineData("""{"steps":{"vet":{"decison":"reject"}}}""", "steps.vet")]
    [InlineData("""{"maxActs":0}""", "maxActs")]
    [InlineData("""{"fields":""", "")]
    [InlineData("null", "")]
    public void AMistakeIsRefusedWithItsPlace(string json, string place)
    {
        var fault = Assert.Throws<FormatException>(() => DryRunAnswers.Parse(json));
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        const string json = """
            {"applicant":"liuzhiqiang","startOn":"2026-11-23","fields":{"post":"队长"},
             "steps":{"vet":[{"decision":"return"},{"people":{"lili":{"decision":"reject","opinion":"不同意"}}}],"appoint":{"afterWorkingDays":2}},
             "training":[{"score":55},{"attended":false}],"objections":[{"afterWorkingDays":3}],"events":{"paid":{"payload":1}}}
            """;
        var answers = DryRunAnswers.Parse(DryRunAnswers.Parse(json).ToJson());
        Assert.Equal(new DateOnly(2026, 11, 23), answers.StartOn);
        Assert.Equal("队长", answers.Fields["post"]!.GetValue<string>());
        Assert.Equal(ScriptedDecision.Return, answers.At("p", "vet", 1).Decision);
        Assert.Equal("不同意", answers.At("p", "vet", 2).People["lili"].Opinion);
        Assert.Equal(2, answers.At("p", "appoint", 7).AfterWorkingDays);
        Assert.False(answers.Training[1].Attended);
        Assert.Equal(3, answers.Objections[0].AfterWorkingDays);
        Assert.Equal(1, answers.Events["paid"].Payload!.GetValue<int>());
    }
}
