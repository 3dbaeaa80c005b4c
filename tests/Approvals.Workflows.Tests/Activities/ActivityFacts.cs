using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>What each built-in activity does.</summary>
public sealed class ActivityFacts
{
    private static JsonObject Line(string id, string script) => Draw.Activity(id, "WriteLine", ("text", Draw.Js(script)));

    private static async Task<Host> Run(params JsonObject[] activities)
    {
        var host = Draw.Of(activities).Variable("I", "Int32", 0)
            .Lines([.. activities.Zip(activities.Skip(1)).Select(p => $"{p.First["id"]}>{p.Second["id"]}")]).Host();
        Assert.Empty(host.Workflow.Problems);
        await host.Start();
        Assert.Empty(host.State.Incidents.Select(i => i.Message));
        return host;
    }

    [Fact]
    public async Task Sequence_runs_one_after_another() =>
        Assert.Equal("a b c", (await Run(Draw.Sequence("s", Line("a", "1"), Line("b", "2"), Line("c", "3")))).Path);

    [Fact]
    public async Task FlowNode_runs_its_body() =>
        Assert.Equal("a", (await Run(Draw.Activity("n", "FlowNode", ("body", Line("a", "1"))))).Path);

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    public async Task If_runs_one_of_two(string condition, string expected)
    {
        var host = await Run(Draw.Activity(
            "if", "If", ("condition", Draw.Js(condition)), ("then", Line("yes", "1")), ("else", Line("no", "2"))));
        Assert.Equal(expected, host.Path);
    }

    [Theory]
    [InlineData("MatchFirst", "one")]
    [InlineData("MatchAny", "one two")]
    public async Task Switch_runs_the_cases_that_are_met(string mode, string expected)
    {
        var cases = new JsonArray(Case("one", "true"), Case("two", "1 < 2"), Case("three", "false"));
        Assert.Equal(expected, (await Run(Draw.Activity("s", "Switch", ("cases", cases), ("mode", Draw.Literal(mode))))).Path);

        static JsonObject Case(string id, string condition) => new()
        {
            ["label"] = id, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition },
                ["activity"] = Line(id, "1"),
        };
    }

    [Fact]
    public async Task Switch_falls_to_its_default() =>
        Assert.Equal("d", (await Run(Draw.Activity("s", "Switch", ("cases", new JsonArray()), ("default", Line("d",
            "1"))))).Path);

    [Theory]
    [InlineData("5001", "MatchFirst", "big")]
    [InlineData("5001", "MatchAny", "big any")]
    [InlineData("1", "MatchFirst", "any")]
    [InlineData("-1", "MatchAny", "none")]
    public async Task FlowSwitch_takes_the_exits_that_are_met(string amount, string mode, string expected)
    {
        var cases = new JsonArray(Case("大额", $"{amount} > 5000"), Case("任意", $"{amount} > 0"));
        var host = Draw.Of(
                Draw.Activity("s", "FlowSwitch", ("cases", cases), ("mode", Draw.Literal(mode))), Line("big", "1"), Line("any",
                    "1"),
                Line("none", "1"))
            .Lines("s.大额>big s.任意>any s.Default>none").Host();
        await host.Start();
        Assert.Equal("s " + expected, host.Path);

        static JsonObject Case(string label, string condition) => new()
        {
            ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition },
                ["activity"] = null,
        };
    }

    [Fact]
    public async Task FlowFork_takes_all_branches_and_FlowJoin_waits_for_them()
    {
        var host = Draw.Of(
                Draw.Activity("f", "FlowFork", ("branches", Draw.Expression("Object", "[\"甲\",\"乙\"]"))), Draw.Activity("a",
                    "Test.Wait"),
                Draw.Activity("b", "Test.Wait"), Draw.Activity("j", "FlowJoin", ("mode", Draw.Literal("WaitAll"))))
            .Lines("f.甲>a f.乙>b a>j b>j").Host();
        await host.Start();
        Assert.Equal("a b", host.Waiting);
        await host.Resume("b", "Done");
        Assert.Equal("a", host.Waiting);
        await host.Resume("a", "Done");
        Assert.Equal("f b a j", host.Path);
        Assert.Equal(WorkflowSubStatus.Finished, host.State.SubStatus);
    }

    [Theory]
    [InlineData("WaitAll", "a b")]
    [InlineData("WaitAny", "b")]
    public async Task Fork_ends_with_all_or_with_the_first(string mode, string completed)
    {
        var host = await Run(Draw.Activity("f", "Fork", ("joinMode", mode), ("branches", new JsonArray(
            Draw.Activity("a", "Test.Wait"), Draw.Activity("b", "Test.Wait")))));
        if (mode == "WaitAll")
            await host.Resume("a", "Done");
        await host.Resume("b", "Done");
        Assert.Equal(completed, host.Path);
        Assert.Equal(WorkflowStatus.Finished, host.State.Status);
    }

    [Theory]
    [InlineData(0, 3, 1, true, "0 1 2 3")]
    [InlineData(0, 3, 1, false, "0 1 2")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(1, 0, 1, true, "")]
    public async Task For_counts(int start, int end, int step, bool inclusive, string expected)
    {
        var host = await Run(Draw.Activity("f", "For", ("start", Draw.Literal(start)), ("end", Draw.Literal(end)), ("step",
            Draw.Literal(step)),
            ("outerBoundInclusive", Draw.Literal(inclusive)), ("currentValue", Draw.To("vI")), ("body", Line("l",
                "variables.I"))));
        Assert.Equal(expected, string.Join(" ", host.Lines));
    }

    [Fact]
    public async Task ForEach_runs_for_each_item_and_survives_waiting()
    {
        var host = await Run(Draw.Activity("f", "ForEach", ("items", Draw.Js("['甲', '乙']")), ("body", Draw.Sequence(
            "s", Line("l", "getCurrentIndex() + getCurrentValue()"), Draw.Activity("w", "Test.Wait"), Line("m",
                "variables.CurrentValue")))));
        await host.Resume("w", "Done");
        await host.Resume("w", "Done");
        Assert.Equal(["0甲", "甲", "1乙", "乙"], host.Lines);
        Assert.Equal(WorkflowStatus.Finished, host.State.Status);
    }

    [Fact]
    public async Task ParallelForEach_runs_for_all_at_once()
    {
        var host = await Run(Draw.Activity("f", "ParallelForEach", ("items", Draw.Js("[1, 2, 3]")), ("body", Draw.Sequence(
            "s", Draw.Activity("w", "Test.Wait"), Line("l", "variables.CurrentValue")))));
        Assert.Equal("w w w", host.Waiting);
        await host.ResumeAt(host.State.Bookmarks[1].Id, "Done");
        await host.ResumeAt(host.State.Bookmarks[1].Id, "Done");
        Assert.Equal(WorkflowStatus.Running, host.State.Status);
        await host.ResumeAt(host.State.Bookmarks[0].Id, "Done");
        Assert.Equal(["2", "3", "1"], host.Lines);
        Assert.Equal(WorkflowStatus.Finished, host.State.Status);
    }

    [Fact]
    public async Task While_asks_before_each_round_and_Break_leaves_it()
    {
        var body = Draw.Sequence("s", Line("l", "setI(getI() + 1); getI()"));
        var host = await Run(Draw.Activity("w", "While", ("condition", Draw.Js("variables.I < 3")), ("body", body)), Line("z",
            "'end'"));
        Assert.Equal(["1", "2", "3", "end"], host.Lines);

        body = Draw.Sequence("s", Line("l", "'once'"), Draw.Activity("b", "Break"), Line("never", "'never'"));
        host = await Run(Draw.Activity("w", "While", ("condition", Draw.Js("true")), ("body", body)), Line("z", "'end'"));
        Assert.Equal(["once", "end"], host.Lines);
    }

    [Fact]
    public async Task SetName_and_Correlate_mark_the_instance()
    {
        var host = await Run(
            Draw.Activity("n", "SetName", ("value", Draw.Literal("张三的申请"))), Draw.Activity("c", "Correlate", ("correlationId",
                Draw.Literal("C-1"))));
        Assert.Equal(("张三的申请", "C-1"), (host.State.Name, host.State.CorrelationId));
    }

    [Fact]
    public async Task Fault_makes_an_incident_with_its_message()
    {
        var host = Draw.Of(Draw.Activity("f", "Fault", ("code", Draw.Literal("E7")), ("message", Draw.Literal("不行")))).Host();
        var incident = Assert.Single((await host.Start()).NewIncidents);
        Assert.Equal(("f", "不行", "E7"), (incident.ActivityId, incident.Message, incident.ExceptionType));
    }

    [Theory]
    [InlineData("Delay", "timeSpan", "1.02:00:00", "2026-01-06T10:00:00Z")]
    [InlineData("Delay", "", "", "2026-01-05T08:01:00Z")]
    [InlineData("Timer", "interval", "00:00:30", "2026-01-05T08:00:30Z")]
    [InlineData("StartAt", "dateTime", "2026-02-01T00:00:00+08:00", "2026-01-31T16:00:00Z")]
    [InlineData("Cron", "cronExpression", "0 9 * * 1", "2026-01-05T09:00:00Z")]
    [InlineData("Cron", "cronExpression", "30 0 9 * * *", "2026-01-05T09:00:30Z")]
    public async Task A_timer_is_due_when_it_says(string type, string input, string value, string due)
    {
        var host = await Run(input.Length == 0 ? Draw.Activity("t", type) : Draw.Activity("t", type, (input,
            Draw.Literal(value))));
        var bookmark = Assert.Single(host.State.Bookmarks);
        Assert.Equal(BookmarkKinds.Timer, bookmark.Kind);
        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), bookmark.DueAt);
        Assert.Equal(type == "Cron" ? value : null, bookmark.CronExpression);
        await host.Resume("t");
        Assert.Equal(WorkflowStatus.Finished, host.State.Status);
    }

    [Fact]
    public async Task A_moment_that_has_passed_is_not_waited_for() =>
        Assert.Equal(WorkflowStatus.Finished,
            (await Run(Draw.Activity("t", "StartAt", ("dateTime", Draw.Literal("2020-01-01T00:00:00Z"))))).State.Status);

    [Theory]
    [InlineData("Timer")]
    [InlineData("Cron")]
    [InlineData("Event")]
    public async Task A_trigger_that_started_the_workflow_does_not_wait(string type)
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("t", type), Line("l", "'on'")).Lines("s>t t>l").Host();
        await host.Start(trigger: "t");
        Assert.Equal("t l", host.Path);
    }

    [Fact]
    public async Task Event_waits_for_its_name_and_puts_out_what_came()
    {
        var host = await Run(
            Draw.Activity("e", "Event", ("eventName", Draw.Literal("批准")), ("result", Draw.To("vI"))), Line("l", "variables.I"));
        Assert.Equal((BookmarkKinds.Event, "批准"), (host.State.Bookmarks[0].Kind, host.State.Bookmarks[0].Key));
        await host.Resume("e", 42);
        Assert.Equal(["42"], host.Lines);
    }

    [Fact]
    public async Task PublishEvent_hands_the_event_to_the_host()
    {
        var host = Draw.Of(Draw.Activity("p", "PublishEvent", ("eventName", Draw.Literal("完成")), ("correlationId",
            Draw.Literal("C")),
            ("isLocalEvent", Draw.Literal(true)), ("payload", Draw.Js("({ n: 1 })")))).Host();
        var published = Assert.Single((await host.Start()).Events);
        Assert.Equal(("完成", "C", true, "{\"n\":1}"),
            (published.Name, published.CorrelationId, published.IsLocal, Values.ToText(published.Payload)));
    }

    [Fact]
    public async Task ExecuteWorkflow_waits_for_the_child_and_DispatchWorkflow_does_not()
    {
        JsonObject Child(string id, string type) => Draw.Activity(
            id, type, ("workflowDefinitionId", Draw.Literal("other")), ("input", Draw.Js("({ Amount: 5 })")), ("result",
                Draw.To("vR")));
        var host = Draw.Of(Child("d", "DispatchWorkflow"), Child("e", "ExecuteWorkflow"), Line("l",
            "variables.R.Out")).Lines("d>e e>l")
            .Variable("R", "Object").Host();
        var run = await host.Start(correlation: "case-1");
        Assert.Equal([false, true], run.Children.Select(c => c.BookmarkId is not null));
        Assert.All(run.Children, c => Assert.Equal(("other", "case-1", 5), (c.DefinitionId, c.CorrelationId, c.Input["Amount"])));
        var bookmark = Assert.Single(run.Created);
        Assert.Equal((BookmarkKinds.Child, run.Children[1].InstanceId.ToString()), (bookmark.Kind, bookmark.Key));
        await host.ResumeAt(bookmark.Id, new JsonObject { ["Out"] = "done" });
        Assert.Equal(["done"], host.Lines);
    }

    [Fact]
    public async Task RunJavaScript_gives_a_result_and_chooses_its_exit()
    {
        var host = Draw.Of(
                Draw.Activity("j", "RunJavaScript", ("script", Draw.Literal("setOutcome('甲'); setI(3); getI() * 2")),
                    ("possibleOutcomes", Draw.Expression("Object", "[\"甲\",\"乙\"]")), ("result", Draw.To("vR"))),
                Line("a", "variables.I + variables.R"), Line("b", "'b'"))
            .Lines("j.甲>a j.乙>b").Variable("I", "Int32", 0).Variable("R", "Int32", 0).Host();
        Assert.Empty(host.Workflow.Problems);
        await host.Start();
        Assert.Equal(["9"], host.Lines);
    }

    [Fact]
    public async Task End_ends_the_flowchart_and_withdraws_what_waits()
    {
        var host = Draw.Flow("s:Start", "w:Test.Wait", "x:Test.Wait", "e:End").Lines("s>w s>x x>e").Host();
        await host.Start();
        var run = await host.Resume("x", "Done");
        Assert.Equal("w", host.Events(JournalEvents.Canceled));
        Assert.Equal("w", host.Events("Withdrawn"));
        Assert.Equal(WorkflowSubStatus.Finished, run.SubStatus);
        Assert.Equal(["w", "x"], run.Removed.Select(b => b.ActivityId).Order());
    }

    [Fact]
    public async Task Finish_ends_the_instance_from_within()
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("w", "Test.Wait"),
            Draw.Chart("inner", Draw.Activity("x", "Test.Wait"), Draw.Activity("f", "Finish"))).Lines("s>w s>inner").Host();
        await host.Start();
        await host.Resume("x", "Done");
        Assert.Equal(WorkflowSubStatus.Finished, host.State.SubStatus);
        Assert.Equal("w", host.Events(JournalEvents.Canceled));
    }

    [Fact]
    public async Task Complete_ends_the_workflow_used_as_an_activity_with_its_outcomes()
    {
        var child = Draw.Of(Draw.Activity("w", "Test.Wait"), Draw.Activity("c", "Complete", ("outcomes",
            Draw.Expression("Object", "[\"同意\"]"))))
            .Lines("w>c");
        child.Model["name"] = "child";
        child.Model["definitionId"] = "child";
        child.Model["outcomes"] = new JsonArray("同意", "否决");
        var host = Draw.Of(Draw.Activity("k", "child"), Line("yes", "'yes'"), Line("no", "'no'")).Lines("k.同意>yes k.否决>no")
            .Host(null, WorkflowDefinition.Parse(child.Json));
        Assert.Empty(host.Workflow.Problems);
        await host.Start();
        Assert.Equal("Workflow1:Flowchart1:k:Flowchart1:w", host.State.Bookmarks[0].NodeId);
        var run = await host.Resume("w", "Done");
        Assert.Equal(["yes"], host.Lines);

        var alone = new Host(child.Json);
        await alone.Start();
        run = await alone.Resume("w", "Done");
        Assert.Equal(["同意"], run.Outcomes);
    }

    [Fact]
    public async Task Several_bookmarks_of_one_run_are_withdrawn_with_it()
    {
        var host = Draw.Flow("d:Test.Deadline", "late:WriteLine", "ok:WriteLine").Lines("d.Late>late d.Decided>ok").Host();
        var run = await host.Start();
        Assert.Equal(2, run.Created.Count);
        var timer = run.Created.Single(b => b.DueAt is not null);
        run = await host.ResumeAt(run.Created.Single(b => b.Kind == "Task").Id);
        Assert.Equal("d ok", host.Path);
        Assert.Contains(timer.Id, run.Removed.Select(b => b.Id));
        Assert.Equal(ResumeOutcome.AlreadyFinished, (await host.ResumeAt(timer.Id)).Outcome);
    }
}
