using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox;

public class DecideTaskTests
{
    [Theory, OnEachDatabase]
    public async Task Two_signers_end_a_case(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        Assert.Equal("处长审批", (await world.CaseAsync(id)).CurrentSteps);

        Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve));
        Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync(await world.TaskOfAsync(id, world.Leader), world.Leader, DecisionKind.Approve, "同意"));

        var row = await world.CaseAsync(id);
        Assert.Equal((CaseStatus.Completed, "同意申请", "CS-2026-0001"), (row.Status, row.Outcome, row.Number));
        Assert.Empty(await world.OpenTasksAsync(id));
        Assert.Equal(["submitted", "decided", "decided", "completed"], await world.HistoryAsync(id));
    }

    [Theory, OnEachDatabase]
    public async Task Fifty_racing_decisions_leave_one_winner_and_tell_the_others(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        var hash = await world.AsAsync(world.Head, async scope =>
            (await scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, default))!.Shown.Hash);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => world.AsAsync(
            world.Head,
            scope => scope.GetRequiredService<DecideTask>().DecideAsync(CaseWorld.Request(task, hash, DecisionKind.Approve), default)))));

        Assert.Single(outcomes.OfType<DecideOutcome.Decided>());
        var losers = outcomes.OfType<DecideOutcome.AlreadyDecided>().ToList();
        Assert.Equal(49, losers.Count);
        Assert.All(losers, loser => Assert.Equal((world.Head.Name, "同意"), (loser.By, loser.As)));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(one => one.TaskId == task.Id)));
        Assert.Single(await world.OpenTasksAsync(id));
    }

    [Theory, OnEachDatabase]
    public async Task Racing_signers_of_one_joint_step_lose_no_answer(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.Fork());
        var id = await world.SubmittedAsync("fork");
        var people = new[] { world.Head, world.VoterOne, world.VoterTwo };
        var tasks = await Task.WhenAll(people.Select(person => world.TaskOfAsync(id, person)));

        var outcomes = await Task.WhenAll(tasks.Zip(people).Select(pair => Task.Run(() =>
            world.DecideAsync(pair.First, pair.Second, DecisionKind.Approve))));

        Assert.All(outcomes, outcome => Assert.IsType<DecideOutcome.Decided>(outcome));
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task One_refusal_of_parallel_signers_ends_the_case_and_withdraws_the_others(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.Fork());
        var id = await world.SubmittedAsync("fork");

        await world.DecideAsync(await world.TaskOfAsync(id, world.VoterOne), world.VoterOne, DecisionKind.Reject, "材料不实");

        var row = await world.CaseAsync(id);
        Assert.Equal((CaseStatus.Rejected, "审查未通过"), (row.Status, row.Outcome));
        Assert.Empty(await world.OpenTasksAsync(id));
        var late = await world.Kernel.ReadAsync(db => db.Tasks.SingleAsync(task => task.CaseId == id && task.AssigneeId == world.Head.Id));
        Assert.Equal(TaskState.Closed, late.State);
        Assert.IsType<DecideOutcome.AlreadyDecided>(await world.DecideAsync(late, world.Head, DecisionKind.Approve));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_shown_must_still_be_what_is_stored(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);

        var outcome = await world.AsAsync(world.Head, scope => scope.GetRequiredService<DecideTask>()
            .DecideAsync(CaseWorld.Request(task, new string('0', 64), DecisionKind.Approve), default));

        Assert.IsType<DecideOutcome.ContentChanged>(outcome);
        Assert.Equal(TaskState.Open, (await world.TaskOfAsync(id, world.Head)).State);
    }

    [Theory, OnEachDatabase]
    public async Task A_refused_request_changes_nothing(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);

        var wrongPassword = await world.DecideAsync(task, world.Head, DecisionKind.Approve, secret: "wrong");
        var noGrounds = await world.DecideAsync(task, world.Head, DecisionKind.Reject);
        var noTarget = await world.DecideAsync(task, world.Head, DecisionKind.Return, "请更正", "leader");
        var somebodyElse = await world.DecideAsync(task, world.VoterOne, DecisionKind.Approve);

        Assert.Equal("secret", Assert.Single(Assert.IsType<DecideOutcome.Invalid>(wrongPassword).Errors).Path);
        Assert.Equal("opinion", Assert.Single(Assert.IsType<DecideOutcome.Invalid>(noGrounds).Errors).Path);
        Assert.Equal("returnTo", Assert.Single(Assert.IsType<DecideOutcome.Invalid>(noTarget).Errors).Path);
        Assert.IsType<DecideOutcome.NotYours>(somebodyElse);
        Assert.Equal(["submitted"], await world.HistoryAsync(id));
        Assert.False((await world.CaseAsync(id)).HasDecision);
    }

    [Theory, OnEachDatabase]
    public async Task A_signer_changes_only_the_fields_of_their_step(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var fields = new JsonObject { ["remark"] = "已核实", ["name"] = "改名" };

        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve, fields: fields);

        var data = JsonNode.Parse((await world.CaseAsync(id)).Data)!;
        Assert.Equal(("已核实", "申请人甲"), (data["remark"]!.GetValue<string>(), data["name"]!.GetValue<string>()));
        var decision = await world.Kernel.ReadAsync(db => db.Decisions.SingleAsync(one => one.DeciderId == world.Head.Id));
        Assert.Equal(decision.ShownHash, Approvals.Core.Processes.DefinitionHash.Of(decision.Shown));
        Assert.Contains("已核实", JsonNode.Parse(decision.Shown)!["entered"]!["remark"]!.GetValue<string>());
    }

    [Theory, OnEachDatabase]
    public async Task A_substitute_signs_in_the_principals_place(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        await world.Kernel.CommitAsync((_, db) => db.Substitutions.Add(new Substitution
        {
            PrincipalId = world.Head.Id,
            SubstituteId = world.VoterOne.Id,
            From = new DateOnly(2026, 3, 1),
            Until = new DateOnly(2026, 3, 31),
        }));
        var id = await world.SubmittedAsync("two-signers");

        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.VoterOne, DecisionKind.Approve);

        var decision = await world.Kernel.ReadAsync(db => db.Decisions.SingleAsync(one => one.DeciderId == world.VoterOne.Id));
        Assert.Equal(("委员一 代 处长丙", (Guid?)world.Head.Id), (decision.SignatureLine, decision.OnBehalfOfId));
    }
}
