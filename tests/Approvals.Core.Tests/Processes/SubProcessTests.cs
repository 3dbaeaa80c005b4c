using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Processes;

/// <summary>A step that runs another process on its case.</summary>
public sealed class SubProcessTests
{
    [Theory, OnEachDatabase]
    public async Task The_result_of_the_sub_process_chooses_the_way(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Parent(), Child());
        foreach (var (kind, outcome) in new[] { (DecisionKind.Approve, "评议通过"), (DecisionKind.Reject, "评议未通过") })
        {
            var caseId = await world.SubmittedAsync("parent");
            Assert.Equal("委托评议", (await world.CaseAsync(caseId)).CurrentSteps);
            var wait = Assert.Single(await world.Kernel.InScopeAsync(async scope =>
                (await scope.GetRequiredService<CaseSheets>().FindAsync(caseId, CaseSheets.ReaderRights, default))!.Waits));
            Assert.Equal("子流程“测试流程”办完", wait.WaitsFor);

            await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, kind, "意见");
            Assert.Equal(outcome, (await world.CaseAsync(caseId)).Outcome);
            var instances = await world.Kernel.ReadAsync(db => db.Instances.AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync());
            Assert.Equal(2, instances.Count);
            Assert.All(instances, row => Assert.Equal(nameof(WorkflowStatus.Finished), row.Status));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Data_of_the_case_reaches_the_inputs_of_the_sub_process(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Parent(), Child());
        var caseId = await world.SubmittedAsync("parent");
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        var history = await world.Kernel.ReadAsync(db => db.Notifications.AsNoTracking().Select(one => one.Text).ToListAsync());
        Assert.Contains("评议对象：申请人甲", history);
    }

    [Theory, OnEachDatabase]
    public async Task A_step_that_is_returned_from_takes_its_sub_process_with_it(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, ParallelParent(), Child());
        var caseId = await world.SubmittedAsync("parallel");
        var child = await world.Kernel.ReadAsync(db => db.Instances.AsNoTracking().SingleAsync(row => row.CaseId == caseId && row.DefinitionId == "child"));
        var leader = await world.TaskOfAsync(caseId, world.Leader);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(leader, world.Leader, DecisionKind.Return, "补正", "apply"));

        Assert.Equal(
            nameof(WorkflowSubStatus.Cancelled),
            await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.Id == child.Id).Select(row => row.SubStatus).SingleAsync()));
        Assert.Equal(["申请"], (await world.OpenTasksAsync(caseId)).Select(task => task.StepName));
        Assert.Empty(await world.Kernel.ReadAsync(db => db.Incidents.ToListAsync()));

        // Submitted again, a new sub-process runs, and the case can still end.
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Applicant), world.Applicant, DecisionKind.Submit);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.Instances.CountAsync(row => row.CaseId == caseId && row.DefinitionId == "child")));
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Leader), world.Leader, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(caseId)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_sub_process_may_close_the_case(string provider)
    {
        var closing = new TestProcess("child").OnAnothersCase([])
            .Add("start", "Elsa.Start", "开始")
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "子流程办结" })
            .Connect("start", "close");
        await using var world = await CaseWorld.StartAsync(provider,
            new TestProcess("parent")
                .Add("start", "Elsa.Start", "开始")
                .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
                .Add("sub", "Approvals.SubProcess", "委托", new { process = "child" })
                .Connect("start", "apply").Connect("apply", "sub"),
            closing);
        var caseId = await world.SubmittedAsync("parent");
        Assert.Equal((CaseStatus.Completed, "子流程办结"), await EndAsync(world, caseId));
        Assert.Empty(await world.Kernel.ReadAsync(db => db.Incidents.ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_process_that_is_not_there_becomes_an_incident_in_words(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Parent(), Child());

        // Publishing refuses a process that is not there; it can still be taken back afterwards.
        await world.Kernel.ReadAsync(db => db.Definitions.Where(row => row.DefinitionId == "child")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsPublished, false)));
        var caseId = await world.SubmittedAsync("parent");
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.Equal("子流程“child”没有已发布的版本。", incident.Message);
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(caseId)).Status);
    }

    /// <summary>Nobody who ends a sub-process sends its case on without having been told so.</summary>
    [Theory, OnEachDatabase]
    public async Task Ending_a_sub_process_that_is_waited_for_needs_to_be_confirmed_and_then_goes_the_way_that_was_told(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Parent(), Child());
        var caseId = await world.SubmittedAsync("parent");
        var subject = await world.CaseAsync(caseId);
        var child = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId && row.DefinitionId == "child").Select(row => row.Id).SingleAsync());
        var incident = Guid.CreateVersion7();
        await world.Kernel.CommitAsync((_, db) => db.Incidents.Add(new WorkflowIncidentRow
        {
            Id = incident, InstanceId = child, ActivityId = "vote", NodeId = "vote", Message = "故障", At = world.Kernel.Time.GetUtcNow(),
        }));
        Task<EndOutcome> EndedAsync(string? confirmation) => world.AsAsync(
            world.Leader, scope => scope.GetRequiredService<EndInstance>().CancelAsync(child, "不再评议", confirmation, default));
        Task<EndOutcome> GivenUpAsync(string? confirmation) => world.AsAsync(
            world.Leader, scope => scope.GetRequiredService<ResolveIncident>().CancelAsync(incident, "不再评议", confirmation, default));

        var effect = (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<EndEffects>().OfAsync(child, default)))!;
        Assert.Equal(
            $"这是业务件 {subject.Number} 的子流程“测试流程”。终止后，主流程“测试流程”不再等它，将从“委托评议”按出口“结束”继续办理，接下来是：驳回。", effect.Says);
        Assert.Equal(EndOutcome.Unconfirmed, await EndedAsync(null));
        Assert.Equal(EndOutcome.Unconfirmed, await EndedAsync("something else"));
        Assert.Equal(EndOutcome.Unconfirmed, await GivenUpAsync(null));
        Assert.Equal("委托评议", (await world.CaseAsync(caseId)).CurrentSteps);
        Assert.Equal("评议", Assert.Single(await world.OpenTasksAsync(caseId)).StepName);

        Assert.Equal(EndOutcome.Done, provider == "Sqlite" ? await EndedAsync(effect.Confirmation) : await GivenUpAsync(effect.Confirmation));
        Assert.Equal((CaseStatus.Rejected, "评议未通过"), await EndAsync(world, caseId));
        Assert.Null(await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<EndEffects>().OfAsync(child, default)));
    }

    /// <summary>Of two that race the first ends before the second has begun: the second is withdrawn, and must not begin any more.</summary>
    [Theory, OnEachDatabase]
    public async Task A_sub_process_that_was_withdrawn_before_it_began_never_begins(string provider)
    {
        await using var world = await CaseWorld.StartAsync(
            provider,
            new TestProcess("parent")
                .Add("start", "Elsa.Start", "开始")
                .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
                .Add("one", "Approvals.SubProcess", "自动核查", new { process = "quick" })
                .Add("two", "Approvals.SubProcess", "委托评议", new { process = "child" })
                .Add("join", "Elsa.FlowJoin", "汇合", new { mode = "WaitAny" })
                .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
                .Connect("start", "apply").Connect("apply", "one").Connect("apply", "two")
                .Connect("one", "join", "结束").Connect("two", "join", "结束").Connect("join", "close"),
            Quick(),
            Child());

        var caseId = await world.SubmittedAsync("parent");

        Assert.Equal((CaseStatus.Completed, "办结"), await EndAsync(world, caseId));
        Assert.Empty(await world.OpenTasksAsync(caseId));
        Assert.Equal(
            ["parent", "quick"],
            await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId).Select(row => row.DefinitionId).Order().ToListAsync()));
        await AssertIsSoundAsync(world);
    }

    [Theory, OnEachDatabase]
    public async Task A_sub_process_that_cannot_start_is_an_incident_and_goes_on_when_it_can(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Parent(), Child());

        // As an old server sees what a new release has published: an activity it does not know.
        await world.RewriteAsync("child", "Approvals.ApprovalStep", "Approvals.NewStep");
        var caseId = await world.SubmittedAsync("parent");
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.StartsWith("流程“测试流程”不能启动：", incident.Message, StringComparison.Ordinal);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));

        await world.RewriteAsync("child", "Approvals.NewStep", "Approvals.ApprovalStep");
        await RetryAsync(world, incident.Id);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal((CaseStatus.Completed, "评议通过"), await EndAsync(world, caseId));
    }

    /// <summary>A sub-process can wait, so the drawing is in order; this one never does.</summary>
    [Theory, OnEachDatabase]
    public async Task A_loop_over_a_sub_process_that_ends_at_once_stops_and_can_be_retried(string provider)
    {
        await using var world = await CaseWorld.StartAsync(
            provider,
            new TestProcess("parent")
                .Add("start", "Elsa.Start", "开始")
                .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
                .Add("sub", "Approvals.SubProcess", "自动核查", new { process = "quick", results = new[] { "通过" } })
                .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
                .Connect("start", "apply").Connect("apply", "sub").Connect("sub", "close", "通过").Connect("sub", "sub", "结束"),
            Quick());

        var caseId = await world.SubmittedAsync("parent");

        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.Equal(("sub", TooLong), (incident.ActivityId, incident.Message));
        Assert.Equal(101, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));
        await RetryAsync(world, incident.Id);
        Assert.Equal(201, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(caseId)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Sub_processes_that_use_each_other_stop_and_can_be_ended_together(string provider)
    {
        await using var world = await CaseWorld.StartAsync(
            provider,
            new TestProcess("parent")
                .Add("start", "Elsa.Start", "开始")
                .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
                .Add("one", "Approvals.SubProcess", "甲", new { process = "a" })
                .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
                .Connect("start", "apply").Connect("apply", "one").Connect("one", "close", "结束"),
            Using("a", "b"),
            Using("b", "a"));

        var caseId = await world.SubmittedAsync("parent");
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.Equal(TooLong, incident.Message);
        Assert.Equal(101, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));

        // Each retry goes deeper; what is withdrawn in the end is not taken back one inside the other either.
        for (var depth = 201; depth <= 401; depth += 100)
        {
            await RetryAsync(world, await world.Kernel.ReadAsync(db => db.Incidents.Where(row => row.ResolvedAt == null).Select(row => row.Id).SingleAsync()));
            Assert.Equal(depth, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));
        }

        var main = (await world.CaseAsync(caseId)).InstanceId!.Value;
        await world.Kernel.CommitAsync((scope, _) => scope.GetRequiredService<WorkflowHost>().CancelAsync(main, "不再办理", default));
        Assert.All(
            await world.Kernel.ReadAsync(db => db.Instances.AsNoTracking().Select(row => row.SubStatus).ToListAsync()),
            status => Assert.Equal(nameof(WorkflowSubStatus.Cancelled), status));
    }

    private const string TooLong = "流程接连启动或唤醒流程超过 100 次，流程之间可能循环调用。";

    private static TestProcess Quick() => new TestProcess("quick").OnAnothersCase(["通过"])
        .Add("start", "Elsa.Start", "开始")
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "end");

    private static TestProcess Using(string key, string other) => new TestProcess(key).OnAnothersCase([])
        .Add("start", "Elsa.Start", "开始")
        .Add("sub", "Approvals.SubProcess", "调用", new { process = other })
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "sub").Connect("sub", "end", "结束");

    private static async Task RetryAsync(CaseWorld world, Guid incident) => Assert.True(
        await world.AsAsync(world.Leader, scope => scope.GetRequiredService<ResolveIncident>().RetryAsync(incident, default)));

    private static async Task AssertIsSoundAsync(CaseWorld world) => Assert.Empty(
        (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(default))).Violations);

    private static TestProcess Parent() => new TestProcess("parent")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("sub", "Approvals.SubProcess", "委托评议", new { process = "child", data = new[] { "subject=name" }, results = new[] { "通过", "不通过" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "评议通过" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "评议未通过" })
        .Connect("start", "apply").Connect("apply", "sub").Connect("sub", "close", "通过").Connect("sub", "refuse", "不通过")
        .Connect("sub", "refuse", "结束");

    private static TestProcess ParallelParent() => new TestProcess("parallel")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("fork", "Elsa.FlowFork", "并行", new { branches = new[] { "甲", "乙" } })
        .Add("sub", "Approvals.SubProcess", "委托评议", new { process = "child" })
        .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" }, rejectLabel = "" })
        .Add("join", "Elsa.FlowJoin", "汇合", new { mode = "WaitAll" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "fork").Connect("fork", "sub", "甲").Connect("fork", "leader", "乙")
        .Connect("sub", "join", "结束").Connect("leader", "join", "同意").Connect("join", "close");

    private static TestProcess Child() => new TestProcess("child").OnAnothersCase(["通过", "不通过"], "subject")
        .Add("start", "Elsa.Start", "开始")
        .Add("tell", "Approvals.Notify", "告知", new { who = new[] { "head@section:rescue" }, text = new Script("'评议对象：' + getInput('subject')") })
        .Add("vote", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:rescue" } })
        .Add("yes", "Elsa.Complete", "通过", new { outcomes = "通过" })
        .Add("no", "Elsa.Complete", "不通过", new { outcomes = "不通过" })
        .Connect("start", "tell").Connect("tell", "vote").Connect("vote", "yes", "同意").Connect("vote", "no", "不同意");

    private static async Task<(CaseStatus, string?)> EndAsync(CaseWorld world, Guid caseId)
    {
        var row = await world.CaseAsync(caseId);
        return (row.Status, row.Outcome);
    }
}
