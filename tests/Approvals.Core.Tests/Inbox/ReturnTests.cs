using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Each item has its own 甲 → {乙, 丙}: what goes back in one of them leaves the others waiting.</summary>
    [Theory, OnEachDatabase]
    public async Task A_return_within_one_item_of_many_withdraws_nothing_of_the_others(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, EachItem());
        var id = await world.SubmittedAsync("each");
        await ApproveBothItemsAsync(world, id);

        await ReturnFirstItemAsync(world, id);

        Assert.Equal(["丙", "乙", "甲"], await OpenStepsAsync(world, id));
        await AssertIsSoundAsync(world);
        foreach (var (step, person) in new[] { ("甲", world.Head), ("乙", world.Leader), ("乙", world.Leader), ("丙", world.Representative), ("丙", world.Representative) })
            await world.DecideAsync((await world.OpenTasksAsync(id)).First(task => task.StepName == step), person, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
    }

    /// <summary>One process used twice as an activity: its steps have the same ids in both places.</summary>
    [Theory, OnEachDatabase]
    public async Task Nor_does_it_in_a_process_that_is_used_twice(string database)
    {
        await using var world = await CaseWorld.StartAsync(
            database,
            ThreeSigners(new TestProcess("a-group") { Name = "三人会审", IsActivity = true }.OnAnothersCase([])),
            new TestProcess("twice")
                .Add("start", "Elsa.Start", "开始")
                .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
                .Add("left", "三人会审", "会审一")
                .Add("right", "三人会审", "会审二")
                .Add("both", "Elsa.FlowJoin", "汇合", new { mode = "WaitAll" })
                .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
                .Connect("start", "apply").Connect("apply", "left").Connect("apply", "right")
                .Connect("left", "both").Connect("right", "both").Connect("both", "close"));
        var id = await world.SubmittedAsync("twice");
        await ApproveBothItemsAsync(world, id);

        await ReturnFirstItemAsync(world, id);

        Assert.Equal(["丙", "乙", "甲"], await OpenStepsAsync(world, id));
        await AssertIsSoundAsync(world);
    }

    /// <summary>The states of the former release do not say which row of the step belongs to which run.</summary>
    [Theory, OnEachDatabase]
    public async Task So_does_a_return_in_a_case_that_the_former_release_began(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, EachItem());
        var id = await world.SubmittedAsync("each");
        await ApproveBothItemsAsync(world, id);
        await world.Kernel.CommitAsync(async (_, unit) =>
        {
            var instance = await unit.Db.Instances.SingleAsync(row => row.CaseId == id);
            var state = JsonNode.Parse(instance.State)!;
            foreach (var run in state["runs"]!.AsArray())
                (run!["bag"] as JsonObject)?.Remove("Bookmark");
            instance.State = state.ToJsonString();
            unit.Db.Update(instance);
            return true;
        });

        await ReturnFirstItemAsync(world, id);

        Assert.Equal(["丙", "乙", "甲"], await OpenStepsAsync(world, id));
        await AssertIsSoundAsync(world);
    }

    /// <summary>Two steps have each asked the applicant out of turn; one of the questions is withdrawn with who asked it.</summary>
    [Theory, OnEachDatabase]
    public async Task Of_two_corrections_that_were_asked_for_only_the_withdrawn_one_is_closed(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, new TestProcess("branches")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("first", "Approvals.ApprovalStep", "初审", new { who = new[] { "head@section:rescue" }, rejectLabel = "" })
            .Add("asks", "Approvals.ApprovalStep", "复审", new { who = new[] { "head@section:rescue" }, rejectLabel = "", afterReturn = "straight" })
            .Add("back", "Approvals.ApprovalStep", "复核", new { who = new[] { "leader@owner" }, rejectLabel = "" })
            .Add("other", "Approvals.ApprovalStep", "会商", new { who = new[] { "rep@unit" }, rejectLabel = "", afterReturn = "straight" })
            .Add("join", "Elsa.FlowJoin", "汇合", new { mode = "WaitAll" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
            .Connect("start", "apply").Connect("apply", "first").Connect("apply", "other")
            .Connect("first", "asks", "同意").Connect("first", "back", "同意")
            .Connect("asks", "join", "同意").Connect("back", "join", "同意").Connect("other", "join", "同意").Connect("join", "close"));
        var id = await world.SubmittedAsync("branches");
        async Task ActAsync(string step, Person person, DecisionKind kind, string? to = null) => Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync((await world.OpenTasksAsync(id)).First(task => task.StepName == step), person, kind, "意见", to));
        await ActAsync("初审", world.Head, DecisionKind.Approve);
        await ActAsync("复审", world.Head, DecisionKind.Return, "apply");
        await ActAsync("会商", world.Representative, DecisionKind.Return, "apply");
        Assert.Equal(["复核", "申请", "申请"], await OpenStepsAsync(world, id));

        await ActAsync("复核", world.Leader, DecisionKind.Return, "first");

        Assert.Equal(["初审", "申请"], await OpenStepsAsync(world, id));
        await AssertIsSoundAsync(world);
        await ActAsync("申请", world.Applicant, DecisionKind.Submit);
        Assert.Equal(["会商", "初审"], await OpenStepsAsync(world, id));
    }

    private static TestProcess EachItem() => new TestProcess("each")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("each", "Elsa.ParallelForEach", "逐项", new { items = new Script("[1,2]") })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "each").Connect("each", "close")
        .Inside("each", "body", ThreeSigners(new TestProcess("each")));

    private static TestProcess ThreeSigners(TestProcess process) => process
        .Add("begin", "Elsa.Start", "开始")
        .Add("one", "Approvals.ApprovalStep", "甲", new { who = new[] { "head@section:rescue" }, rejectLabel = "" })
        .Add("two", "Approvals.ApprovalStep", "乙", new { who = new[] { "leader@owner" }, rejectLabel = "" })
        .Add("three", "Approvals.ApprovalStep", "丙", new { who = new[] { "rep@unit" }, rejectLabel = "" })
        .Add("join", "Elsa.FlowJoin", "汇合", new { mode = "WaitAll" })
        .Connect("begin", "one").Connect("one", "two", "同意").Connect("one", "three", "同意")
        .Connect("two", "join", "同意").Connect("three", "join", "同意");

    private static async Task ApproveBothItemsAsync(CaseWorld world, Guid id)
    {
        foreach (var task in (await world.OpenTasksAsync(id)).Where(task => task.StepName == "甲"))
            await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        Assert.Equal(["丙", "丙", "乙", "乙"], await OpenStepsAsync(world, id));
    }

    private static async Task ReturnFirstItemAsync(CaseWorld world, Guid id) => Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
        (await world.OpenTasksAsync(id)).First(task => task.StepName == "乙"), world.Leader, DecisionKind.Return, "补正", "one"));

    private static async Task<string[]> OpenStepsAsync(CaseWorld world, Guid id) =>
        [.. (await world.OpenTasksAsync(id)).Select(task => task.StepName).Order(StringComparer.Ordinal)];

    /// <summary>Nothing waits that nobody sees.</summary>
    private static async Task AssertIsSoundAsync(CaseWorld world) => Assert.Empty(
        (await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(TestContext.Current.CancellationToken))).Violations);
}
