using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Cases;

public class CaseLifeTests
{
    [Theory, OnEachDatabase]
    public async Task An_incomplete_form_is_kept_as_a_draft_and_not_submitted(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var outcome = await world.AsAsync(world.Applicant, async scope =>
        {
            var draft = await scope.GetRequiredService<StartCase>().DraftAsync("two-signers", default);
            return await scope.GetRequiredService<SubmitCase>().SubmitAsync(draft!.Value, new JsonObject { ["name"] = "某人" }, default);
        });

        Assert.Equal("reason", Assert.Single(Assert.IsType<SubmitOutcome.Invalid>(outcome).Errors).Path);
        var row = await world.Kernel.ReadAsync(db => db.Cases.SingleAsync());
        Assert.Equal((CaseStatus.Draft, null, "某人"), (row.Status, row.Number, JsonNode.Parse(row.Data)!["name"]!.GetValue<string>()));
    }

    [Theory, OnEachDatabase]
    public async Task Pressing_submit_twice_submits_once(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var draft = await world.AsAsync(world.Applicant, scope =>
            scope.GetRequiredService<StartCase>().DraftAsync("two-signers", default));
        var fields = new JsonObject { ["name"] = "甲", ["reason"] = "需要" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.AsAsync(world.Applicant, scope =>
            scope.GetRequiredService<SubmitCase>().SubmitAsync(draft!.Value, fields.DeepClone().AsObject(), default)))));

        Assert.Single(outcomes.OfType<SubmitOutcome.Submitted>());
        Assert.Equal(7, outcomes.OfType<SubmitOutcome.AlreadySubmitted>().Count());
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Instances.CountAsync()));
        Assert.Single(await world.OpenTasksAsync(draft!.Value));
    }

    [Theory, OnEachDatabase]
    public async Task A_draft_posted_twice_is_saved_and_what_another_window_has_changed_is_told(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var draft = await DraftAsync(world);
        var drawn = (await world.CaseAsync(draft)).RowVersion;

        var first = Assert.IsType<DraftOutcome.Saved>(await SaveAsync(world, draft, "需要", drawn));
        Assert.Equal(first, await SaveAsync(world, draft, "需要", drawn));
        Assert.Equal(new DraftOutcome.ChangedElsewhere(first.RowVersion), await SaveAsync(world, draft, "另有原因", drawn));
        Assert.Equal("需要", JsonNode.Parse((await world.CaseAsync(draft)).Data)!["reason"]!.GetValue<string>());
    }

    [Theory, OnEachDatabase]
    public async Task Of_saves_of_a_draft_at_once_none_fails_and_none_is_overwritten(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        for (var round = 0; round < 4; round++)
        {
            var draft = await DraftAsync(world);
            var drawn = (await world.CaseAsync(draft)).RowVersion;
            var same = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SaveAsync(world, draft, "需要", drawn))));
            Assert.All(same, outcome => Assert.IsType<DraftOutcome.Saved>(outcome));

            drawn = (await world.CaseAsync(draft)).RowVersion;
            var different = await Task.WhenAll(
                Enumerable.Range(0, 6).Select(one => Task.Run(() => SaveAsync(world, draft, $"原因{one}", drawn))));
            Assert.Single(different.OfType<DraftOutcome.Saved>());
            Assert.Equal(5, different.OfType<DraftOutcome.ChangedElsewhere>().Count());
            var thrown = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.AsAsync(
                world.Applicant, scope => scope.GetRequiredService<DraftCase>().DiscardAsync(draft, default)))));
            Assert.Single(thrown.OfType<DraftOutcome.Discarded>());
            Assert.Equal(2, thrown.OfType<DraftOutcome.NotFound>().Count());
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_subject_longer_than_the_lists_show_is_kept_whole_in_the_draft(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var draft = await DraftAsync(world);
        var name = new string('名', 199) + "𠮷名";

        Assert.IsType<DraftOutcome.Saved>(await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<DraftCase>()
            .SaveAsync(draft, new JsonObject { ["name"] = name }, null, default)));

        var row = await world.CaseAsync(draft);
        Assert.Equal(new string('名', 199), row.SubjectName);
        Assert.Equal(name, JsonNode.Parse(row.Data)!["name"]!.GetValue<string>());
    }

    private static async Task<Guid> DraftAsync(CaseWorld world) => (await world.AsAsync(
        world.Applicant, scope => scope.GetRequiredService<StartCase>().DraftAsync("two-signers", default)))!.Value;

    private static Task<DraftOutcome> SaveAsync(CaseWorld world, Guid draft, string reason, int? drawn) => world.AsAsync(
        world.Applicant,
        scope => scope.GetRequiredService<DraftCase>().SaveAsync(draft, new JsonObject { ["name"] = "甲", ["reason"] = reason }, drawn, default));

    [Theory, OnEachDatabase]
    public async Task The_applicant_withdraws_before_the_first_decision_and_not_after(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var early = await world.SubmittedAsync("two-signers");
        var late = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(late, world.Head), world.Head, DecisionKind.Approve);

        Assert.Equal(WithdrawOutcome.Withdrawn, await WithdrawAsync(world, early));
        Assert.Equal(WithdrawOutcome.TooLate, await WithdrawAsync(world, late));

        Assert.Equal(CaseStatus.Withdrawn, (await world.CaseAsync(early)).Status);
        Assert.Empty(await world.OpenTasksAsync(early));
        Assert.Single(await world.OpenTasksAsync(late));
    }

    [Theory, OnEachDatabase]
    public async Task What_a_deadline_has_decided_is_a_decision_after_which_nobody_withdraws(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.Lenient());
        var id = await world.SubmittedAsync("lenient");
        world.Kernel.Time.Advance(TimeSpan.FromDays(9));
        await world.Kernel.Services.GetRequiredService<TimerSweep>().RunDueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
        Assert.Equal(WithdrawOutcome.TooLate, await WithdrawAsync(world, id));
    }

    [Theory, OnEachDatabase]
    public async Task Withdrawal_and_decision_at_once_leave_one_of_them(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);

        var withdrawal = Task.Run(() => WithdrawAsync(world, id));
        var decision = Task.Run(() => world.DecideAsync(task, world.Head, DecisionKind.Approve));
        await Task.WhenAll(withdrawal, decision);

        var withdrawn = await withdrawal == WithdrawOutcome.Withdrawn;
        Assert.NotEqual(withdrawn, await decision is DecideOutcome.Decided);
        Assert.Equal(withdrawn ? CaseStatus.Withdrawn : CaseStatus.Running, (await world.CaseAsync(id)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_step_for_nobody_waits_for_the_administrator_and_is_never_lost(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.Nobody());
        var id = await world.SubmittedAsync("nobody");
        Assert.Empty(await world.OpenTasksAsync(id));

        var outcome = await world.AsAsync(world.Leader, async scope =>
        {
            var assign = scope.GetRequiredService<AssignStep>();
            var step = await assign.Waiting().SingleAsync();
            Assert.Equal(AssignOutcome.NotAllowed, await assign.AssignAsync(step.Id, [world.Applicant.Id], "试", default));
            return await assign.AssignAsync(step.Id, [world.Head.Id], "财务空缺", default);
        });

        Assert.Equal(AssignOutcome.Assigned, outcome);
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_deadline_survives_a_restart_and_ends_the_step_once(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.Deadline());
        var id = await world.SubmittedAsync("deadline");
        await world.Kernel.RestartAsync();
        world.Kernel.Time.Advance(TimeSpan.FromDays(9));

        var sweep = world.Kernel.Services.GetRequiredService<TimerSweep>();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => sweep.RunDueAsync(default))));

        var row = await world.CaseAsync(id);
        Assert.Equal((CaseStatus.Rejected, "到期未办"), (row.Status, row.Outcome));
        Assert.Single(await world.HistoryAsync(id), kind => kind == "automatic");
    }

    [Theory, OnEachDatabase]
    public async Task People_are_reminded_at_the_end_of_the_working_day_before_the_deadline_and_not_on_a_Sunday(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        await world.SubmittedAsync("two-signers");

        // Three working days from Wednesday, 4 March: Monday the 9th. The day before that is Friday the 6th.
        var timers = await world.Kernel.ReadAsync(db => db.Timers.OrderBy(row => row.DueAt).Select(row => new { row.Kind, row.DueAt }).ToListAsync());
        Assert.Equal(
            [("step-reminder", new DateTimeOffset(2026, 3, 6, 9, 30, 0, TimeSpan.Zero)), ("step-deadline", new DateTimeOffset(2026, 3, 9, 9, 30, 0, TimeSpan.Zero))],
            timers.Select(row => (row.Kind, row.DueAt)));
    }

    [Theory, OnEachDatabase]
    public async Task Running_cases_stay_on_the_version_they_began_with(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Processes.TwoSigners());
        var old = await world.SubmittedAsync("two-signers");
        var changed = new TestProcess("two-signers")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" } })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "新流程" })
            .Connect("start", "apply").Connect("apply", "leader").Connect("leader", "close", "同意").Connect("leader", "close", "不同意");
        changed.Write(world.Workflows);
        await world.ImportAsync();
        await world.ImportAsync();
        var young = await world.SubmittedAsync("two-signers");

        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(young)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(old, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(old)).AssigneeId);
        Assert.Equal([1, 2], await world.Kernel.ReadAsync(db => db.Definitions.OrderBy(row => row.Version).Select(row => row.Version).ToListAsync()));
    }

    private static Task<WithdrawOutcome> WithdrawAsync(CaseWorld world, Guid id) =>
        world.AsAsync(world.Applicant, scope => scope.GetRequiredService<WithdrawCase>().WithdrawAsync(id, null, default));
}
