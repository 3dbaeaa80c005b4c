using Approvals.Core.Inbox;

namespace Approvals.Core.Tests.Inbox;

/// <summary>What a step offers, as its row keeps it.</summary>
public sealed class StepOptionsTests
{
    private static readonly StepOptions Least = new("同意", null, false, false, false, false, null, [], false, CanHandOver: false, CanAddSigner: false);

    private static readonly StepOptions Most = new(
        "批准", "不予批准", true, true, true, true, "请核对证书", [new("apply", "个人申请")], true, CanHandOver: true, CanAddSigner: true, CanBatch: true);

    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (var options in new[] { Least, Most })
        {
            var read = StepOptions.Read(options.ToJson());
            Assert.Equal(options.ReturnTargets, read.ReturnTargets);
            Assert.Equal(options, read with { ReturnTargets = options.ReturnTargets });
        }
    }

    [Fact]
    public void Chinese_stands_there_as_it_is_and_what_is_not_offered_is_left_out()
    {
        Assert.Equal("""{"approveLabel":"同意","returnTargets":[],"canHandOver":false,"canAddSigner":false}""", Least.ToJson());
    }

    [Fact]
    public void Steps_of_an_earlier_release_are_read_too()
    {
        var before = """{"approveLabel":"\u540C\u610F","rejectLabel":null,"canReturn":true,"comesStraightBack":false,"requiresSignature":true,"requiresOpinion":false,"help":null,"returnTargets":[],"grantsWaivers":false,"canHandOver":false,"canAddSigner":true,"canBatch":false}""";
        var read = StepOptions.Read(before);
        Assert.Equal(("同意", true, true, false, true), (read.ApproveLabel, read.CanReturn, read.RequiresSignature, read.CanHandOver, read.CanAddSigner));
    }
}
