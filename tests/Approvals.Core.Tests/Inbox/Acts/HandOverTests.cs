using System.Text.Json;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>转办: a task passes to a colleague, once, and never so that one person signs twice.</summary>
public sealed class HandOverTests
{
    [Theory, OnEachDatabase]
    public async Task The_colleague_decides_in_the_place_of_whoever_handed_over(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);

        Assert.Equal("副处长戊", Assert.IsType<ActOutcome.Done>(await bureau.HandOverAsync(task, world.Head, bureau.Deputy, "外出开会")).Names);

        var passed = Assert.Single(await world.OpenTasksAsync(caseId));
        Assert.Equal((bureau.Deputy.Id, "处长丙", task.DueAt), (passed.AssigneeId, passed.FromName, passed.DueAt));
        var old = await bureau.TaskAsync(task.Id);
        Assert.Equal((TaskState.Closed, "已转办给 副处长戊"), (old.State, old.ClosedReason));
        Assert.Contains("handed-over", await world.HistoryAsync(caseId));
        Assert.Equal(1, await bureau.AuditedAsync("task.handed-over", caseId));
        Assert.Contains("将申请人甲的“测试流程”转办给您：处长审批", await bureau.LastNoticeAsync(bureau.Deputy), StringComparison.Ordinal);
        var chosen = JsonSerializer.Deserialize<ParticipantResolution>((await bureau.StepAsync(passed)).Resolution, JsonSerializerOptions.Web)!;
        Assert.Equal("由 处长丙 转办：外出开会", chosen.People[^1].Why);

        Assert.IsType<DecideOutcome.AlreadyDecided>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(passed, bureau.Deputy, DecisionKind.Approve));
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_gets_a_task_who_would_sign_twice_or_does_not_belong_to_the_house(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        var task = await world.TaskOfAsync(caseId, world.Leader);

        foreach (var (to, reason, path) in new (Person?, string?, string)[]
        {
            (world.Head, "他已签署", "to"), (world.Applicant, "申请人", "to"), (world.Representative, "外单位", "to"), (world.Leader, "自己", "to"),
            (bureau.Left, "已离任", "to"), (null, "没有选", "to"), (bureau.Deputy, " ", "reason"), (bureau.Deputy, new string('长', 501), "reason"),
        })
        {
            var refused = Assert.IsType<ActOutcome.Invalid>(await bureau.HandOverAsync(task, world.Leader, to, reason));
            Assert.Equal(path, Assert.Single(refused.Errors).Path);
        }

        Assert.IsType<ActOutcome.NotYours>(await bureau.HandOverAsync(task, world.Head, bureau.Deputy, "不是我的"));
        Assert.IsType<ActOutcome.NotFound>(await bureau.HandOverAsync(new InboxTask
        {
            SubjectName = "", CaseNumber = "", ProcessKey = "", ProcessName = "", StepName = "",
        }, world.Leader, bureau.Deputy, "没有这件"));
        Assert.Equal(TaskState.Open, (await bureau.TaskAsync(task.Id)).State);
        Assert.Equal(0, await bureau.AuditedAsync("task.handed-over", caseId));
    }

    [Theory, OnEachDatabase]
    public async Task A_step_that_its_designer_keeps_to_one_person_is_not_handed_over_and_nor_is_the_applicants_own_form(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, new TestProcess("personal")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, canHandOver = "False" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "未通过" })
            .Connect("start", "apply").Connect("apply", "head").Connect("head", "close", "同意").Connect("head", "refuse", "不同意"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("personal");
        var task = await world.TaskOfAsync(caseId, world.Head);

        Assert.IsType<ActOutcome.NotAllowed>(await bureau.HandOverAsync(task, world.Head, bureau.Deputy, "外出开会"));
        await world.DecideAsync(task, world.Head, DecisionKind.Return, "请更正。", "apply");
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.HandOverAsync(
            await world.TaskOfAsync(caseId, world.Applicant), world.Applicant, world.Representative, "请代填"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_decision_and_a_hand_over_at_once_exactly_one_happens(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        for (var round = 0; round < 6; round++)
        {
            var caseId = await world.SubmittedAsync("two-signers");
            var task = await world.TaskOfAsync(caseId, world.Head);
            var handing = Task.Run(() => bureau.HandOverAsync(task, world.Head, bureau.Deputy, "外出开会"));
            var again = Task.Run(() => bureau.HandOverAsync(task, world.Head, bureau.Clerk, "外出开会"));
            var deciding = Task.Run(() => world.DecideAsync(task, world.Head, DecisionKind.Approve));
            var won = new[] { await handing is ActOutcome.Done, await again is ActOutcome.Done, await deciding is DecideOutcome.Decided };

            Assert.Equal(1, won.Count(one => one));
            var open = Assert.Single(await world.OpenTasksAsync(caseId));
            Assert.Equal(won[0] ? bureau.Deputy.Id : won[1] ? bureau.Clerk.Id : world.Leader.Id, open.AssigneeId);
        }
    }
}
