using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseWorld = Approvals.Core.Tests.Cases.CaseWorld;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>收回: a decision is taken back until the next person has opened the task, and does not count any more.</summary>
public sealed class TakeBackTests
{
    [Theory, OnEachDatabase]
    public async Task Before_the_next_has_opened_it_the_step_runs_once_more_and_may_end_otherwise(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners("straight"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await world.DecideAsync(task, world.Head, DecisionKind.Approve, "同意。");
        var leaders = await world.TaskOfAsync(caseId, world.Leader);

        Assert.Equal("处长审批", Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(task, world.Head)).Names);
        var again = Assert.Single(await world.OpenTasksAsync(caseId));
        Assert.Equal((world.Head.Id, "处长审批"), (again.AssigneeId, again.StepName));
        Assert.NotEqual(task.Id, again.Id);
        Assert.Equal(TaskState.Closed, (await bureau.TaskAsync(leaders.Id)).State);
        Assert.IsType<DecideOutcome.AlreadyDecided>(await world.DecideAsync(leaders, world.Leader, DecisionKind.Approve));
        Assert.Contains("处长丙收回了对申请人甲的", await bureau.LastNoticeAsync(world.Leader), StringComparison.Ordinal);
        Assert.DoesNotContain(await OpinionsAsync(world, caseId), one => one.Opinion == "同意。");
        Assert.Contains("taken-back", await world.HistoryAsync(caseId));
        Assert.Equal(1, await bureau.AuditedAsync("task.taken-back", caseId));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(one => one.TaskId == task.Id)));
        Assert.IsType<ActOutcome.NotYours>(await bureau.TakeBackAsync(task, world.Head));

        await world.DecideAsync(again, world.Head, DecisionKind.Reject, "再看不符。");
        Assert.Equal("处长不同意", (await world.CaseAsync(caseId)).Outcome);
        await IsWholeAsync(world);
    }

    [Theory, OnEachDatabase]
    public async Task Once_the_next_has_opened_it_or_the_case_has_ended_the_decision_stands(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        Assert.IsType<ActOutcome.NotYours>(await bureau.TakeBackAsync(task, world.Head));
        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        Assert.IsType<ActOutcome.NotYours>(await bureau.TakeBackAsync(task, world.Leader));
        Assert.Equal("reason", Assert.Single(Assert.IsType<ActOutcome.Invalid>(await bureau.TakeBackAsync(task, world.Head, " ")).Errors).Path);

        var leaders = await world.TaskOfAsync(caseId, world.Leader);
        await bureau.OpenAsync(leaders);
        Assert.Contains("已经打开", Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(task, world.Head)).Why, StringComparison.Ordinal);
        Assert.Equal(leaders.Id, Assert.Single(await world.OpenTasksAsync(caseId)).Id);

        await world.DecideAsync(leaders, world.Leader, DecisionKind.Return, "请补充。", "apply");
        Assert.Contains("退回", Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(leaders, world.Leader)).Why, StringComparison.Ordinal);
        var ended = await world.SubmittedAsync("two-signers");
        var last = await world.TaskOfAsync(ended, world.Head);
        await world.DecideAsync(last, world.Head, DecisionKind.Reject, "不符。");
        Assert.Contains("办结", Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(last, world.Head)).Why, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Where_all_must_agree_ones_own_answer_is_taken_back_while_others_have_still_to_answer(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("All"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var one = await world.TaskOfAsync(caseId, world.VoterOne);
        await world.DecideAsync(one, world.VoterOne, DecisionKind.Approve);
        Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(one, world.VoterOne));

        // The colleague's answer is not the last one any more.
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterTwo), world.VoterTwo, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(caseId)).Status);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterOne), world.VoterOne, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
        await IsWholeAsync(world);
    }

    [Theory, OnEachDatabase]
    public async Task The_applicant_may_withdraw_again_when_nothing_else_has_closed_that(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), LenientBeforeSeveral());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        Assert.Equal(WithdrawOutcome.Withdrawn, await TakenBackAsync(caseId, world.Head));
        Assert.Equal((CaseStatus.Withdrawn, 0), ((await world.CaseAsync(caseId)).Status, (await world.OpenTasksAsync(caseId)).Count));

        // Another's answer stands; so does a return of a former round, and what a deadline has decided.
        var answered = await world.SubmittedAsync("lenient");
        await world.DecideAsync(await world.TaskOfAsync(answered, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(WithdrawOutcome.TooLate, await TakenBackAsync(answered, world.VoterOne));
        var returned = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(returned, world.Head), world.Head, DecisionKind.Return, "请补充。", "apply");
        await world.DecideAsync(await world.TaskOfAsync(returned, world.Applicant), world.Applicant, DecisionKind.Submit);
        Assert.Equal(WithdrawOutcome.TooLate, await TakenBackAsync(returned, world.Head));
        var late = await world.SubmittedAsync("lenient");
        world.Kernel.Time.Advance(TimeSpan.FromDays(9));
        await world.RingAsync();
        Assert.Equal(WithdrawOutcome.TooLate, await TakenBackAsync(late, world.VoterOne));
        await IsWholeAsync(world);

        async Task<WithdrawOutcome> TakenBackAsync(Guid id, Approvals.Core.Organisation.Person by)
        {
            var task = await world.TaskOfAsync(id, by);
            await world.DecideAsync(task, by, DecisionKind.Approve);
            Assert.Equal(WithdrawOutcome.TooLate, await WithdrawAsync(id));
            Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(task, by));
            return await WithdrawAsync(id);
        }

        Task<WithdrawOutcome> WithdrawAsync(Guid id) => world.AsAsync(
            world.Applicant, scope => scope.GetRequiredService<WithdrawCase>().WithdrawAsync(id, null, TestContext.Current.CancellationToken));
    }

    [Theory, OnEachDatabase]
    public async Task A_vote_that_was_taken_back_is_not_counted(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Vote"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var one = await world.TaskOfAsync(caseId, world.VoterOne);
        await world.DecideAsync(one, world.VoterOne, DecisionKind.Approve);
        Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(one, world.VoterOne));
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterTwo), world.VoterTwo, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterOne), world.VoterOne, DecisionKind.Abstain);
        Assert.Equal("未通过", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task In_a_step_in_order_the_next_waits_again(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Sequence"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var first = Assert.Single(await world.OpenTasksAsync(caseId));
        var (one, two) = first.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        await world.DecideAsync(first, one, DecisionKind.Approve);
        var next = await world.TaskOfAsync(caseId, two);

        Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(first, one));
        Assert.Equal(TaskState.Queued, (await bureau.TaskAsync(next.Id)).State);
        await world.DecideAsync(await world.TaskOfAsync(caseId, one), one, DecisionKind.Approve);
        await bureau.OpenAsync(next);
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(await LastDoneAsync(world, caseId), one));
        await world.DecideAsync(next, two, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
        await IsWholeAsync(world);
    }

    [Theory, OnEachDatabase]
    public async Task Beside_parallel_steps_and_with_requests_to_colleagues_it_is_refused(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.Fork(), ActBureau.Several("All"));
        var world = bureau.World;
        var forked = await world.SubmittedAsync("fork");
        var head = await world.TaskOfAsync(forked, world.Head);
        await world.DecideAsync(head, world.Head, DecisionKind.Approve);
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(head, world.Head));

        var caseId = await world.SubmittedAsync("several");
        var task = await world.TaskOfAsync(caseId, world.VoterOne);
        await bureau.AddAsync(task, world.VoterOne, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(task, world.VoterOne, DecisionKind.Approve);
        Assert.Contains("加签", Assert.IsType<ActOutcome.NotAllowed>(await bureau.TakeBackAsync(task, world.VoterOne)).Why, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Of_taking_back_opening_and_the_next_decision_at_once_the_case_stands_at_one_place(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        for (var round = 0; round < 6; round++)
        {
            var caseId = await world.SubmittedAsync("two-signers");
            var task = await world.TaskOfAsync(caseId, world.Head);
            await world.DecideAsync(task, world.Head, DecisionKind.Approve);
            var leaders = await world.TaskOfAsync(caseId, world.Leader);
            var taking = Task.Run(() => bureau.TakeBackAsync(task, world.Head));
            var again = Task.Run(() => bureau.TakeBackAsync(task, world.Head));
            var deciding = Task.Run(() => world.DecideAsync(leaders, world.Leader, DecisionKind.Approve));
            var won = new[] { await taking is ActOutcome.Done, await again is ActOutcome.Done, await deciding is DecideOutcome.Decided };

            Assert.Equal(1, won.Count(one => one));
            if (won[2])
                Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
            else
                Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        }

        await IsWholeAsync(world);
    }

    [Theory, OnEachDatabase]
    public async Task What_the_signature_waived_is_waived_no_more(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, new Cases.TestProcess("waiving")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, grantsWaivers = "True" })
            .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" } })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "未通过" })
            .Connect("start", "apply").Connect("apply", "head").Connect("head", "leader", "同意").Connect("head", "refuse", "不同意")
            .Connect("leader", "close", "同意").Connect("leader", "refuse", "不同意"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("waiving");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        var finding = new Finding
        {
            CaseId = caseId, Rule = "CommanderAge", Title = "年龄", Verdict = Verdict.Waived, WaiverReason = "特殊行业专业优秀人才",
            WaivedById = world.Head.Id, IsCurrent = true, Article = "T§12.4", Value = "61", Expected = "不超过 60", Message = "",
            ParameterIds = null,
        };
        await world.Kernel.CommitAsync((_, db) => { db.Findings.Add(finding); });

        Assert.IsType<ActOutcome.Done>(await bureau.TakeBackAsync(task, world.Head));
        var after = await world.Kernel.ReadAsync(db => db.Findings.AsNoTracking().SingleAsync(one => one.Id == finding.Id));
        Assert.Equal((Verdict.Fail, null, null), (after.Verdict, after.WaiverReason, after.WaivedById));
        Assert.Equal(1, await bureau.AuditedAsync("finding.waiver-withdrawn", caseId));
    }

    /// <summary>申请 → 处长, whom the deadline agrees for → 评议 by two people.</summary>
    private static Cases.TestProcess LenientBeforeSeveral() => new Cases.TestProcess("lenient") { Prefix = "KX" }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 2, onDeadline = "approve" })
        .Add("voters", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:committee" }, mode = "All" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "未通过" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "voters", "同意").Connect("head", "refuse", "不同意")
        .Connect("voters", "close", "同意").Connect("voters", "refuse", "不同意");

    private static async Task<IReadOnlyList<SheetOpinion>> OpinionsAsync(CaseWorld world, Guid caseId) => (await world.AsAsync(
        world.Head,
        scope => scope.GetRequiredService<CaseSheets>().FindAsync(caseId, CaseSheets.ReaderRights, TestContext.Current.CancellationToken)))!.Opinions;

    private static Task<InboxTask> LastDoneAsync(CaseWorld world, Guid caseId) => world.Kernel.ReadAsync(db => db.Tasks.AsNoTracking()
        .Where(one => one.CaseId == caseId && one.State == TaskState.Done && one.StepName == "评议").OrderByDescending(one => one.Id).FirstAsync());

    private static async Task IsWholeAsync(CaseWorld world) =>
        Assert.Empty((await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(default))).Violations);
}
