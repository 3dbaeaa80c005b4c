using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Moving a running instance to another version: what stays, what is refused and why.</summary>
public sealed class MovingFacts
{
    [Fact]
    public async Task A_waiting_activity_stays_the_same_run_and_goes_on_in_the_new_version()
    {
        var (old, now) = (Flow("v1", "s>a", "a>b"), Flow("v2", "s>a", "a>check", "check>b"));
        await old.Start();
        var mark = old.State.Bookmarks.Single();

        var verdict = Move(old, now);
        Assert.True(verdict.CanMove);
        Assert.Equal(["check"], verdict.Ahead);
        Assert.Equal(mark.Id, verdict.State!.Bookmarks.Single().Id);
        await now.Resume("a", "Done");
        Assert.Equal("check", now.Waiting);
        await now.Resume("check", "Done");
        Assert.Equal("b", now.Waiting);
    }

    [Fact]
    public async Task A_new_activity_behind_which_the_instance_stands_is_passed_and_nothing_finished_runs_again()
    {
        var (old, now) = (Flow("v1", "s>a", "a>b"), Flow("v2", "s>check", "check>a", "a>b"));
        await old.Start();
        await old.Resume("a", "Done");
        var verdict = Move(old, now);
        Assert.Equal(["check"], verdict.Passed);
        Assert.Equal("b", now.Waiting);
        await now.Resume("b", "Done");
        Assert.Equal(WorkflowStatus.Finished, now.State.Status);
        Assert.Equal("b", now.Path);
    }

    [Fact]
    public async Task What_was_done_for_good_is_not_moved_away_from_before_the_open_step()
    {
        var old = Flow("v1", "s>grant:Test.Grant", "grant:Test.Grant>a", "a>b");
        await old.Start();
        await old.Resume("a", "Done");
        Assert.Equal(["a"], StateReturns.Of(old.Workflow, WorkflowState.Deserialize(old.State.Serialize()), "b"));
        var without = Move(old, Flow("v2", "s>a", "a>b"));
        Assert.Contains("已办且不能撤回", Assert.Single(without.Problems).Message, StringComparison.Ordinal);
        var kept = Move(old, Flow("v3", "s>grant:Test.Grant", "grant:Test.Grant>a", "a>check", "check>b"));
        Assert.True(kept.CanMove);
        Assert.Equal(["a"], Assert.Single(kept.Places).Earlier);
    }

    [Fact]
    public async Task The_journal_goes_on_with_a_line_about_the_move()
    {
        var (old, now) = (Flow("v1", "s>a"), Flow("v2", "s>a"));
        await old.Start();
        var last = old.Journal[^1].Sequence;
        var verdict = Move(old, now);
        Assert.Equal((JournalEvents.Moved, last + 1), (verdict.Journal!.EventName, verdict.Journal.Sequence));
        await now.Resume("a", "Done");
        Assert.Equal(last + 2, now.Journal[0].Sequence);
    }

    [Theory]
    [InlineData("s>b", "不存在")]
    [InlineData("s>a:Test.Deadline", "换成了另一种活动")]
    [InlineData("s>b|a>b", "没有连入流程")]
    public async Task What_stands_must_be_there_again(string lines, string why)
    {
        var (old, now) = (Flow("v1", "s>a", "a>b"), Flow("v2", lines.Split('|')));
        await old.Start();
        var verdict = Move(old, now);
        Assert.False(verdict.CanMove);
        Assert.Null(verdict.State);
        Assert.Contains(verdict.Problems, problem => problem.Message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_branch_that_the_instance_missed_does_not_hold_a_join_for_ever()
    {
        var (old, now) = (Flow("v1", "s>a", "s>b", "a>j", "b>j"), Flow("v2", "s>a", "s>b", "s>c", "a>j", "b>j", "c>j"));
        await old.Start();
        await old.Resume("a", "Done");
        Assert.Equal(["c"], Move(old, now).Passed);
        await now.Resume("b", "Done");
        Assert.Equal("j", now.Waiting);
    }

    [Fact]
    public async Task A_join_that_wants_all_is_not_left_waiting_for_a_missed_branch()
    {
        Host Version(string id, params string[] lines) => Flow(id, lines, model =>
            model["root"]!["activities"]!.AsArray().Single(one => (string?)one!["id"] == "j")!["customProperties"] = new JsonObject { ["mergeMode"] = "Merge" });
        var (old, now) = (Version("v1", "s>a", "s>b", "a>j", "b>j"), Version("v2", "s>a", "s>b", "s>c", "a>j", "b>j", "c>j"));
        await old.Start();
        var verdict = Move(old, now);
        Assert.Contains(verdict.Problems, problem => problem.Message.Contains("已经错过", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_waits_for_one_still_at_work_is_moved_and_goes_on_after_it()
    {
        Host Version(string id) => Flow(id, ["s>p", "s>q", "p>c", "q>c", "c>t"], model =>
        {
            foreach (var activity in model["root"]!["activities"]!.AsArray().OfType<JsonObject>())
            {
                if ((string?)activity["id"] is "c" or "t")
                    activity["customProperties"] = new JsonObject { ["mergeMode"] = (string?)activity["id"] == "c" ? "Cascade" : "Stream" };
            }
        });
        var (old, now) = (Version("v1"), Version("v2"));
        await old.Start();
        await old.Resume("p", "Done");
        await old.Resume("q", "Done");
        await old.ResumeAt(old.State.Bookmarks[0].Id, new[] { "Done" });
        Assert.Equal("c", old.Waiting);

        Assert.Empty(Move(old, now).Problems);
        await now.Resume("c", "Done");
        Assert.Equal("t", now.Waiting);
    }

    /// <summary>The stream t was skipped, then a late branch came to it while another is still at work: z does not wait for it.</summary>
    [Fact]
    public async Task A_stream_that_was_skipped_before_a_late_branch_came_holds_nothing_up_after_a_move()
    {
        Host Version(string id) => Flow(id, ["s>p", "s>q", "s>r", "p>c", "q>c", "r>c", "c>t", "c.A>u", "t>z", "u>z"], model =>
        {
            foreach (var activity in model["root"]!["activities"]!.AsArray().OfType<JsonObject>())
            {
                if ((string?)activity["id"] is "c" or "t")
                    activity["customProperties"] = new JsonObject { ["mergeMode"] = (string?)activity["id"] == "c" ? "Cascade" : "Stream" };
            }
        });
        var (stays, old, now) = (Version("v1"), Version("v1"), Version("v2"));
        foreach (var host in new[] { stays, old })
        {
            await host.Start();
            await host.Resume("p", "Done");
            await host.Resume("c", "A");
            await host.Resume("q", "Done");
            await host.Resume("r", "Done");
            await host.ResumeAt(host.State.Bookmarks.First(mark => mark.ActivityId == "c").Id, new[] { "Done" });
        }

        Assert.Empty(Move(old, now).Problems);
        foreach (var host in new[] { stays, now })
        {
            await host.Resume("u", "Done");
            Assert.Contains("z", host.State.Bookmarks.Select(mark => mark.ActivityId));
        }
    }

    [Fact]
    public async Task Variables_keep_their_values_new_ones_begin_and_a_changed_type_is_converted_or_refused()
    {
        Host Version(string id, string type) => Flow(id, ["s>a"], model => model["variables"] = JsonNode.Parse($$"""
            [{"id":"v9","name":"Extra","typeName":"String","isArray":false,"value":"neu"},
             {"id":"v1","name":"Renamed","typeName":"{{type}}","isArray":false,"value":"0"}]
            """));
        var old = Flow("v1", ["s>a"], model => model["variables"] = JsonNode.Parse("""[{"id":"v1","name":"Amount","typeName":"String","isArray":false,"value":"0"}]"""));
        await old.Start();
        await old.Act("a", context =>
        {
            context.SetVariable("Amount", "42");
            context.CreateBookmark("Wait", "a");
        });
        var number = Version("v2", "Int32");
        Move(old, number);
        Assert.Equal((42, "neu"), (number.Variable("Renamed"), number.Variable("Extra")));

        await old.Act("a", context =>
        {
            context.SetVariable("Amount", "viel");
            context.CreateBookmark("Wait", "a");
        });
        Assert.Contains(Move(old, Version("v3", "Int32")).Problems, problem => problem.Message.Contains("改变了类型", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_goes_on_with_the_inputs_it_began_with_and_its_next_round_reads_the_new_ones()
    {
        Host Version(string id, string days) => Flow(id, ["s>a"], model => model["root"]!["activities"]!.AsArray()
            .Single(one => (string?)one!["id"] == "a")!["title"] = Draw.Literal(days));
        var (old, now) = (Version("v1", "alt"), Version("v2", "neu"));
        await old.Start();
        Move(old, now);
        await now.Act("a", context => context.ReturnTo("s", "test"));
        Assert.Equal("alt", now.Title);
        await now.Resume("a", "Done");
        Assert.Equal("neu", now.Title);
    }

    [Fact]
    public async Task A_failed_activity_is_retried_with_the_mended_expression_of_the_new_version()
    {
        Host Version(string id, string script) => Flow(id, ["s>a"], model => model["root"]!["activities"]!.AsArray()
            .Single(one => (string?)one!["id"] == "a")!["title"] = Draw.Js(script));
        var (old, now) = (Version("v1", "nothing.there"), Version("v2", "'mended'"));
        await old.Start();
        Assert.Single(old.State.Incidents);
        Assert.True(Move(old, now).CanMove);
        await now.Retry();
        Assert.Empty(now.State.Incidents);
        Assert.Equal("a", now.Waiting);
    }

    [Fact]
    public async Task Inside_a_sequence_nothing_may_be_added_or_reordered_while_it_runs()
    {
        Host Version(string id, params string[] steps) => new(Draw.Of(
            Draw.Sequence("seq", [.. steps.Select(step => Draw.Activity(step, "Test.Wait"))])).Named(id));
        var old = Version("v1", "a", "b");
        await old.Start();
        Assert.True(StateMover.Move(old.Workflow, Version("v2", "a", "b").Workflow, old.State, default).CanMove);
        var verdict = StateMover.Move(old.Workflow, Version("v3", "b", "a").Workflow, old.State, default);
        Assert.Contains(verdict.Problems, problem => problem.Message.Contains("改变了顺序", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_be_returned_to_is_told_for_the_new_version()
    {
        var (old, now) = (Flow("v1", "s>a", "a>b", "b>c"), Flow("v2", "s>a", "a>c", "b>c"));
        await old.Start();
        await old.Resume("a", "Done");
        await old.Resume("b", "Done");
        Assert.Equal(["s", "a"], Move(old, now).Places.Single().Earlier);
    }

    private static MoveVerdict Move(Host old, Host now)
    {
        var verdict = StateMover.Move(old.Workflow, now.Workflow, old.State, old.Clock.GetUtcNow());
        if (verdict.State is { } state)
            now.Adopt(WorkflowState.Deserialize(state.Serialize()));
        return verdict;
    }

    private static Host Flow(string version, params string[] lines) => Flow(version, lines, _ => { });

    private static Host Flow(string version, string[] lines, Action<JsonObject> change)
    {
        var names = lines.SelectMany(line => line.Split('>')).Distinct().ToDictionary(name => name.Split(':')[0], name => name.Split(':').ElementAtOrDefault(1));
        names["s"] = "Start";
        var draw = Draw.Of([.. names.Select(one => Draw.Activity(one.Key, one.Value ?? "Test.Wait"))]);
        draw.Lines([.. lines.Select(line => string.Join('>', line.Split('>').Select(end => end.Split(':')[0])))]);
        change(draw.Model);
        return new Host(draw.Named(version));
    }
}
