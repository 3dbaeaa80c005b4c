using System.Text.Json;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Moving;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Processes;

/// <summary>Running cases go on in a new version: under their locks, audited, with everything that people have before them unchanged.</summary>
public sealed class MoveInstanceTests
{
    private const string Key = "moving";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_case_goes_on_in_the_new_version_and_its_open_task_stays_as_it_is(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Short());
        var caseId = await world.SubmittedAsync(Key);
        var before = await world.TaskOfAsync(caseId, world.Head);
        var target = await PublishAsync(world, WithLeader());

        var moved = Assert.IsType<MoveOutcome.Moved>(await MoveAsync(world, caseId, target.Id));

        Assert.Equal(["领导审批"], moved.Line.Verdict.Ahead);
        var after = await world.TaskOfAsync(caseId, world.Head);
        Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
        var row = await world.CaseAsync(caseId);
        Assert.Equal((target.Id, "处长审批"), (row.DefinitionVersionId, row.CurrentSteps));
        Assert.Contains("moved", await world.HistoryAsync(caseId));
        var audited = await world.Kernel.ReadAsync(db => db.AuditEntries.Where(one => one.Action == "instance.moved").Select(one => one.Details).SingleAsync(Stop));
        var hashes = await world.Kernel.ReadAsync(db => db.Definitions.Where(one => one.DefinitionId == Key).Select(one => one.Hash).ToListAsync(Stop));
        Assert.All(hashes, hash => Assert.Contains(hash, audited, StringComparison.Ordinal));

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(after, world.Head, DecisionKind.Approve));
        await world.TaskOfAsync(caseId, world.Leader);
    }

    [Theory, OnEachDatabase]
    public async Task A_case_whose_step_is_gone_stays_where_it_is_and_says_why(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Short());
        var caseId = await world.SubmittedAsync(Key);
        var before = await world.CaseAsync(caseId);
        var target = await PublishAsync(world, new TestProcess(Key).Add("start", "Elsa.Start", "开始").Add("apply", "Approvals.FormFilling", "申请")
            .Add("leader", "Approvals.ApprovalStep", "领导审批", new { who = new[] { "leader@owner" }, requiresSignature = false })
            .Add("end", "Elsa.End", "结束").Connect("start", "apply").Connect("apply", "leader").Connect("leader", "end", "同意").Connect("leader", "end", "不同意"));

        var refused = Assert.IsType<MoveOutcome.Refused>(await MoveAsync(world, caseId, target.Id));

        Assert.Contains(refused.Reasons, reason => reason.Contains("“处长审批”在新版本中不存在", StringComparison.Ordinal));
        Assert.Equal(before.DefinitionVersionId, (await world.CaseAsync(caseId)).DefinitionVersionId);
        Assert.False(await world.Kernel.ReadAsync(db => db.AuditEntries.AnyAsync(one => one.Action == "instance.moved", Stop)));
    }

    [Theory, OnEachDatabase]
    public async Task The_preview_lists_what_is_not_on_the_version_and_changes_nothing(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Short());
        var caseId = await world.SubmittedAsync(Key);
        var target = await PublishAsync(world, WithLeader());
        await world.SubmittedAsync(Key);
        var state = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId).Select(row => row.State + row.RowVersion).SingleAsync(Stop));

        var (lines, total) = await world.Kernel.InScopeAsync(async scope => await scope.GetRequiredService<MovePreview>()
            .ListAsync(await scope.GetRequiredService<DefinitionCatalogue>().GetAsync(target.Id, Stop), 0, Stop));

        var line = Assert.Single(lines);
        Assert.Equal((1, true, caseId), (total, line.CanMove, line.Instance.CaseId));
        Assert.Equal(("处长审批", "处长审批"), (line.Verdict.Places.Single().Before, line.Verdict.Places.Single().After));
        Assert.Equal(state, await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId).Select(row => row.State + row.RowVersion).SingleAsync(Stop)));
    }

    [Theory, OnEachDatabase]
    public async Task A_move_and_a_decision_at_once_end_in_one_order_or_the_other(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Short());
        var cases = new List<Guid>();
        for (var count = 0; count < 6; count++)
            cases.Add(await world.SubmittedAsync(Key));
        var target = await PublishAsync(world, WithLeader());

        foreach (var caseId in cases)
        {
            var task = await world.TaskOfAsync(caseId, world.Head);
            var deciding = world.DecideAsync(task, world.Head, DecisionKind.Approve);
            var moving = MoveAsync(world, caseId, target.Id);
            Assert.IsType<DecideOutcome.Decided>(await deciding);
            var moved = await moving is MoveOutcome.Moved;

            // Moved first: the leader has it. Decided first: the old version had nothing more to ask and it ended there.
            var open = await world.OpenTasksAsync(caseId);
            Assert.Equal(moved ? [world.Leader.Id] : [], open.Select(one => one.AssigneeId));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Each_place_of_a_process_that_is_used_twice_keeps_what_it_may_be_returned_to(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Group(), Twice("汇合"));
        var caseId = await world.SubmittedAsync(Key);
        foreach (var task in await world.OpenTasksAsync(caseId))
            await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        Assert.Equal(["apply left", "apply right"], await OfferedAsync(world, caseId));
        var target = await PublishAsync(world, Twice("全部审完"));

        Assert.IsType<MoveOutcome.Moved>(await MoveAsync(world, caseId, target.Id));

        Assert.Equal(["apply left", "apply right"], await OfferedAsync(world, caseId));
    }

    private static Task<List<string>> OfferedAsync(CaseWorld world, Guid caseId) => world.Kernel.ReadAsync(async db =>
    {
        var options = await db.StepRuns.Where(step => step.CaseId == caseId && step.Status == StepStatus.Open).Select(step => step.Options).ToListAsync(Stop);
        return options
            .Select(one => string.Join(' ', StepOptions.Read(one).ReturnTargets.Select(target => target.ActivityId).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
    });

    private static TestProcess Group() => new TestProcess("a-group") { Name = "分管审核", IsActivity = true }.OnAnothersCase([])
        .Add("begin", "Elsa.Start", "开始")
        .Add("leader", "Approvals.ApprovalStep", "领导审批", new { who = new[] { "leader@owner" }, rejectLabel = "" })
        .Add("end", "Elsa.FlowJoin", "审毕", new { mode = "WaitAny" })
        .Connect("begin", "leader").Connect("leader", "end", "同意");

    private static TestProcess Twice(string join) => new TestProcess(Key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请")
        .Add("left", "Approvals.ApprovalStep", "初审一", new { who = new[] { "head@owner" }, rejectLabel = "" })
        .Add("right", "Approvals.ApprovalStep", "初审二", new { who = new[] { "head@owner" }, rejectLabel = "" })
        .Add("left-group", "分管审核", "审核一")
        .Add("right-group", "分管审核", "审核二")
        .Add("both", "Elsa.FlowJoin", join, new { mode = "WaitAll" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "left").Connect("apply", "right")
        .Connect("left", "left-group", "同意").Connect("right", "right-group", "同意")
        .Connect("left-group", "both").Connect("right-group", "both").Connect("both", "close");

    private static TestProcess Short() => new TestProcess(Key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请")
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, requiresSignature = false, deadlineDays = 5 })
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "end", "同意").Connect("head", "end", "不同意");

    private static TestProcess WithLeader() => new TestProcess(Key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请")
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, requiresSignature = false, deadlineDays = 20 })
        .Add("leader", "Approvals.ApprovalStep", "领导审批", new { who = new[] { "leader@owner" }, requiresSignature = false })
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "leader", "同意").Connect("head", "end", "不同意")
        .Connect("leader", "end", "同意").Connect("leader", "end", "不同意");

    private static async Task<DefinitionVersion> PublishAsync(CaseWorld world, TestProcess next)
    {
        next.Write(world.Workflows);
        await world.ImportAsync();
        return await world.Kernel.ReadAsync(db => db.Definitions.AsNoTracking().SingleAsync(row => row.DefinitionId == Key && row.IsPublished, Stop));
    }

    private static Task<MoveOutcome> MoveAsync(CaseWorld world, Guid caseId, string version) => world.AsAsync(world.VoterOne, async scope =>
    {
        var instance = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId).Select(row => row.Id).SingleAsync(Stop));
        return await scope.GetRequiredService<MoveInstance>().MoveAsync(instance, version, "流程优化", Guid.CreateVersion7(), Stop);
    });
}
