using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
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
    public async Task A_corrected_unit_and_name_are_those_of_the_case_from_then_on(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, new TestProcess("recommended")
        {
            MoreFields = """, { "key": "unit", "type": "unit", "label": "工作单位", "required": true }""",
        }
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("recommend", "Approvals.ApprovalStep", "单位推荐", new { who = new[] { "rep@unit" }, afterReturn = "straight" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "已推荐" })
            .Connect("start", "apply").Connect("apply", "recommend").Connect("recommend", "close", "同意").Connect("recommend", "close", "不同意"));
        var (right, representative) = (new OrgUnit { Code = "other", Name = "渝南矿山", Kind = OrgUnitKind.Employer }, new Person { Name = "单位经办己" });
        await world.Kernel.CommitAsync((_, db) =>
        {
            db.AddRange(right, representative, new Position
            {
                PersonId = representative.Id, OrgUnitId = right.Id, Kind = PositionKind.Representative, Title = "经办", From = new DateOnly(2020, 1, 1),
            });
        });
        var id = await world.SubmittedAsync("recommended");
        await world.DecideAsync(
            await world.TaskOfAsync(id, world.Representative), world.Representative, DecisionKind.Return, "已不在我单位任职", "apply");

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
            await world.TaskOfAsync(id, world.Applicant), world.Applicant, DecisionKind.Submit,
            fields: new JsonObject { ["name"] = "申请人贾", ["unit"] = right.Id.ToString() }));

        var row = await world.CaseAsync(id);
        Assert.Equal(((Guid?)right.Id, "申请人贾"), (row.UnitId, row.SubjectName));
        var task = await world.TaskOfAsync(id, representative);
        Assert.Equal(("渝南矿山", "申请人贾"), (task.UnitName, task.SubjectName));
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
