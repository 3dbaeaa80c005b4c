using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox;

public class ReturnTests
{
    private static readonly JsonObject Corrected = new() { ["reason"] = "已更正" };

    [Theory, OnEachDatabase]
    public async Task After_a_return_the_steps_between_run_again(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);

        await world.DecideAsync(await world.TaskOfAsync(id, world.Leader), world.Leader, DecisionKind.Return, "请补充理由", "apply");
        var correction = await world.TaskOfAsync(id, world.Applicant);
        Assert.Single(await world.OpenTasksAsync(id));
        await world.DecideAsync(correction, world.Applicant, DecisionKind.Submit, fields: Corrected);

        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Leader), world.Leader, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task An_approval_keeps_no_target_of_a_return_although_the_page_sends_one(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");

        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve, "同意", "apply");

        var decision = await world.Kernel.ReadAsync(db => db.Decisions.AsNoTracking().SingleAsync(one => one.Kind == DecisionKind.Approve));
        Assert.Equal((null, null), (decision.ReturnTo, decision.ReturnToName));
        var line = await world.Kernel.ReadAsync(db => db.CaseEvents.AsNoTracking().SingleAsync(one => one.DecisionId == decision.Id));
        Assert.Equal("同意", line.Text);
    }

    [Theory, OnEachDatabase]
    public async Task A_return_may_come_straight_back(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners("straight"));
        var id = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Leader), world.Leader, DecisionKind.Return, "请补充理由", "apply");

        await world.DecideAsync(await world.TaskOfAsync(id, world.Applicant), world.Applicant, DecisionKind.Submit, fields: Corrected);

        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task A_return_from_one_branch_withdraws_the_others_and_asks_each_once_again(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.Fork());
        var id = await world.SubmittedAsync("fork");
        await world.DecideAsync(await world.TaskOfAsync(id, world.VoterOne), world.VoterOne, DecisionKind.Approve);

        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Return, "请补充", "apply");
        Assert.Equal(world.Applicant.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Applicant), world.Applicant, DecisionKind.Submit, fields: Corrected);

        var again = await world.OpenTasksAsync(id);
        Assert.Equal(
            new[] { world.Head.Id, world.VoterOne.Id, world.VoterTwo.Id }.Order(), again.Select(task => task.AssigneeId).Order());
        foreach (var person in new[] { world.VoterTwo, world.Head, world.VoterOne })
            await world.DecideAsync(await world.TaskOfAsync(id, person), person, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Leader), world.Leader, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
    }
}
