using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>委派: a colleague does the work, and the task comes back to be decided.</summary>
public sealed class DelegateTests
{
    [Theory, OnEachDatabase]
    public async Task The_colleague_fills_in_and_says_what_they_think_and_the_decision_stays_with_the_one_who_asked(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);

        Assert.IsType<ActOutcome.Done>(await bureau.DelegateAsync(task, world.Head, bureau.Clerk, "请核实后提出意见"));
        var delegated = Assert.Single(await world.OpenTasksAsync(caseId));
        Assert.Equal((bureau.Clerk.Id, AddedPlace.Delegated), (delegated.AssigneeId, delegated.AddedPlace));
        Assert.Contains("委派您办理申请人甲的“测试流程”：处长审批", await bureau.LastNoticeAsync(bureau.Clerk), StringComparison.Ordinal);
        Assert.IsType<DecideOutcome.NotYours>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        foreach (var kind in new[] { DecisionKind.Approve, DecisionKind.Reject, DecisionKind.Return })
            Assert.IsType<DecideOutcome.Invalid>(await world.DecideAsync(delegated, bureau.Clerk, kind, "意见", "apply"));
        Assert.IsType<DecideOutcome.Invalid>(await world.DecideAsync(delegated, bureau.Clerk, DecisionKind.Submit));

        var filled = new JsonObject { ["remark"] = "经电话核实，任职属实" };
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(delegated, bureau.Clerk, DecisionKind.Submit, "建议同意。", fields: filled));
        Assert.Equal(task.Id, Assert.Single(await world.OpenTasksAsync(caseId)).Id);
        Assert.Contains("remark", (await world.CaseAsync(caseId)).Data, StringComparison.Ordinal);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, world.Head, DecisionKind.Reject, "不同意。"));

        Assert.Equal("处长不同意", (await world.CaseAsync(caseId)).Outcome);
        Assert.Equal(1, await bureau.AuditedAsync("task.delegated", caseId));
        Assert.Contains("delegated", await world.HistoryAsync(caseId));
        var sheet = await world.AsAsync(world.Head, scope => scope.GetRequiredService<CaseSheets>()
            .FindAsync(caseId, CaseSheets.ReaderRights, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(sheet!.Opinions, one => one.Line == bureau.Clerk.Name);
        Assert.Empty((await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(default))).Violations);
    }

    [Theory, OnEachDatabase]
    public async Task It_is_taken_back_while_nobody_has_done_the_work(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.DelegateAsync(task, world.Head, bureau.Clerk, "请核实");
        var delegated = await world.TaskOfAsync(caseId, bureau.Clerk);

        Assert.IsType<ActOutcome.Done>(await bureau.RemoveAsync(delegated, world.Head));
        Assert.Equal(task.Id, Assert.Single(await world.OpenTasksAsync(caseId)).Id);
        Assert.Equal("委派已撤销", (await bureau.TaskAsync(delegated.Id)).ClosedReason);
        Assert.Contains("撤销了请您办理申请人甲的“测试流程”的委派", await bureau.LastNoticeAsync(bureau.Clerk), StringComparison.Ordinal);
        Assert.IsType<DecideOutcome.AlreadyDecided>(await world.DecideAsync(delegated, bureau.Clerk, DecisionKind.Submit, "晚了"));
    }

    [Theory, OnEachDatabase]
    public async Task Votes_and_what_was_asked_of_oneself_are_not_delegated_and_bad_requests_change_nothing(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), ActBureau.Several("Vote"));
        var world = bureau.World;
        var voted = await world.SubmittedAsync("several");
        Assert.IsType<ActOutcome.NotAllowed>(
            await bureau.DelegateAsync(await world.TaskOfAsync(voted, world.VoterOne), world.VoterOne, bureau.Clerk, "请代投"));

        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        foreach (var (to, reason, path) in new[]
        {
            (world.Applicant, "请核实", "to"), (bureau.Left, "请核实", "to"), (null, "请核实", "to"),
            (bureau.Clerk, " ", "reason"), (bureau.Clerk, new string('长', 501), "reason"),
        })
        {
            Assert.Equal(path, Assert.Single(Assert.IsType<ActOutcome.Invalid>(await bureau.DelegateAsync(task, world.Head, to, reason)).Errors).Path);
        }

        Assert.IsType<ActOutcome.NotYours>(await bureau.DelegateAsync(task, world.Leader, bureau.Clerk, "请核实"));
        await bureau.DelegateAsync(task, world.Head, bureau.Clerk, "请核实");
        Assert.IsType<ActOutcome.NotAllowed>(
            await bureau.DelegateAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, bureau.Deputy, "再委派"));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Tasks.CountAsync(one => one.CaseId == caseId && one.AddedForTaskId != null)));
    }
}
