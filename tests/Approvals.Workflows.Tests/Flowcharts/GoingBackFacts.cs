namespace Approvals.Workflows.Tests;

/// <summary>Returns and detours as a signer meets them: apply, two vetters side by side, a leader.</summary>
public sealed class GoingBackFacts
{
    private static async Task<Host> Case()
    {
        var host = Draw.Flow("start:Start", "apply:Test.Wait", "vet1:Test.Wait", "vet2:Test.Wait", "leader:Test.Wait",
            "done:WriteLine")
            .Lines("start>apply apply>vet1 apply>vet2 vet1>leader vet2>leader leader>done leader.Back>apply").Host();
        Assert.Empty(host.Workflow.Problems);
        await host.Start();
        await host.Resume("apply", "Done");
        Assert.Equal("vet1 vet2", host.Waiting);
        return host;
    }

    [Fact]
    public async Task A_return_withdraws_the_other_vetter_and_both_are_asked_again_once()
    {
        var host = await Case();
        var run = await host.Act("vet1", c => Assert.Equal(ReturnOutcome.Accepted, c.ReturnTo("apply", "材料不全")));
        Assert.Equal("apply", host.Waiting);
        var withdrawn = Assert.Single(run.Journal, e => e.EventName == JournalEvents.Canceled);
        Assert.Equal(("vet2", "材料不全"), (withdrawn.ActivityId, withdrawn.Message));
        Assert.Equal("材料不全", Assert.Single(run.Journal, e => e.EventName == JournalEvents.Returned).Message);
        await host.Resume("apply", "Done");
        Assert.Equal("vet1 vet2", host.Waiting);
        await host.Resume("vet1", "Done");
        await host.Resume("vet2", "Done");
        await host.Resume("leader", "Done");
        Assert.Equal("start apply apply vet1 vet2 leader done", host.Path);
        Assert.Equal([1, 2], host.Journal.Where(e => e is { ActivityId: "vet1", EventName: "Started" }).Select(e => e.Round));
    }

    [Fact]
    public async Task A_return_past_one_branch_keeps_the_other_branch_decided()
    {
        var host = await Case();
        await host.Resume("vet1", "Done");
        await host.Resume("vet2", "Done");
        await host.Act("leader", c => c.ReturnTo("vet1", "再核"));
        Assert.Equal("vet1", host.Waiting);
        await host.Resume("vet1", "Done");
        Assert.Equal("leader", host.Waiting);
    }

    [Fact]
    public async Task A_drawn_way_back_does_the_same()
    {
        var host = await Case();
        await host.Resume("vet1", "Done");
        await host.Resume("vet2", "Done");
        await host.Resume("leader", "Back");
        Assert.Equal("apply", host.Waiting);
        await host.Resume("apply", "Done");
        Assert.Equal("vet1 vet2", host.Waiting);
    }

    [Fact]
    public async Task A_detour_leaves_the_others_alone_and_comes_straight_back()
    {
        var host = await Case();
        await host.Act("vet1", c => Assert.Equal(ReturnOutcome.Accepted, c.DetourTo("apply", "补正")));
        Assert.Equal("apply vet2", host.Waiting);
        await host.Resume("vet2", "Done");
        Assert.Equal("apply", host.Waiting);
        await host.Resume("apply", "Done");
        Assert.Equal("vet1", host.Waiting);
        await host.Resume("vet1", "Done");
        Assert.Equal("leader", host.Waiting);
        Assert.Equal([1, 1], host.Journal.Where(e => e is { ActivityId: "vet1", EventName: "Started" }).Select(e => e.Round));
    }

    [Fact]
    public async Task A_detour_is_withdrawn_when_the_round_is_reset()
    {
        var host = await Case();
        await host.Act("vet1", c => c.DetourTo("apply", "补正"));
        await host.Act("vet2", c => c.ReturnTo("apply", "退回"));
        Assert.Equal("apply", host.Waiting);
        await host.Resume("apply", "Done");
        Assert.Equal("vet1 vet2", host.Waiting);
    }

    [Fact]
    public async Task Only_what_was_completed_and_lies_before_can_be_returned_to()
    {
        var host = await Case();
        await host.Resume("vet2", "Done");
        await host.Act("vet1", c =>
        {
            Assert.Equal(["start", "apply"], c.EarlierActivities().Select(a => a.ActivityId));
            Assert.Equal(ReturnOutcome.NotEarlier, c.ReturnTo("leader", "x"));
            Assert.Equal(ReturnOutcome.NotEarlier, c.ReturnTo("vet2", "x"));
            Assert.Equal(ReturnOutcome.NotEarlier, c.DetourTo("vet1", "x"));
            Assert.Equal(ReturnOutcome.UnknownActivity, c.ReturnTo("nobody", "x"));
            c.CreateBookmark("Wait");
        });
        Assert.Equal("vet1", host.Waiting);
    }

    /// <summary>What was signed before money was granted stays what was signed.</summary>
    [Fact]
    public async Task Nobody_goes_back_behind_what_was_done_for_good()
    {
        var host = Draw.Flow("start:Start", "quote:Test.Wait", "grant:Test.Grant", "policies:Test.Wait", "check:Test.Wait")
            .Lines("start>quote quote>grant grant>policies policies>check").Host();
        await host.Start();
        await host.Resume("quote", "Done");
        await host.Resume("policies", "Done");
        await host.Act("check", c =>
        {
            Assert.Equal(["policies"], c.EarlierActivities().Select(a => a.ActivityId));
            Assert.Equal(ReturnOutcome.BehindFinal, c.ReturnTo("quote", "x"));
            Assert.Equal(ReturnOutcome.BehindFinal, c.DetourTo("quote", "x"));
            c.CreateBookmark("Wait");
        });
        Assert.Equal(["policies"], StateReturns.Of(host.Workflow, WorkflowState.Deserialize(host.State.Serialize()), "check"));
        await host.Act("check", c => Assert.Equal(ReturnOutcome.Accepted, c.ReturnTo("policies", "x")));
        Assert.Equal("policies", host.Waiting);
    }

    [Fact]
    public async Task What_refused_is_gone_behind_and_so_is_nothing_beside_it()
    {
        var host = Draw.Of(
                Draw.Activity("quote", "Test.Wait"), Draw.Activity("grant", "Test.Grant", ("refuses", Draw.Literal(true))),
                Draw.Activity("paid", "Test.Wait"), Draw.Activity("again", "Test.Wait"))
            .Lines("quote>grant grant.Done>paid grant.Refused>again").Host();
        await host.Start();
        await host.Resume("quote", "Done");
        await host.Act("again", c => Assert.Equal(ReturnOutcome.Accepted, c.ReturnTo("quote", "x")));
        Assert.Equal("quote", host.Waiting);

        var beside = Draw.Flow("quote:Test.Wait", "grant:Test.Grant", "paid:Test.Wait", "other:Test.Wait")
            .Lines("quote>grant grant>paid quote>other").Host();
        await beside.Start();
        await beside.Resume("quote", "Done");
        await beside.Act("other", c =>
        {
            Assert.Empty(c.EarlierActivities());
            Assert.Equal(ReturnOutcome.BehindFinal, c.ReturnTo("quote", "x"));
            c.CreateBookmark("Wait");
        });
    }

    [Fact]
    public async Task What_was_done_for_good_inside_is_not_left_by_a_return_to_the_outside()
    {
        var host = Draw.Of(Draw.Activity("apply", "Test.Wait"),
                Draw.Chart("inner", Draw.Activity("a", "Test.Wait"), Draw.Activity("grant", "Test.Grant"), Draw.Activity("b", "Test.Wait")),
                Draw.Activity("after", "Test.Wait"))
            .Lines("apply>inner inner>after").Host();
        await host.Start();
        await host.Resume("apply", "Done");
        await host.Resume("a", "Done");
        await host.Act("b", c =>
        {
            Assert.Empty(c.EarlierActivities());
            Assert.Equal(ReturnOutcome.BehindFinal, c.ReturnTo("apply", "x"));
            c.CreateBookmark("Wait");
        });
        await host.Resume("b", "Done");
        await host.Act("after", c =>
        {
            Assert.Equal(ReturnOutcome.BehindFinal, c.ReturnTo("apply", "x"));
            c.CreateBookmark("Wait");
        });
    }

    [Fact]
    public void A_drawn_way_back_behind_what_is_done_for_good_is_reported()
    {
        var host = Draw.Flow("quote:Test.Wait", "grant:Test.Grant", "check:Test.Wait")
            .Lines("quote>grant grant>check check.Back>quote").Host();
        var problem = Assert.Single(host.Workflow.Problems, one => one.Code == ProblemCodes.BehindFinal);
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
    }

    [Fact]
    public async Task A_return_from_an_inner_flowchart_reaches_the_outer_one()
    {
        var host = Draw.Of(Draw.Activity("apply", "Test.Wait"),
                Draw.Chart("inner", Draw.Activity("a", "Test.Wait"), Draw.Activity("b", "Test.Wait")))
            .Lines("apply>inner").Host();
        await host.Start();
        await host.Resume("apply", "Done");
        await host.Resume("a", "Done");
        await host.Act("b", c =>
        {
            Assert.Equal(["a", "apply"], c.EarlierActivities().Select(e => e.ActivityId));
            c.DetourTo("apply", "补正");
        });
        Assert.Equal("apply", host.Waiting);
        await host.Resume("apply", "Done");
        Assert.Equal("b", host.Waiting);
        await host.Act("b", c => c.ReturnTo("apply", "退回"));
        Assert.Equal("apply", host.Waiting);
        await host.Resume("apply", "Done");
        Assert.Equal("a", host.Waiting);
    }

    [Fact]
    public async Task A_first_come_join_stops_the_other_branch_for_good()
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("a", "Test.Wait"), Draw.Activity("b", "Test.Wait"),
                Draw.Activity("j", "FlowJoin", ("mode", Draw.Literal("WaitAny"))), Draw.Activity("z", "Test.Wait"))
            .Lines("s>a s>b a>j b>j j>z").Host();
        await host.Start();
        var other = host.State.Bookmarks.Single(b => b.ActivityId == "b").Id;
        await host.Resume("a", "Done");
        Assert.Equal("z", host.Waiting);
        Assert.Equal(ResumeOutcome.BookmarkGone, (await host.ResumeAt(other, "Done")).Outcome);
        Assert.Equal("z", host.Waiting);
    }

    [Fact]
    public async Task A_join_does_not_wait_for_a_way_that_was_not_taken()
    {
        var host = Draw.Of(Draw.Activity("d", "FlowDecision", ("condition", Draw.Js("true"))), Draw.Activity("a", "WriteLine"),
                Draw.Activity("b", "Test.Wait"), Draw.Activity("c", "WriteLine"), Draw.Activity("j", "WriteLine"))
            .Lines("d.True>a d.False>b b>c a>j c>j").Host();
        await host.Start();
        Assert.Equal("d a j", host.Path);
        Assert.Equal(WorkflowStatus.Finished, host.State.Status);
    }
}
