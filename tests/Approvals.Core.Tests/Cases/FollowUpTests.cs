using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Cases;

/// <summary>A case that opens another (发起后续业务).</summary>
public sealed class FollowUpTests
{
    [Theory, OnEachDatabase]
    public async Task A_follow_up_that_cannot_start_leaves_nothing_and_starts_when_it_is_tried_again(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, First("second"), Second());
        var caseId = await world.SubmittedAsync("first");

        // As an old server sees what a new release has published: an activity it does not know.
        await world.RewriteAsync("second", "Approvals.CloseCase", "Approvals.NewThing");
        Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve));

        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.StartsWith("流程“测试流程”不能启动：", incident.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), await world.Kernel.ReadAsync(async db => (await db.Cases.CountAsync(), await db.Instances.CountAsync())));

        await world.RewriteAsync("second", "Approvals.NewThing", "Approvals.CloseCase");
        await RetryAsync(world, incident.Id);

        var second = await world.Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.ProcessKey == "second"));
        Assert.EndsWith("0001", second.Number, StringComparison.Ordinal);
        Assert.Equal(("评议", CaseStatus.Running), (second.CurrentSteps, second.Status));
        Assert.Single(await world.OpenTasksAsync(second.Id));
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(caseId)).Status);
    }

    /// <summary>Cases that open each other are no loop that any one drawing shows.</summary>
    [Theory, OnEachDatabase]
    public async Task Cases_that_open_each_other_without_waiting_stop_and_can_be_retried(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, First("ping"), Opening("ping", "pong"), Opening("pong", "ping"));
        var caseId = await world.SubmittedAsync("first");

        Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve));

        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync());
        Assert.Equal("流程接连启动或唤醒流程超过 100 次，流程之间可能循环调用。", incident.Message);
        Assert.Equal(101, await world.Kernel.ReadAsync(db => db.Cases.CountAsync()));
        await RetryAsync(world, incident.Id);
        Assert.Equal(201, await world.Kernel.ReadAsync(db => db.Cases.CountAsync()));
    }

    private static TestProcess First(string next) => new TestProcess("first")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("vote", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:rescue" }, rejectLabel = "" })
        .Add("follow", "Approvals.StartCase", "后续", new { process = next })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "vote").Connect("vote", "follow", "同意").Connect("follow", "close");

    private static TestProcess Second() => new TestProcess("second") { Prefix = "HX" }
        .Add("start", "Elsa.Start", "开始")
        .Add("vote", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:rescue" }, rejectLabel = "" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "vote").Connect("vote", "close", "同意");

    private static TestProcess Opening(string key, string other) => new TestProcess(key) { Prefix = key }
        .Add("start", "Elsa.Start", "开始")
        .Add("follow", "Approvals.StartCase", "后续", new { process = other })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "follow").Connect("follow", "close");

    private static async Task RetryAsync(CaseWorld world, Guid incident) => Assert.True(
        await world.AsAsync(world.Leader, scope => scope.GetRequiredService<ResolveIncident>().RetryAsync(incident, default)));
}
